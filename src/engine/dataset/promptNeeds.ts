import { isJsonObject } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { PromptClosure } from '../prompt/promptDocument.ts';
import { schemaTypes, type VariableType, type VariableTypes } from './coerceVars.ts';

/** A variable that a dataset must give because no default does. */
export type Need = {
  readonly variable: string;
  readonly prompt: string;
  /** Declared as required; otherwise the template merely reads it, and an empty text will stand there. */
  readonly required: boolean;
};

/**
 * What a prompt asks of the dataset: its schema's required variables or, without a schema, all that it reads. Other
 * formats than ours rarely say what is required, so there all that is read counts beside it.
 */
export function promptNeeds({ document }: PromptClosure): Need[] {
  const { schema, default: defaults } = document.metadata.input;
  const declared = isJsonObject(schema) && isJsonObject(schema['properties']);
  const list = isJsonObject(schema) && Array.isArray(schema['required']) ? schema['required'] : [];
  const required = list.filter((name) => typeof name === 'string');
  const read = document.variables.map(({ name }) => name);
  const names = !declared ? read : document.format === 'dotprompt' ? required : [...required, ...read];
  return [...new Set(names)]
    .filter((variable) => !Object.hasOwn(defaults, variable))
    .map((variable) => ({ variable, prompt: document.path, required: declared && required.includes(variable) }));
}

/** The types that all prompts agree on; a variable that they declare differently is a problem of the later prompt. */
export function agreedTypes(closures: readonly PromptClosure[]): { types: VariableTypes; problems: Problem[] } {
  const first = new Map<string, { type: VariableType | 'text'; path: string }>();
  const problems: Problem[] = [];
  for (const { document } of closures) {
    for (const [variable, type] of schemaTypes(document.metadata.input.schema)) {
      const earlier = first.get(variable);
      if (earlier === undefined) first.set(variable, { type, path: document.path });
      else if (earlier.type !== type) {
        const key = `input.schema.${variable}`;
        const range = document.keyRanges.get(key) ?? document.frontMatterRange ?? document.templateRange;
        problems.push({
          severity: 'error',
          code: 'conflicting-variable-types',
          message: `\`${variable}\` is ${type} here, but ${earlier.type} in ${earlier.path}.`,
          remedy: 'Prompts of one suite share its dataset: declare the same type in both.',
          file: document.path,
          range,
        });
      }
    }
  }
  const types = new Map<string, VariableType>();
  for (const [variable, { type }] of first) if (type !== 'text') types.set(variable, type);
  return { types, problems };
}
