import type { MetricInput, ScoreOutcome } from './metric.ts';
import { unscored } from './outcome.ts';
import type { ReadPair, TextPair } from './textMetric.ts';
import { digits } from './words.ts';

/** A number of errors, or errors per unit of the reference; `reason` without a full stop. */
export type Errors = { readonly value: number; readonly reason: string };

/**
 * Scores what differs, lower better, with an optional limit.
 *
 * An output that breaks its format counts as an empty one and never passes: it may be nearer to the reference than a limit.
 *
 * @param measure a text says why there is nothing to measure
 */
export function scoreErrors(
  read: ReadPair,
  max: number | undefined,
  measure: (pair: TextPair) => Errors | string,
): (input: MetricInput) => ScoreOutcome {
  return (input) => {
    const pair = read(input);
    const usable = 'outcome' in pair ? pair.broken : pair;
    if (usable === null) return 'outcome' in pair ? pair.outcome : unscored('There is nothing to measure.');
    const errors = measure(usable);
    if (typeof errors === 'string') return unscored(errors);
    const { value } = errors;
    const broken = 'outcome' in pair ? `${pair.outcome.reason} It counts as empty: ` : '';
    const reason = `${broken}${errors.reason}`;
    if (max === undefined) return { outcome: 'scored', value, score: null, passed: null, reason: `${reason}.` };
    const passed = broken === '' && value <= max;
    const limit = `${value <= max ? 'within' : 'over'} the limit of ${digits(max)}`;
    return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason: `${reason}; ${limit}.` };
  };
}
