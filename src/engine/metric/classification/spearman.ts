import * as z from 'zod';
import { spearman as rankCorrelation } from '../../stats/agreement/rankCorrelation.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricInput } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { signature } from '../signature.ts';
import { numberPair } from '../structured/numberPair.ts';
import { KeptPairs } from './keptPairs.ts';
import { finite, scoreNearness } from './numberErrors.ts';

export const spearman = defineMetric({
  kind: 'spearman',
  family: 'classification',
  summary: 'Rank correlation of the expected numbers and the answers: whether they are in the same order.',
  direction: 'higher',
  level: 'corpus',
  range: [-1, 1],
  source: `spearmanr of SciPy 1.17, ties share their mean rank; no value when either side does not vary, and for more than 500,000 samples. A sample's own value is how near its number is, as \`numeric-diff\` has it.`,
  options: () => z.strictObject({ path: fields.path, expected: fields.expected }),
  shorthand: 'expected',
  create: (options) => {
    const read = numberPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('spearman', options),
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
            return kept === null ? null : rankCorrelation(kept.first, kept.second);
          },
        };
      },
    };
  },
});
