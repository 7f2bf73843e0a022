import { canonicalJson, type Json } from '../json.ts';
import { expectedValue } from './expectedValue.ts';
import type { CorpusTotals, MetricInput, ScoreOutcome } from './metric.ts';
import { graded, unscored } from './outcome.ts';
import { pickOutput } from './pickOutput.ts';

export type TextOptions = {
  readonly path?: string | undefined;
  readonly expected?: Json | undefined;
  readonly threshold?: number | undefined;
};

/** The output and the texts it is compared with. A list of expected values is a list of references: the best one counts. */
export type TextPair = { readonly output: string; readonly references: readonly [string, ...string[]] };

/** The pair to compare, or the outcome when there is nothing to compare; `broken` when that is the output's fault. */
export type ReadPair = (
  input: MetricInput,
) => TextPair | { readonly outcome: ScoreOutcome; readonly broken: TextPair | null };

export function textPair(options: TextOptions): ReadPair | { readonly error: string } {
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  return (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)), broken: null };
    const [first, ...others] = referenceTexts(expectation.value);
    if (first === undefined) return { outcome: unscored('The expected value holds no text.'), broken: null };
    const references: TextPair['references'] = [first, ...others];
    const picked = pickOutput(input, options.path);
    if ('value' in picked) return { output: asText(picked.value), references };
    const outcome = graded(0, options.threshold, sentence(picked.broken));
    return { outcome, broken: { output: '', references } };
  };
}

/**
 * Totals over the pairs of a run; an output that breaks its format counts as an empty one, as it counts 0 in its row.
 *
 * @param count what one pair adds; a text says why it adds nothing
 */
export function corpusOfPairs<Counts>(
  read: ReadPair,
  count: (pair: TextPair) => Counts | string,
  add: (sum: Counts, one: Counts) => Counts,
  finish: (sum: Counts) => number | null,
): () => CorpusTotals {
  return () => {
    let sum: Counts | null = null;
    return {
      add: (input) => {
        const pair = read(input);
        const counted = 'outcome' in pair ? pair.broken && count(pair.broken) : count(pair);
        if (counted === null || typeof counted === 'string') return;
        sum = sum === null ? counted : add(sum, counted);
      },
      value: () => (sum === null ? null : finish(sum)),
    };
  };
}

/** Scores the output against its references by one function; its result carries the reason. */
export function scorePairs(
  read: ReadPair,
  score: (pair: TextPair) => ScoreOutcome,
): (input: MetricInput) => ScoreOutcome {
  return (input) => {
    const pair = read(input);
    return 'outcome' in pair ? pair.outcome : score(pair);
  };
}

/** Texts as they are, everything else as canonical JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?…]$/.test(words) ? '' : '.'}`;
}

function referenceTexts(value: Json): string[] {
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => one !== null).map(asText);
}
