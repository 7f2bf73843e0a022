import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { expectedGot, show } from '../words.ts';
import { jsonEqual } from './jsonEqual.ts';
import { jsonPair, spelledJson } from './jsonPair.ts';

export const jsonMatch = defineMetric({
  kind: 'json-match',
  family: 'json',
  summary: 'The output is JSON with the same keys and values as the expected JSON, or as one of a list.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'JsonMatch of openai/evals: any of several; what is not JSON never matches. The order of keys does not matter, that of lists does.',
  options: () => z.strictObject({ path: fields.path, expected: fields.expected }),
  shorthand: 'expected',
  create: ({ path, expected }) => {
    const read = jsonPair({ path, expected });
    if ('error' in read) return read;
    return {
      signature: signature('json-match', { path, expected }),
      role: 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        if ('broken' in pair) return binary(false, sentence(pair.broken));
        const { value, expected: wanted } = pair;
        // An expected list is either the alternatives or what is expected itself.
        const alternatives = Array.isArray(wanted) ? [wanted, ...wanted.map(spelledJson)] : [wanted];
        const matches = alternatives.some((one) => jsonEqual(one, value));
        return binary(matches, matches ? `Got ${show(value)} as expected.` : sentence(expectedGot(wanted, value)));
      },
    };
  },
});
