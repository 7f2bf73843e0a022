import { isJsonObject, type Json } from '../json.ts';
import { declaredVariables, inputVariables } from '../prompt/inputVariables.ts';
import { givenVariables, type PromptView, schemaProperties } from './promptView.ts';

/** All variables that a prompt may read: declared, read already, or given by a dataset. */
export function knownVariables(view: PromptView): string[] {
  const { document } = view.closure;
  return [
    ...new Set([
      ...(declaredVariables(document.metadata) ?? []),
      ...Object.keys(document.metadata.input.default),
      ...view.suites.flatMap(givenVariables),
      ...inputVariables(view.closure).map(({ name }) => name),
    ]),
  ];
}

/** What the schema says of a variable, or of what lies in it (`user.name`): `string`, `billing | bug`; null when it says nothing. */
export function variableType(
  view: PromptView,
  path: string,
): { readonly type: string; readonly description: string | null } | null {
  let schema: Json | undefined = { type: 'object', properties: schemaProperties(view.closure.document) };
  for (const step of path.split('.')) {
    const object: Json | undefined = schema;
    if (!isJsonObject(object) || !isJsonObject(object['properties']) || !Object.hasOwn(object['properties'], step))
      return null;
    schema = object['properties'][step];
  }
  if (!isJsonObject(schema)) return { type: 'any', description: null };
  const description = typeof schema['description'] === 'string' ? schema['description'] : null;
  return { type: typeWords(schema), description };
}

/** Members of an object that the schema describes; empty for anything else. */
export function membersOf(view: PromptView, path: string): string[] {
  let schema: Json | undefined = { properties: schemaProperties(view.closure.document) };
  for (const step of path.split('.').filter((one) => one !== '')) {
    if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return [];
    schema = Object.hasOwn(schema['properties'], step) ? schema['properties'][step] : undefined;
  }
  return isJsonObject(schema) && isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : [];
}

/** The value that a variable has now and where it comes from; null when nothing gives it. */
export function currentValue(view: PromptView, name: string): { readonly value: Json; readonly from: string } | null {
  for (const { dataset } of view.suites) {
    const sample = dataset?.sample;
    if (!dataset || !sample || !Object.hasOwn(sample.vars, name)) continue;
    return {
      value: sample.vars[name] ?? null,
      from: `case ${sample.index + 1} of ${baseName(dataset.path)}, line ${sample.line + 1}`,
    };
  }
  const { default: defaults } = view.closure.document.metadata.input;
  return Object.hasOwn(defaults, name) ? { value: defaults[name] ?? null, from: 'its default' } : null;
}

function typeWords(schema: { readonly [key: string]: Json }): string {
  const { type, enum: choices, items } = schema;
  if (Array.isArray(choices))
    return choices
      .filter((choice) => choice !== null)
      .map(String)
      .join(' | ');
  const types = Array.isArray(type) ? type.filter((one) => one !== 'null') : [type];
  if (types.includes('array') && isJsonObject(items)) return `list of ${typeWords(items)}`;
  return types.filter((one) => typeof one === 'string').join(' | ') || 'any';
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
