import * as z from 'zod';
import { isJsonObject } from '../json.ts';
import { suggest } from './nearest.ts';

/** An issue of a schema in the user's words; `onKey` when the key is wrong and not its value. */
export type DescribedIssue = {
  readonly path: readonly PropertyKey[];
  readonly onKey: boolean;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
};

/** @param at where `root`, the value that was parsed, stands in its file */
export function describeIssue(
  issue: z.core.$ZodIssue,
  root: unknown,
  at: readonly PropertyKey[],
  schema: z.ZodType,
): DescribedIssue[] {
  const path = [...at, ...issue.path];
  const value = valueAt(root, issue.path);
  const name = nameOf(path);
  const one = (code: string, message: string, remedy: string): DescribedIssue[] => [
    { path, onKey: false, code, message, remedy },
  ];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysOf(schema, issue.path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        onKey: true,
        code: 'unknown-key',
        message: `\`${key}\` is not a key of ${path.length === 0 ? 'this file' : name}.`,
        remedy: known.length === 0 ? 'Remove it.' : suggest(key, known, 'Its keys are'),
      }));
    }
    case 'invalid_type':
      if (value === undefined) {
        return one('missing-key', `${upper(name)} is missing.`, `Add ${name}, ${article(issue.expected)}.`);
      }
      return one(
        'wrong-type',
        `${upper(name)} must be ${article(issue.expected)}, not ${kindOf(value)}.`,
        'Change its value.',
      );
    case 'invalid_union': {
      if (value === undefined) return one('missing-key', `${upper(name)} is missing.`, `Add ${name}.`);
      // The alternative that got furthest into the value tells most; then one of the value's own type.
      const deepest =
        issue.errors.find((errors) => errors.some((inner) => inner.path.length > 0)) ??
        issue.errors.find((errors) => errors.every((inner) => inner.code === 'too_small' || inner.code === 'too_big'));
      if (deepest) {
        return deepest.flatMap((inner) =>
          describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, root, at, schema),
        );
      }
      const kinds = issue.errors
        .flat()
        .map((inner) => (inner.code === 'invalid_type' ? article(inner.expected) : null));
      const wanted = [...new Set(kinds.filter((kind) => kind !== null))].join(' or ');
      return one(
        'wrong-type',
        `${upper(name)} must be ${wanted || 'something else'}, not ${kindOf(value)}.`,
        'Change its value.',
      );
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const remedy =
        typeof value === 'string' ? suggest(value, values, 'It may be') : `It may be: ${values.join(', ')}.`;
      if (value === undefined) return one('missing-key', `${upper(name)} is missing.`, remedy);
      return one('wrong-value', `${upper(name)} may not be ${JSON.stringify(value)}.`, remedy);
    }
    case 'too_small':
    case 'too_big': {
      const [limit, sign] =
        issue.code === 'too_small'
          ? [issue.minimum, issue.inclusive ? 'at least' : 'greater than']
          : [issue.maximum, issue.inclusive ? 'at most' : 'less than'];
      if (issue.origin === 'array' || issue.origin === 'string') {
        if (issue.code === 'too_small') return one('empty', `${upper(name)} is empty.`, 'Give it at least one value.');
        return one('too-long', `${upper(name)} may have ${sign} ${limit} elements.`, 'Shorten it.');
      }
      return one('out-of-range', `${upper(name)} must be ${sign} ${limit}, not ${value}.`, 'Change its value.');
    }
    case 'invalid_key':
      return one('wrong-value', `${upper(name)} is no name that may stand here.`, 'Give it another one.');
    default:
      return one('wrong-value', `${upper(name)} is not valid: ${sentence(issue.message)}`, 'Change its value.');
  }
}

/** Keys of the object schema at a path inside a schema; wrappers and unions are looked through. */
function keysOf(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  for (const step of path) {
    current = unwrap(current);
    if (current instanceof z.ZodObject) current = current.shape[String(step)];
    else if (current instanceof z.ZodArray) current = current.element;
    else if (current instanceof z.ZodRecord) current = current.valueType;
    else return [];
  }
  const object = unwrap(current);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodUnion) {
    return schema.options.map(unwrap).find((option) => option instanceof z.ZodObject) ?? unwrap(schema.options[0]);
  }
  return schema;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let current = root;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as { readonly [key: PropertyKey]: unknown })[step];
  }
  return current;
}

function nameOf(path: readonly PropertyKey[]): string {
  const last = path.findLast((step) => typeof step === 'string');
  if (last === undefined) return 'the file';
  const index = path.at(-1);
  return typeof index === 'number' ? `entry ${index + 1} of \`${last}\`` : `\`${last}\``;
}

const ARTICLES: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function article(type: string): string {
  return ARTICLES[type] ?? `a ${type}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a mapping';
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? `the number ${value}` : String(value);
}

/** What a check of ours says may lack its full stop, and a remedy follows. */
function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
