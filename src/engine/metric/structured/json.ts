import * as z from 'zod';
import { hashValue, shortHash } from '../../hash.ts';
import { defineMetric } from '../defineMetric.ts';
import type { SchemaIssue } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary } from '../outcome.ts';
import { parseOutput, pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';

export const isJson = defineMetric({
  kind: 'is-json',
  family: 'json',
  summary: 'The whole output is JSON.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'RFC 8259. A Markdown fence around JSON is not JSON.',
  options: () => z.strictObject({}),
  create: () => ({
    signature: signature('is-json', {}),
    role: 'decides',
    score: (input) => {
      const parsed = parseOutput(input);
      return 'broken' in parsed ? binary(false, sentence(parsed.broken)) : binary(true, 'The output is JSON.');
    },
  }),
});

const schemaOptions = () =>
  z.strictObject({
    schema: z
      .record(z.string(), z.json())
      .optional()
      .meta({ description: "A JSON Schema; by default the prompt's output schema." }),
    path: fields.path,
  });

export const jsonSchema = defineMetric({
  kind: 'json-schema',
  family: 'json',
  summary: "The output is JSON and fits a schema, by default the prompt's output schema.",
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'JSON Schema, validated by ajv.',
  options: schemaOptions,
  usesSchema: true,
  create: ({ schema: given, path }, { tools, outputSchema }) => {
    const schema = given ?? outputSchema;
    if (schema === null)
      return { error: 'The prompt has no output schema: give it one, or give this metric a schema.' };
    const validate = tools.compileSchema(schema);
    if (typeof validate !== 'function') return { error: `The schema is not valid: ${validate.error}` };
    return {
      signature: signature('json-schema', { path, schema: shortHash(hashValue(schema)) }),
      role: 'decides',
      score: (input) => {
        const picked = path === undefined ? parseOutput(input) : pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const issues = validate(picked.value);
        return issues.length === 0 ? binary(true, 'The output fits the schema.') : binary(false, describe(issues));
      },
    };
  },
});

const SHOWN = 3;

function describe(issues: readonly SchemaIssue[]): string {
  const shown = issues.slice(0, SHOWN).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const more = issues.length > SHOWN ? ` (and ${issues.length - SHOWN} more)` : '';
  return `The output does not fit the schema: ${shown.join('; ')}${more}.`;
}
