import type { ScoreOutcome } from './metric.ts';

/** Sums of weighted scores may miss a threshold by a rounding error; nothing that a user writes is as fine as this. */
const TOLERANCE = 1e-9;

export function reaches(value: number, threshold: number): boolean {
  return value >= threshold - TOLERANCE;
}

export function unscored(reason: string): ScoreOutcome {
  return { outcome: 'unscored', reason };
}

/** A metric of yes or no: 1 or 0. */
export function binary(passed: boolean, reason: string): ScoreOutcome {
  return { outcome: 'scored', value: passed ? 1 : 0, score: passed ? 1 : 0, passed, reason };
}

/** A metric whose value is itself 0..1, higher better. Without a threshold it cannot fail by itself. */
export function graded(value: number, threshold: number | undefined, reason: string): ScoreOutcome {
  if (!Number.isFinite(value)) return { outcome: 'error', reason: `The metric came to ${value}: ${reason}` };
  const passed = threshold === undefined ? null : reaches(value, threshold);
  return { outcome: 'scored', value, score: value, passed, reason };
}

/** A measurement with an optional upper limit, in the metric's own unit. Without a limit it has no part in the composite. */
export function limited(value: number, max: number | undefined, describe: (value: number) => string): ScoreOutcome {
  if (!Number.isFinite(value)) return unscored(`The measured value is ${value}.`);
  if (max === undefined) return { outcome: 'scored', value, score: null, passed: null, reason: describe(value) };
  const passed = value <= max;
  const reason = `${describe(value)}, ${passed ? 'within' : 'over'} the limit of ${describe(max)}`;
  return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
}

/** A measurement with an optional lower limit, in the metric's own unit. Without a limit it has no part in the composite. */
export function atLeast(value: number, min: number | undefined, describe: (value: number) => string): ScoreOutcome {
  if (!Number.isFinite(value)) return unscored(`The measured value is ${value}.`);
  if (min === undefined) return { outcome: 'scored', value, score: null, passed: null, reason: describe(value) };
  const passed = value >= min;
  const reason = `${describe(value)}, ${passed ? 'at or over' : 'under'} the least of ${describe(min)}`;
  return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
}
