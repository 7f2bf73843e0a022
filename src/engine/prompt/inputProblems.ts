import type { JsonObject } from '../json.ts';
import type { SchemaValidator } from '../metric/metric.ts';
import type { Problem } from '../problem.ts';
import type { PromptClosure } from './promptDocument.ts';

/**
 * What a prompt's input schema says against these values, `input.default` applied; each at the schema's own place.
 *
 * @param validate the compiled `input.schema`; null when there is none
 */
export function inputProblems(closure: PromptClosure, vars: JsonObject, validate: SchemaValidator | null): Problem[] {
  if (validate === null) return [];
  const { metadata, keyRanges, path, templateRange } = closure.document;
  return validate({ ...metadata.input.default, ...vars }).map((issue): Problem => {
    const name = issue.path.split(/[./]/).find((part) => part !== '' && part !== '$');
    const range = keyRanges.get(`input.schema.${name}`) ?? keyRanges.get('input.schema') ?? templateRange;
    const subject = name === undefined ? 'The input' : `The variable "${name}"`;
    const message = `${subject} does not fit the input schema: ${issue.message}.`;
    const remedy = 'Change the value, or the schema in the front matter.';
    return { severity: 'error', code: 'invalid-input', message, remedy, file: path, range };
  });
}
