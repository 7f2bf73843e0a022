import { isJsonObject } from '../json.ts';
import { LineIndex } from '../problem.ts';
import { nearest } from '../suite/nearest.ts';
import type { TemplateUse, VariableUse } from './checkTemplate.ts';
import type { Draft } from './draft.ts';
import { templateUse } from './program.ts';
import type { JsonSchema, PromptClosure, PromptDocument, PromptMetadata, Reference } from './promptDocument.ts';

/** The variables that a prompt's schema and defaults declare; null when it does not say, and so takes any. */
export function declaredVariables(metadata: PromptMetadata): readonly string[] | null {
  const properties = propertiesOf(metadata.input.schema);
  return properties === null
    ? null
    : [...new Set([...Object.keys(properties), ...Object.keys(metadata.input.default)])];
}

/** Whether the schema says outright that other variables than the declared ones are not allowed. */
function forbidsOtherVariables(metadata: PromptMetadata): boolean {
  const { schema } = metadata.input;
  return isJsonObject(schema) && schema.additionalProperties === false;
}

/** Every place in a prompt and its partials that reads a variable of the input, with the file that it stands in. */
export function inputVariables(closure: PromptClosure): readonly (Reference & { readonly file: string })[] {
  return closureReads(closure)
    .filter(({ use }) => use.parts.length > 0)
    .map(({ document, use }) => {
      const base = document.templateRange.start.offset;
      const range = new LineIndex(document.text).range(base + use.span[0], base + use.span[1]);
      return { name: use.parts[0] ?? '', path: use.path, range, file: document.path };
    });
}

type Read = { readonly document: PromptDocument; readonly use: VariableUse };

/** Reads of the input, the prompt's own first. A partial that is called with another context reads it by `@root` only. */
export function closureReads(closure: PromptClosure): readonly Read[] {
  const reads: Read[] = [];
  const seen = new Set<string>();
  const uses = new Map<PromptDocument, TemplateUse>();
  visit(closure.document, []);
  return reads;

  function visit(document: PromptDocument, hidden: readonly string[] | null): void {
    const key = JSON.stringify([document.path, hidden === null ? null : [...new Set(hidden)].sort()]);
    if (document.program === null || seen.has(key)) return;
    seen.add(key);
    const use = uses.get(document) ?? templateUse(document.program);
    uses.set(document, use);
    for (const variable of use.variables) {
      const name = variable.parts[0] ?? '';
      if (variable.absolute || (hidden !== null && !hidden.includes(name))) reads.push({ document, use: variable });
    }
    for (const { name, given } of use.partials) {
      const partial = closure.partials.get(name);
      if (partial) visit(partial, hidden === null || given === null ? null : [...hidden, ...given]);
    }
  }
}

/**
 * An undeclared variable: an error where the schema forbids others (as Picoschema does), a warning where it says
 * nothing of them. Wildcards and schemas made of several are taken to declare everything.
 */
export function undeclared(use: VariableUse, metadata: PromptMetadata): Draft | null {
  const name = use.parts[0];
  const declared = declaredVariables(metadata);
  if (name === undefined || declared === null || declared.includes(name)) return null;
  const isOpen = !forbidsOtherVariables(metadata);
  if (isOpen && isJsonObject(metadata.input.schema) && metadata.input.schema.additionalProperties !== undefined) {
    return null;
  }
  return {
    severity: isOpen ? 'warning' : 'error',
    code: 'undeclared-variable',
    message: `The variable "${name}" is not in the input schema.`,
    remedy: undeclaredRemedy(name, declared),
    span: use.span,
  };
}

function undeclaredRemedy(name: string, declared: readonly string[]): string {
  if (declared.length === 0) return 'Declare it in input.schema.';
  const meant = nearest(name, declared);
  return meant === null
    ? `Declare it in input.schema, or use one of ${declared.join(', ')}.`
    : `Did you mean \`${meant}\`? If not, declare it in input.schema.`;
}

function propertiesOf(schema: JsonSchema | undefined): { readonly [name: string]: unknown } | null {
  if (!isJsonObject(schema)) return null;
  if (['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties'].some((key) => Object.hasOwn(schema, key)))
    return null;
  return isJsonObject(schema.properties) ? schema.properties : null;
}
