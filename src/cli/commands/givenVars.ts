import { parse as parseYaml } from 'yaml';
import { TouchstoneError } from '../../engine/error.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import { AT_START, type Problem } from '../../engine/problem.ts';
import { inputProblems } from '../../engine/prompt/inputProblems.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import type { Workspace } from '../../node/workspace/workspace.ts';

/**
 * The variables of a JSON or YAML file.
 *
 * @throws TouchstoneError invalid-argument when it holds no object
 */
export async function readVars(files: Workspace['files'], file: string): Promise<JsonObject> {
  const text = await files.readText(file);
  const refused = (message: string, cause?: unknown) =>
    new TouchstoneError('invalid-argument', `${file}: ${message}`, {
      cause,
      remedy: 'Write an object of variables in JSON or YAML, e.g. {"ticket": "It does not start."}.',
    });
  let value: unknown;
  try {
    value = /^\s*[{[]/.test(text) ? JSON.parse(text) : parseYaml(text);
  } catch (cause) {
    const [message = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw refused(message, cause);
  }
  if (!isJsonObject(value)) throw refused('It holds no object of variables.');
  return value;
}

/**
 * What the prompt's input schema says of variables that come from no dataset.
 *
 * @param file where they come from: those that the schema does not declare are a warning there
 */
export async function givenProblems(closure: PromptClosure, vars: JsonObject, file: string): Promise<Problem[]> {
  const { schema } = closure.document.metadata.input;
  if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return [];
  const declared = schema['properties'];
  const isDeclared = ([name]: readonly [string, unknown]) => Object.hasOwn(declared, name);
  const stray = Object.entries(vars).filter((entry) => !isDeclared(entry));
  const { compileSchema } = await import('../../node/jsonSchemas.ts');
  const validate = compileSchema(schema);
  const known = Object.fromEntries(Object.entries(vars).filter(isDeclared));
  return [
    // A schema that does not compile is a problem of the prompt, found where the prompt is read.
    ...inputProblems(closure, known, 'error' in validate ? null : validate),
    ...stray.map(
      ([name]): Problem => ({
        severity: 'warning',
        code: 'undeclared-variable',
        message: `The prompt does not declare \`${name}\`.`,
        remedy: `Its variables are: ${Object.keys(declared).join(', ')}.`,
        file,
        range: AT_START,
      }),
    ),
  ];
}
