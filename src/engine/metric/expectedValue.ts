import { isJsonObject, type Json, type JsonObject, jsonAtPath } from '../json.ts';
import { readText, type TextTemplate } from '../prompt/renderText.ts';
import type { MetricInput } from './metric.ts';

/** What a metric expects of one sample; `missing` says in words what the case does not give. */
export type Expectation = { readonly value: Json } | { readonly missing: string };
export type ExpectedValue = (input: MetricInput) => Expectation;

/** What a template in a metric's options may name. */
const SCOPE = ['expected', 'vars', 'output', 'metadata', 'tags', 'id'];

const MUSTACHE = /\{\{\{?\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\}?\}\}/g;
const ONLY_MUSTACHE = new RegExp(`^\\s*${MUSTACHE.source}\\s*$`);

/**
 * Reads an `expected` option: a value with templates in it, or undefined for the case's own `expected`.
 *
 * A text that is one `{{path}}` and nothing else gives the value there with its JSON type; any other template gives text.
 *
 * @returns an error when a template cannot be read or names something that is not there.
 */
export function expectedValue(option: Json | undefined): ExpectedValue | { readonly error: string } {
  if (option === undefined) {
    return ({ testCase }) =>
      testCase.expected === undefined ? { missing: 'the case has no expected value' } : { value: testCase.expected };
  }
  if (typeof option === 'string') return option.includes('{{') ? fromTemplate(option) : constant(option);
  if (Array.isArray(option)) {
    const items = readAll(option);
    if ('error' in items) return items;
    return (input) => collect(items.values, input, (values) => values);
  }
  if (isJsonObject(option)) {
    const keys = Object.keys(option);
    const members = readAll(Object.values(option));
    if ('error' in members) return members;
    return (input) =>
      collect(members.values, input, (values) =>
        Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null])),
      );
  }
  return constant(option);
}

/** Whether an option is the same for every case. */
export function isConstant(option: Json | undefined): boolean {
  return option !== undefined && !JSON.stringify(option).includes('{{');
}

function constant(value: Json): ExpectedValue {
  return () => ({ value });
}

function fromTemplate(template: string): ExpectedValue | { readonly error: string } {
  // Within a block, names belong to its own scope and may be meant to be absent.
  const paths = template.includes('{{#') ? [] : [...template.matchAll(MUSTACHE)].map((match) => match[1] ?? '');
  const stranger = paths.find((path) => !SCOPE.includes(path.split('.')[0] ?? ''));
  if (stranger !== undefined) {
    return { error: `"{{${stranger}}}" is unknown here: a metric's templates know ${SCOPE.join(', ')}.` };
  }
  const whole = ONLY_MUSTACHE.exec(template)?.[1];
  if (whole !== undefined) {
    return (input) => {
      const value = jsonAtPath(scopeOf(input), whole) as Json | undefined;
      return value === undefined ? { missing: `the case has no \`${whole}\`` } : { value };
    };
  }
  const read = readText(template);
  if ('problem' in read) return { error: read.problem };
  return (input) => fill(read.render, paths, scopeOf(input));
}

function fill(render: TextTemplate, required: readonly string[], scope: JsonObject): Expectation {
  const absent = required.find((path) => jsonAtPath(scope, path) === undefined);
  if (absent !== undefined) return { missing: `the case has no \`${absent}\`` };
  const rendered = render(scope);
  if ('problem' in rendered) return { missing: `the template cannot be filled: ${rendered.problem}` };
  return { value: rendered.text };
}

function scopeOf({ testCase, output }: MetricInput): JsonObject {
  const { expected, vars, metadata, tags, id } = testCase;
  return { ...(expected === undefined ? {} : { expected }), vars, output, metadata, tags, id };
}

function readAll(options: readonly Json[]): { readonly values: readonly ExpectedValue[] } | { readonly error: string } {
  const values: ExpectedValue[] = [];
  for (const option of options) {
    const value = expectedValue(option);
    if (typeof value !== 'function') return value;
    values.push(value);
  }
  return { values };
}

function collect(
  parts: readonly ExpectedValue[],
  input: MetricInput,
  assemble: (values: readonly Json[]) => Json,
): Expectation {
  const values: Json[] = [];
  for (const part of parts) {
    const expectation = part(input);
    if ('missing' in expectation) return expectation;
    values.push(expectation.value);
  }
  return { value: assemble(values) };
}
