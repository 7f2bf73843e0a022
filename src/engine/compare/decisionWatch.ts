import type { RunHeader, RunVariant } from '../run/run.ts';
import { type Look, looks } from '../stats/sequential/nextLook.ts';
import type { Baseline, CaseResult } from './baseline.ts';
import { CaseResults, type ComparedSample } from './caseResults.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import { matchVariants, type VariantPair } from './matchVariants.ts';
import { scoredAlike, sharedMetrics } from './variantComparison.ts';
import { withoutChanged } from './withoutChanged.ts';

export type Watched = {
  readonly header: Pick<RunHeader, 'variants' | 'repeats' | 'policy'>;
  readonly baseline: Baseline;
  readonly policy: ComparePolicy;
  /** Ids in the order in which they are asked, which must be random: of all cases that the run would take. */
  readonly caseIds: readonly string[];
  /** What names the content of each case today. */
  readonly contents: ReadonlyMap<string, { readonly content: string }>;
};

/**
 * Looks at a run while it goes on, to tell when its composites are decided against a baseline.
 *
 * Samples may finish in any order; they are looked at in the order in which they were asked for, and no further than all before
 * have finished: which answer is slow may hang together with how good it is.
 */
export class DecisionWatch {
  readonly #sides: readonly Side[];
  readonly #byVariant: ReadonlyMap<string, Side>;

  constructor({ header, baseline, policy, caseIds, contents }: Watched) {
    const known = baseline.variants.map((variant) => withoutChanged(variant, contents));
    const variants = header.variants.map((variant) => ({ variant }));
    const { pairs } = matchVariants({ variants }, known, { name: '' });
    const { confidence, margin } = policy;
    const comparisons = policy.correction === 'none' ? 1 : pairs.length;
    const sequential = { confidence, margin, comparisons, cases: caseIds.length };
    this.#sides = pairs.map((pair) => new Side(pair, header, caseIds, looks(sequential)));
    this.#byVariant = new Map(pairs.map(({ now }, index) => [now.variant.id, this.#sides[index] as Side]));
  }

  add(sample: ComparedSample): void {
    this.#byVariant.get(sample.variantId)?.add(sample);
  }

  /** After how many cases each variant that the baseline knows was decided; null while one is not, and where it knows none. */
  get decidedAfter(): number | null {
    const after = this.#sides.map((side) => side.decidedAfter);
    if (after.length === 0 || after.includes(null)) return null;
    return Math.max(...after.map(Number));
  }
}

/** One variant and its other side. */
class Side {
  /** After how many cases, those that could not be compared among them. */
  decidedAfter: number | null = null;
  /** Samples of cases that are not all there, or wait for one before them. */
  readonly #waiting = new Map<string, ComparedSample[]>();
  readonly #names: readonly string[];
  #next = 0;

  constructor(
    readonly pair: VariantPair<{ readonly variant: RunVariant }>,
    readonly header: Watched['header'],
    readonly caseIds: readonly string[],
    readonly look: (difference: number) => Look,
  ) {
    this.#names = sharedMetrics(pair.now.variant, pair.known);
  }

  add(sample: ComparedSample): void {
    if (this.decidedAfter !== null) return;
    this.#waiting.set(sample.caseId, [...(this.#waiting.get(sample.caseId) ?? []), sample]);
    for (;;) {
      const caseId = this.caseIds[this.#next] ?? '';
      const samples = this.#waiting.get(caseId);
      if (samples === undefined || samples.length < this.header.repeats) return;
      this.#waiting.delete(caseId);
      this.#next += 1;
      const difference = this.#differenceOf(caseId, samples);
      if (difference === null || this.look(difference).state === 'go on') continue;
      this.decidedAfter = this.#next;
      return;
    }
  }

  /** null for a case that a comparison leaves out. */
  #differenceOf(caseId: string, samples: readonly ComparedSample[]): number | null {
    const { variant } = this.pair.now;
    const after = CaseResults.of(samples, this.header.policy.repeats).ofVariant(variant.id).get(caseId);
    const { cases } = this.pair.known;
    const before: CaseResult | undefined = Object.hasOwn(cases, caseId) ? cases[caseId] : undefined;
    if (before?.composite === undefined || after?.composite === undefined) return null;
    if (!scoredAlike(before, after, this.#names)) return null;
    return Math.max(-1, Math.min(1, after.composite - before.composite));
  }
}
