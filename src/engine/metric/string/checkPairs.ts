import type { Json } from '../../json.ts';
import type { MetricBody, ScoreOutcome } from '../metric.ts';
import { signature } from '../signature.ts';
import { scorePairs, type TextPair, textPair } from '../textMetric.ts';

type Options = { readonly path?: string | undefined; readonly expected?: Json | undefined };

/** A metric of yes or no on the output and one or more expected texts; an output that breaks its format is a no. */
export function checkPairs(
  kind: string,
  options: Options,
  parts: { readonly [name: string]: unknown },
  check: (pair: TextPair) => ScoreOutcome,
): MetricBody | { readonly error: string } {
  const { path, expected } = options;
  const read = textPair({ path, expected, threshold: 1 });
  if ('error' in read) return read;
  return {
    signature: signature(kind, { path, expected, ...parts }),
    role: 'decides',
    score: scorePairs(read, check),
  };
}
