import { compositeOf } from '../metric/composite/composite.ts';
import type { Score } from '../metric/metric.ts';
import type { RunMetric, VariantSummary } from '../run/run.ts';
import type { SampleStatus, StatusCounts } from '../run/sample.ts';
import { scoreInterval } from '../stats/interval.ts';
import { mean } from '../stats/mean.ts';
import { type Trial, trialMetrics } from './trial.ts';

/** What a trial needs of a sample: its scores, and what the grid sorts by. */
export type TrialSample = {
  readonly sampleId: number;
  readonly caseIndex: number;
  readonly variantId: string;
  readonly repeat: number;
  readonly status: SampleStatus;
  readonly composite: number | null;
  readonly latencyMs: number | null;
  readonly costUsd: number | null;
  readonly scores: readonly Score[];
  /** Of its case. */
  readonly tags: readonly string[];
};

/** A sample as the trial has it. */
export type TriedSample = Omit<TrialSample, 'scores' | 'tags'>;

export type TriedVariant = {
  readonly samples: StatusCounts;
  readonly composite: VariantSummary['composite'];
};

export type TriedRun = {
  readonly samples: readonly TriedSample[];
  readonly variants: { readonly [variantId: string]: TriedVariant };
  /** Samples that end otherwise: pass instead of fail, and so on. */
  readonly changed: number;
};

/** The composites of a run under other weights and rules, by the same function that a run itself uses. An error stays one. */
export function tryRun(samples: readonly TrialSample[], metrics: readonly RunMetric[], trial: Trial): TriedRun {
  const weighed = trialMetrics(metrics, trial);
  const tried = samples.map(({ scores, tags, ...sample }): TriedSample => {
    if (sample.status === 'error') return sample;
    return { ...sample, ...compositeOf(scores, weighed, trial.policy, tags) };
  });
  const byVariant = Map.groupBy(tried, ({ variantId }) => variantId);
  return {
    samples: tried,
    variants: Object.fromEntries([...byVariant].map(([id, own]) => [id, sumUp(own)])),
    changed: tried.filter(({ status }, index) => status !== samples[index]?.status).length,
  };
}

/** Repeats of a case are averaged first: they are not independent, so they must not narrow the interval. */
function sumUp(samples: readonly TriedSample[]): TriedVariant {
  const counts = { pass: 0, fail: 0, error: 0, unscored: 0 };
  const byCase = new Map<number, number[]>();
  for (const { status, composite, caseIndex } of samples) {
    counts[status] += 1;
    if (composite === null || (status !== 'pass' && status !== 'fail')) continue;
    const known = byCase.get(caseIndex);
    if (known) known.push(composite);
    else byCase.set(caseIndex, [composite]);
  }
  return { samples: counts, composite: scoreInterval([...byCase.values()].map(mean), 0.95) };
}
