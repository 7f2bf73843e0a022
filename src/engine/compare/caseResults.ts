import type { Score } from '../metric/metric.ts';
import { type RepeatPolicy, repeatScore, repeatsPass } from '../repeats/repeatPolicy.ts';
import type { SampleKey, SampleStatus } from '../run/sample.ts';
import type { CaseResult } from './baseline.ts';

/** What a comparison needs of a sample. A `Sample` is one. */
export type ComparedSample = Pick<SampleKey, 'variantId' | 'caseId'> & {
  /** Position of the case in the dataset, from 0. */
  readonly caseIndex: number;
  readonly status: SampleStatus;
  readonly composite?: number | null;
  readonly scores?: readonly {
    readonly metric: string;
    readonly outcome: Score['outcome'];
    readonly score?: number | null;
  }[];
};

/** Gathers the samples of a run by variant and case as they finish; keeps their numbers, not their texts. */
export class CaseResults {
  readonly #byVariant = new Map<string, Map<string, Totals>>();
  readonly #policy: RepeatPolicy;
  readonly #contents: Contents;

  /** @param contents what names the content of each case, by its id; asked for where it is needed, and not before the last sample */
  constructor(policy: RepeatPolicy = {}, contents: Contents = () => new Map()) {
    this.#policy = policy;
    this.#contents = contents;
  }

  static of(samples: Iterable<ComparedSample>, policy?: RepeatPolicy, contents?: Contents): CaseResults {
    const results = new CaseResults(policy, contents);
    for (const sample of samples) results.add(sample);
    return results;
  }

  add(sample: ComparedSample): void {
    const { variantId, caseId, caseIndex, status } = sample;
    const cases = this.#byVariant.get(variantId) ?? new Map<string, Totals>();
    this.#byVariant.set(variantId, cases);
    const totals: Totals = cases.get(caseId) ?? { caseIndex, statuses: {}, composites: [], scores: new Map() };
    cases.set(caseId, totals);
    totals.statuses[status] = (totals.statuses[status] ?? 0) + 1;
    // An unscored sample's composite would be a part of the whole only.
    if ((status === 'pass' || status === 'fail') && typeof sample.composite === 'number')
      totals.composites.push(sample.composite);
    for (const score of sample.scores ?? []) {
      if (score.outcome !== 'scored' || (score.score ?? null) === null) continue;
      const mean = totals.scores.get(score.metric) ?? new Mean();
      totals.scores.set(score.metric, mean);
      mean.add(score.score ?? null);
    }
  }

  /** What names the content of each case, by its id; empty where nobody knows. */
  contents(): ReturnType<Contents> {
    return this.#contents();
  }

  /**
   * By id of case; empty when the variant has no sample.
   *
   * @param turn of the case at a position of the dataset: the lower comes first; by default the order of the dataset
   */
  ofVariant(variantId: string, turn = (caseIndex: number) => caseIndex): ReadonlyMap<string, CaseResult> {
    const cases = this.#byVariant.get(variantId) ?? new Map<string, Totals>();
    const ordered = [...cases].sort(([, a], [, b]) => turn(a.caseIndex) - turn(b.caseIndex));
    return new Map(ordered.map(([caseId, totals]) => [caseId, resultOf(totals, this.#policy)]));
  }
}

type Contents = () => ReadonlyMap<string, { readonly content: string }>;

type Totals = {
  readonly caseIndex: number;
  readonly statuses: { [status in SampleStatus]?: number };
  readonly composites: number[];
  readonly scores: Map<string, Mean>;
};

function resultOf({ statuses, composites, scores }: Totals, policy: RepeatPolicy): CaseResult {
  const means = [...scores].flatMap(([name, { value }]) => (value === null ? [] : [[name, value] as const]));
  const passes = repeatsPass(statuses.pass ?? 0, statuses.fail ?? 0, policy);
  return {
    ...statuses,
    // Where the majority decides the counts say it.
    ...(policy.pass === undefined || passes === null ? {} : { passes }),
    ...(composites.length === 0 ? {} : { composite: repeatScore(composites, policy) }),
    scores: Object.fromEntries(means),
  };
}

class Mean {
  #sum = 0;
  #n = 0;

  add(value: number | null): void {
    if (value === null) return;
    this.#sum += value;
    this.#n += 1;
  }

  get value(): number | null {
    return this.#n === 0 ? null : this.#sum / this.#n;
  }
}
