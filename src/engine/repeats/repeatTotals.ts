import { hashText } from '../hash.ts';
import { mean, sampleStandardDeviation } from '../stats/mean.ts';
import { pairwiseAgreement, passAtK, passHatK } from '../stats/repeats.ts';
import { type RepeatPolicy, repeatScore, repeatsPass } from './repeatPolicy.ts';

/** What the repeats of a variant's cases say of each other. Rates are 0..1; null where no case allows one. */
export type RepeatSummary = {
  /** Cases that pass by the policy, of those that could be judged. */
  readonly passing: { readonly cases: number; readonly of: number };
  /** By k - 1: the chance that one of k answers passes, and that all of k do, as the mean over the cases with k answers or more. */
  readonly passAt: readonly (number | null)[];
  readonly passHat: readonly (number | null)[];
  /** Cases that pass and fail. `byJudge`: those in which the same answer did both, so that it was not the model alone. */
  readonly flaky: { readonly cases: number; readonly byJudge: number; readonly of: number };
  /** Mean share of the pairs of a case's answers that ended alike. */
  readonly agreement: number | null;
  /** Mean standard deviation of a case's composites. */
  readonly spread: number | null;
};

/** A sample as its repeats are told apart. */
export type RepeatedSample = {
  readonly caseIndex: number;
  readonly status: 'pass' | 'fail';
  readonly composite: number | null;
  readonly output: string;
};

/** Gathers the judged repeats of a variant by case. Keeps numbers and hashes, never texts. */
export class RepeatTotals {
  readonly #repeats: number;
  readonly #policy: RepeatPolicy;
  readonly #cases = new Map<number, CaseRepeats>();
  /** Of cases that are asked once, of which there may be a million: nothing else is kept of them. */
  readonly #single: number[] = [];

  constructor(repeats: number, policy: RepeatPolicy) {
    this.#repeats = repeats;
    this.#policy = policy;
  }

  add({ caseIndex, status, composite, output }: RepeatedSample): void {
    if (this.#repeats === 1) {
      if (composite !== null) this.#single.push(composite);
      return;
    }
    const known: CaseRepeats = this.#cases.get(caseIndex) ?? { pass: 0, fail: 0, composites: [], endings: new Map() };
    this.#cases.set(caseIndex, known);
    known[status] += 1;
    if (composite !== null) known.composites.push(composite);
    const answer = hashText(output);
    const ending = known.endings.get(answer);
    known.endings.set(answer, ending === undefined || ending === status ? status : 'both');
  }

  /** One composite for each case that has one. */
  composites(): number[] {
    if (this.#repeats === 1) return this.#single;
    return [...this.#cases.values()].flatMap(({ composites }) =>
      composites.length === 0 ? [] : [repeatScore(composites, this.#policy)],
    );
  }

  /** @returns null where each case was asked once */
  summary(): RepeatSummary | null {
    if (this.#repeats === 1) return null;
    const cases = [...this.#cases.values()];
    const passing = cases.flatMap(({ pass, fail }) => repeatsPass(pass, fail, this.#policy) ?? []);
    const several = cases.filter(({ pass, fail }) => pass + fail > 1);
    const flaky = several.filter(({ pass, fail }) => pass > 0 && fail > 0);
    const sizes = Array.from({ length: this.#repeats }, (_, index) => index + 1);
    return {
      passing: { cases: passing.filter(Boolean).length, of: passing.length },
      passAt: sizes.map((k) => meanOf(cases.map(({ pass, fail }) => passAtK(pass + fail, pass, k)))),
      passHat: sizes.map((k) => meanOf(cases.map(({ pass, fail }) => passHatK(pass + fail, pass, k)))),
      flaky: { cases: flaky.length, byJudge: flaky.filter(isByJudge).length, of: several.length },
      agreement: meanOf(several.map(({ pass, fail }) => pairwiseAgreement(pass + fail, pass))),
      spread: meanOf(
        several.map(({ composites }) => (composites.length < 2 ? null : sampleStandardDeviation(composites))),
      ),
    };
  }
}

type CaseRepeats = {
  pass: number;
  fail: number;
  readonly composites: number[];
  /** How each answer ended, by its hash. */
  readonly endings: Map<string, 'pass' | 'fail' | 'both'>;
};

function isByJudge({ endings }: CaseRepeats): boolean {
  return [...endings.values()].some((ending) => ending === 'both');
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : mean(known);
}
