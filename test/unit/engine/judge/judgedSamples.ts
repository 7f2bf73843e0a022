import type { JudgedSample, PersonRating } from '../../../../src/engine/judge/judgePairs.ts';
import type { ScoreOutcome } from '../../../../src/engine/metric/metric.ts';

/** As a judge scores: it passes from 0.5 on. */
export function scored(score: number, reason = 'Because.'): ScoreOutcome {
  return { outcome: 'scored', value: score, score, passed: score >= 0.5, reason };
}

/** So many samples alike: `tp1`, `tp2`, … */
export function judgedSamples(
  prefix: string,
  count: number,
  score: number,
  ratings: readonly PersonRating[],
): JudgedSample[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index + 1}`,
    outcome: scored(score),
    ratings,
  }));
}
