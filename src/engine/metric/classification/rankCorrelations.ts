import * as z from 'zod';
import { kendallTauB, spearman as spearmanRho } from '../../stats/agreement/rankCorrelation.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition, MetricInput } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { signature } from '../signature.ts';
import { numberPair } from '../structured/numberPair.ts';
import { finite, scoreNearness } from './finiteNumbers.ts';
import { KeptPairs } from './keptPairs.ts';

export const spearman = rankCorrelation(
  'spearman',
  'Rank correlation of the expected numbers and the answers: whether they are in the same order.',
  'spearmanr of SciPy 1.17, ties share their mean rank',
  spearmanRho,
);

export const kendall = rankCorrelation(
  'kendall',
  "Kendall's tau-b: how many more pairs of samples are in the expected order than in the other; for few samples and grades with ties.",
  'kendalltau of SciPy 1.17, variant b, which corrects for ties',
  kendallTauB,
);

function rankCorrelation(
  kind: string,
  summary: string,
  source: string,
  value: (first: readonly number[], second: readonly number[]) => number | null,
): MetricDefinition {
  return defineMetric({
    kind,
    family: 'classification',
    summary,
    direction: 'higher',
    level: 'corpus',
    range: [-1, 1],
    source: `${source}; no value when either side does not vary, and for more than 500,000 samples. A sample's own value is how near its number is, as \`numeric-diff\` has it.`,
    options: () => z.strictObject({ path: fields.path, expected: fields.expected }),
    shorthand: 'expected',
    create: (options) => {
      const read = numberPair(options);
      if ('error' in read) return read;
      return {
        signature: signature(kind, options),
        role: 'measures',
        score: (input) => scoreNearness(read(input)),
        corpus: () => {
          const pairs = new KeptPairs();
          return {
            add: (input: MetricInput) => {
              const numbers = finite(read(input));
              if ('value' in numbers) pairs.add(numbers.value, numbers.expected);
            },
            value: () => {
              const kept = pairs.get();
              return kept === null ? null : value(kept.first, kept.second);
            },
          };
        },
      };
    },
  });
}
