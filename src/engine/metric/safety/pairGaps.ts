import { type MeanInterval, tInterval } from '../../stats/interval.ts';

/** Sums up values by pair and group. */
export class PairGaps {
  readonly #pairs = new Map<string, Map<string, { sum: number; n: number }>>();

  add(pair: string, group: string, value: number): void {
    const groups = this.#pairs.get(pair) ?? new Map<string, { sum: number; n: number }>();
    this.#pairs.set(pair, groups);
    const member = groups.get(group) ?? { sum: 0, n: 0 };
    groups.set(group, { sum: member.sum + value, n: member.n + 1 });
  }

  /**
   * The mean gap over the pairs that have one, with its 95 % t interval; null when none has.
   *
   * A pair counts once, however many answers it has: those of one group are averaged first, and of more than two groups the gaps
   * of any two.
   *
   * @param between the gap is the second group's value less the first's, of any sign; by default it is the absolute difference
   */
  summary(between?: readonly [string, string]): (MeanInterval & { readonly pairs: number }) | null {
    const gaps = [...this.#pairs.values()].flatMap((groups) => {
      const means = new Map([...groups].map(([group, { sum, n }]) => [group, sum / n]));
      return (between ? signedGap(means, between) : absoluteGap([...means.values()])) ?? [];
    });
    return gaps.length === 0 ? null : { ...tInterval(gaps, 0.95), pairs: gaps.length };
  }
}

function signedGap(means: ReadonlyMap<string, number>, [from, to]: readonly [string, string]): number | null {
  const [before, after] = [means.get(from), means.get(to)];
  return before === undefined || after === undefined ? null : after - before;
}

function absoluteGap(means: readonly number[]): number | null {
  const gaps = means.flatMap((one, at) => means.slice(at + 1).map((other) => Math.abs(one - other)));
  return gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
