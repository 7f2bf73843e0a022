import * as z from 'zod';
import type { ScoreOutcome } from './metric.ts';
import { unscored } from './outcome.ts';
import { digits } from './words.ts';

/** The least and the most that a measurement may be, in its own unit. */
export type Bounds = { readonly min?: number | undefined; readonly max?: number | undefined };

export const boundFields = {
  min: z.number().optional().meta({ description: 'Passes at or above it. Without a limit the metric only measures.' }),
  max: z.number().optional().meta({ description: 'Passes at or below it. Without a limit the metric only measures.' }),
};

export function boundsError({ min, max }: Bounds): { readonly error: string } | null {
  return min !== undefined && max !== undefined && min > max ? { error: '`min` is more than `max`.' } : null;
}

export function boundsRole({ min, max }: Bounds): 'measures' | 'decides' {
  return min === undefined && max === undefined ? 'measures' : 'decides';
}

/** @param said what was measured, without a full stop */
export function bounded(value: number, { min, max }: Bounds, said: string): ScoreOutcome {
  if (!Number.isFinite(value)) return unscored(`The measured value is ${value}.`);
  if (min === undefined && max === undefined)
    return { outcome: 'scored', value, score: null, passed: null, reason: `${said}.` };
  const passed = value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
  const least = min === undefined ? [] : [`at least ${digits(min)}`];
  const most = max === undefined ? [] : [`at most ${digits(max)}`];
  const reason = `${said}, ${passed ? 'as asked' : 'not'}: ${[...least, ...most].join(', ')}.`;
  return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
}

/** What is not there cannot be measured; but it does not pass a limit either. */
export function brokenBounded(reason: string, bounds: Bounds): ScoreOutcome {
  if (boundsRole(bounds) === 'measures') return unscored(reason);
  return { outcome: 'scored', value: 0, score: 0, passed: false, reason };
}
