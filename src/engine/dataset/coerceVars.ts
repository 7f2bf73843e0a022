import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { JsonSchema } from '../prompt/promptDocument.ts';
import { parseJson } from './readCell.ts';
import { setOwn } from './row.ts';

/** What a cell of text becomes, because every prompt that reads the variable says so. */
export type VariableType = 'number' | 'integer' | 'boolean' | 'array' | 'object';
export type VariableTypes = ReadonlyMap<string, VariableType>;

/** Types of the variables that a prompt's input schema gives a type other than text; text needs no entry. */
export function schemaTypes(schema: JsonSchema | undefined): ReadonlyMap<string, VariableType | 'text'> {
  const types = new Map<string, VariableType | 'text'>();
  if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return types;
  for (const [name, property] of Object.entries(schema['properties'])) types.set(name, typeOf(property));
  return types;
}

/**
 * Reads the text of cells as the types that the prompts declare. An empty cell of such a type gives no value at all.
 *
 * @returns the variables, and those whose text is not of their type, with what it must be
 */
export function coerceVars(
  vars: JsonObject,
  types: VariableTypes,
): { vars: JsonObject; issues: readonly { variable: string; wanted: string }[] } {
  if (types.size === 0) return { vars, issues: [] };
  const issues: { variable: string; wanted: string }[] = [];
  const coerced: { [name: string]: Json } = {};
  for (const [variable, value] of Object.entries(vars)) {
    const type = types.get(variable);
    if (type === undefined || typeof value !== 'string') {
      setOwn(coerced, variable, value);
      continue;
    }
    const text = value.trim();
    if (text === '') continue;
    const read = readAs(type, text);
    if (read === undefined) issues.push({ variable, wanted: WANTED[type] });
    else setOwn(coerced, variable, read);
  }
  return { vars: coerced, issues };
}

const WANTED: { readonly [type in VariableType]: string } = {
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a JSON list',
  object: 'a JSON object',
};
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function readAs(type: VariableType, text: string): Json | undefined {
  if (type === 'boolean') {
    // Spreadsheets write TRUE, Python writes True.
    return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
  }
  if (type === 'number' || type === 'integer') {
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(number) && (type === 'number' || Number.isInteger(number)) ? number : undefined;
  }
  const json = parseJson(text);
  return (type === 'array' ? Array.isArray(json) : isJsonObject(json)) ? json : undefined;
}

function typeOf(property: Json): VariableType | 'text' {
  const given = isJsonObject(property) ? property['type'] : undefined;
  const types = (Array.isArray(given) ? given : [given]).filter((type) => type !== 'null');
  const [first] = types;
  if (types.length !== 1 || typeof first !== 'string' || !Object.hasOwn(WANTED, first)) return 'text';
  return first as VariableType;
}
