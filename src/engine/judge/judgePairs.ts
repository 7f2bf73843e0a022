import type { ScoreOutcome } from '../metric/metric.ts';
import { reaches } from '../metric/outcome.ts';

/** What one person said of a sample: whether it passes, or how good it is, 0..1. */
export type PersonRating = {
  readonly rater: string;
  readonly value: number | boolean;
  /** Where the form itself says what passes; else the report's mark decides. */
  readonly passed?: boolean;
};

/** One sample that a judge scored; `ratings` is empty where nobody looked. Of a rater's ratings the last one counts. */
export type JudgedSample = {
  readonly id: string;
  readonly place?: SamplePlace;
  /** Answers to one case are not independent of one another; by default it is a case of its own. */
  readonly caseId?: string;
  readonly outcome: ScoreOutcome;
  readonly ratings: readonly PersonRating[];
};

/** Where a sample stands; its verdict may be of an older run than the one that is asked about. */
export type SamplePlace = { readonly runId: string; readonly sampleId: number };

/** What was said of one sample: by the judge, or by people together. */
type Opinion = { readonly passed: boolean; readonly score: number };

/** A sample of which both said something. */
export type JudgePair = {
  readonly id: string;
  readonly place?: SamplePlace;
  readonly judge: Opinion & { readonly reason: string };
  /** `passed` is null when people are split. */
  readonly people: {
    readonly passed: boolean | null;
    readonly score: number;
    readonly ratings: readonly PersonRating[];
  };
};

/** null when the judge gave no score, or none that has a good and a bad end. */
export function judgeOpinion(outcome: ScoreOutcome, passAt: number): JudgePair['judge'] | null {
  if (outcome.outcome !== 'scored' || outcome.score === null) return null;
  const { score, passed, reason } = outcome;
  if (!Number.isFinite(score)) return null;
  // A weighted mean of ones may come to a little more than one.
  return { passed: passed ?? reaches(score, passAt), score: Math.min(1, Math.max(0, score)), reason };
}

/** The mean of the scores and the verdict of most; null when nobody rated. */
export function peoplesOpinion(ratings: readonly PersonRating[], passAt: number): JudgePair['people'] | null {
  const last = lastOfEach(ratings);
  if (last.length === 0) return null;
  const passes = last.filter((rating) => passedBy(rating, passAt)).length;
  const fails = last.length - passes;
  const score = last.reduce((sum, { value }) => sum + scoreBy(value), 0) / last.length;
  return { passed: passes === fails ? null : passes > fails, score, ratings: last };
}

export function passedBy({ value, passed }: PersonRating, passAt: number): boolean {
  return passed ?? (typeof value === 'boolean' ? value : reaches(value, passAt));
}

export function scoreBy(value: number | boolean): number {
  return typeof value === 'boolean' ? Number(value) : value;
}

function lastOfEach(ratings: readonly PersonRating[]): PersonRating[] {
  return [...new Map(ratings.map((rating) => [rating.rater, rating])).values()];
}
