import { Allow, MalformedJSON, parse } from 'partial-json';
import type { SchemaIssue } from '../engine/metric/metric.ts';
import type { JsonSchema } from '../engine/prompt/promptDocument.ts';
import type { OutputCheck } from '../protocol/answers.ts';
import { compileGrowingSchema } from './jsonSchemas.ts';

/** Beyond this a text that still grows is not looked at; the whole is, once. */
const MAX_GROWING = 200_000;

export type OutputChecker = {
  /** Of an answer that has come so far: names only what no further text can mend. */
  readonly growing: (text: string) => OutputCheck;
  readonly complete: (text: string) => OutputCheck;
};

/** Checks answers against what a prompt declares of its output; null when it asks for no JSON. */
export function outputChecker(output: {
  readonly format?: string;
  readonly schema?: JsonSchema;
}): OutputChecker | null {
  const { format, schema } = output;
  if (format !== undefined && format !== 'json') return null;
  if (format === undefined && schema === undefined) return null;
  const compiled = schema === undefined ? () => [] : compileGrowingSchema(schema);
  // A schema that cannot be compiled is a problem of the prompt, and told there.
  const validate = 'error' in compiled ? () => [] : compiled;
  return {
    growing(text) {
      if (text.trim() === '' || text.length > MAX_GROWING) return NO_VIOLATION;
      try {
        return told(validate(parse(text, Allow.OBJ | Allow.ARR), false));
      } catch (error) {
        return error instanceof MalformedJSON ? told([NOT_JSON]) : NO_VIOLATION;
      }
    },
    complete(text) {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return told([NOT_JSON]);
      }
      return told(validate(value, true));
    },
  };
}

const NO_VIOLATION: OutputCheck = { violation: null, others: 0 };
const NOT_JSON: SchemaIssue = { path: '$', message: 'is not JSON' };

function told(issues: readonly SchemaIssue[]): OutputCheck {
  return { violation: issues[0] ?? null, others: Math.max(0, issues.length - 1) };
}
