import { bleuOf, SMOOTH_VALUES } from './bleuScore.ts';
import { ngramTotals } from './ngramTable.ts';

const JOINT = '\u0000';

/** Tokens that are kept for the whole of a run; beyond it there is no value. */
export const MAX_SELF_TOKENS = 500_000;

/** How often an n-gram is in the output that has it most, in which one that is, and how often in the next. */
type Most = { first: number; owner: number; second: number };

/**
 * The mean BLEU of each text against all others. Which of the others has an n-gram most often is known from the two that do, so that the
 * time grows with the length of the texts and not with the square of their number.
 *
 * Source: Zhu et al. (2018), with BLEU of Papineni et al. (2002), effective order, and the exponential smoothing of sacreBLEU.
 */
export class SelfOverlap {
  readonly #order: number;
  readonly #texts: (readonly string[])[] = [];
  #tokens = 0;

  constructor(order: number) {
    this.#order = order;
  }

  add(tokens: readonly string[]): void {
    this.#tokens += tokens.length;
    if (this.#tokens <= MAX_SELF_TOKENS) this.#texts.push(tokens);
  }

  /** 0..1; null for fewer than two texts, or for too many. */
  value(): number | null {
    if (this.#texts.length < 2 || this.#tokens > MAX_SELF_TOKENS) return null;
    const counts = this.#texts.map((tokens) => ngramCounts(tokens, this.#order));
    const most = mostOf(counts);
    const lengths = this.#texts.map(({ length }) => length).sort((a, b) => a - b);
    let sum = 0;
    this.#texts.forEach((tokens, owner) => {
      const matches = new Array<number>(this.#order).fill(0);
      for (const [ngram, { n, count }] of counts[owner] ?? []) {
        const known = most.get(ngram);
        const elsewhere = known === undefined ? 0 : known.owner === owner ? known.second : known.first;
        matches[n - 1] = (matches[n - 1] ?? 0) + Math.min(count, elsewhere);
      }
      const totals = ngramTotals(tokens.length, this.#order);
      const referenceLength = closest(lengths, tokens.length);
      const one = { matches, totals, outputLength: tokens.length, referenceLength };
      sum += bleuOf(one, 'exp', SMOOTH_VALUES.exp, true).score;
    });
    return sum / this.#texts.length;
  }
}

type Counts = ReadonlyMap<string, { readonly n: number; readonly count: number }>;

function ngramCounts(tokens: readonly string[], order: number): Counts {
  const counts = new Map<string, { n: number; count: number }>();
  for (let n = 1; n <= order; n += 1) {
    for (let start = 0; start + n <= tokens.length; start += 1) {
      const ngram = tokens.slice(start, start + n).join(JOINT);
      const known = counts.get(ngram);
      if (known) known.count += 1;
      else counts.set(ngram, { n, count: 1 });
    }
  }
  return counts;
}

function mostOf(all: readonly Counts[]): ReadonlyMap<string, Most> {
  const most = new Map<string, Most>();
  all.forEach((counts, owner) => {
    for (const [ngram, { count }] of counts) {
      const known = most.get(ngram);
      if (known === undefined) most.set(ngram, { first: count, owner, second: 0 });
      else if (count > known.first) {
        known.second = known.first;
        known.first = count;
        known.owner = owner;
      } else known.second = Math.max(known.second, count);
    }
  });
  return most;
}

/** Of the sorted lengths, without one that is `own`, the nearest to it; of two as near, the shorter. */
function closest(lengths: readonly number[], own: number): number {
  const at = lengths.indexOf(own);
  const [below = Number.NaN, above = Number.NaN] = [lengths[at - 1], lengths[at + 1]];
  if (Number.isNaN(below)) return above;
  return Number.isNaN(above) || own - below <= above - own ? below : above;
}
