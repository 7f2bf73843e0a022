import * as z from 'zod';
import { hashValue, shortHash } from '../../hash.ts';
import { defineMetric } from '../defineMetric.ts';
import { binary, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { count, quote, show } from '../words.ts';
import { findJson } from './findJson.ts';

/** Pieces that are held against a schema. */
const MAX_PIECES = 1000;

export const containsJson = defineMetric({
  kind: 'contains-json',
  family: 'json',
  summary: 'Somewhere in the output stands a JSON object or list, in a Markdown fence or among words.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'RFC 8259, objects and lists only. With a schema one of them must fit it.',
  options: () =>
    z.strictObject({
      schema: z
        .record(z.string(), z.json())
        .optional()
        .meta({ description: 'A JSON Schema that one of the objects or lists must fit.' }),
    }),
  usesSchema: true,
  create: ({ schema }, { tools }) => {
    const validate = schema === undefined ? null : tools.compileSchema(schema);
    if (validate !== null && typeof validate !== 'function')
      return { error: `The schema is not valid: ${validate.error}` };
    const hash = schema === undefined ? undefined : shortHash(hashValue(schema));
    return {
      signature: signature('contains-json', { schema: hash }),
      role: 'decides',
      score: ({ output }) => {
        let seen = 0;
        for (const piece of findJson(output)) {
          if (piece === 'gave-up') return unscored('The output has too many brackets to be searched for JSON.');
          if (validate === null || validate(piece.value).length === 0)
            return binary(true, `The output contains ${show(piece.value)}.`);
          seen += 1;
          if (seen === MAX_PIECES)
            return unscored(`The first ${MAX_PIECES} pieces of JSON in the output do not fit; more are not looked at.`);
        }
        if (seen === 0) return binary(false, `The output contains no JSON object or list: ${quote(output)}.`);
        return binary(false, `The output contains ${count(seen, 'piece')} of JSON, but none fits the schema.`);
      },
    };
  },
});
