import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { scorePairs, textPair } from '../textMetric.ts';

/** How alike two texts are, 0..1, and in words why. */
export type Similarity = { readonly value: number; readonly reason: string };

type Description = {
  readonly kind: string;
  readonly summary: string;
  readonly source: string;
  /** What the number depends on besides the options. */
  readonly parts: { readonly [name: string]: unknown };
  /** null when the texts are too long. */
  readonly compare: (output: string, reference: string) => Similarity | null;
};

/** A metric that is a similarity of the output and a text; of several texts the most similar counts. */
export function similarityMetric({ kind, summary, source, parts, compare }: Description): MetricDefinition {
  return defineMetric({
    kind,
    family: 'edit-distance',
    summary,
    direction: 'higher',
    level: 'row',
    range: [0, 1],
    source,
    options: () => z.strictObject(fields.textFields),
    shorthand: 'expected',
    create: (options) => {
      const read = textPair(options);
      if ('error' in read) return read;
      const { path, expected, threshold } = options;
      return {
        signature: signature(kind, { path, expected, ...parts }),
        role: threshold === undefined ? 'grades' : 'decides',
        score: scorePairs(read, ({ output, references }) => {
          let best: Similarity | null = null;
          for (const reference of references) {
            const one = compare(output, reference);
            if (one === null) return unscored(`The texts are too long and too different for ${kind}.`);
            if (best === null || one.value > best.value) best = one;
          }
          return best === null
            ? unscored('The expected value holds no text.')
            : graded(best.value, threshold, best.reason);
        }),
      };
    },
  });
}
