import * as z from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';
import { jsonPair } from './jsonPair.ts';

const MODES = ['exact', 'at-least', 'at-most'] as const;

export const keySet = defineMetric({
  kind: 'key-set',
  family: 'json',
  summary: 'The JSON object has the expected keys, whatever their values.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'Equality of two sets of keys. What is expected is a list of keys, or an object whose keys count.',
  options: () =>
    z.strictObject({
      path: fields.path,
      expected: fields.expected,
      mode: z.enum(MODES).optional().meta({
        description: 'exact (default): these keys; at-least: others may be there too; at-most: some may be missing.',
      }),
    }),
  shorthand: 'expected',
  create: ({ path, expected, mode = 'exact' }) => {
    const read = jsonPair({ path, expected });
    if ('error' in read) return read;
    return {
      signature: signature('key-set', { path, expected, mode }),
      role: 'decides',
      score: (input) => {
        const pair = read(input);
        if ('outcome' in pair) return pair.outcome;
        const wanted = keysOf(pair.expected);
        if (wanted === null) return unscored('The expected value is neither an object nor a list of keys.');
        if ('broken' in pair) return binary(false, sentence(pair.broken));
        if (!isJsonObject(pair.value)) return binary(false, 'The output is JSON, but not an object.');
        const got = new Set(Object.keys(pair.value));
        const missing = mode === 'at-most' ? [] : [...wanted].filter((key) => !got.has(key));
        const extra = mode === 'at-least' ? [] : [...got].filter((key) => !wanted.has(key));
        const faults = [...named('missing', missing), ...named('not expected', extra)];
        return faults.length === 0
          ? binary(true, `The keys are as expected: ${count(got.size, 'key')}.`)
          : binary(false, sentence(faults.join('; ')));
      },
    };
  },
});

function keysOf(expected: Json): ReadonlySet<string> | null {
  if (isJsonObject(expected)) return new Set(Object.keys(expected));
  if (typeof expected === 'string') return new Set([expected]);
  const isKeys = Array.isArray(expected) && expected.every((key): key is string => typeof key === 'string');
  return isKeys ? new Set(expected) : null;
}

const SHOWN = 5;

function named(what: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const more = keys.length > SHOWN ? ` and ${keys.length - SHOWN} more` : '';
  return [`${what}: ${keys.slice(0, SHOWN).map(quote).join(', ')}${more}`];
}
