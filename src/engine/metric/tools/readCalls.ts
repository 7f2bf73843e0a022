import * as z from 'zod';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { sentence } from '../textMetric.ts';

/** One call of a function. Arguments that are no JSON object are kept as the text that they are. */
export type Call = { readonly name: string; readonly arguments: JsonObject | string };

export const callsPath = z.string().trim().min(1).optional().meta({
  description: "Where the calls stand in a JSON output, as a list; by default the model's own calls.",
});
export const expectedCalls = z.json().optional().meta({
  description: "A list of names, or of mappings with `name` and `arguments`. By default the case's expected.",
});

/** The calls of a sample, or how the output breaks the list that was asked for. */
export function callsOf(input: MetricInput, path: string | undefined): readonly Call[] | { readonly broken: string } {
  if (path === undefined)
    return input.response.toolCalls.map((call) => ({ name: call.name, arguments: argumentsOf(call.arguments) }));
  const picked = pickOutput(input, path);
  if ('broken' in picked) return picked;
  return listOfCalls(picked.value) ?? { broken: `what stands at \`${path}\` is no list of calls` };
}

export type Calls = { readonly called: readonly Call[]; readonly expected: readonly Call[] };
type ReadCalls = (input: MetricInput) => Calls | { readonly outcome: ScoreOutcome } | { readonly broken: string };

/** The calls of a sample beside those that are expected; without any expectation there is no score. */
export function readCalls(options: {
  readonly path?: string | undefined;
  readonly expected?: Json | undefined;
}): ReadCalls | { readonly error: string } {
  const expectedOf = expectedValue(options.expected);
  if ('error' in expectedOf) return expectedOf;
  return (input) => {
    const found = expectedOf(input);
    if ('missing' in found) return { outcome: unscored(sentence(found.missing)) };
    const expected = listOfCalls(found.value);
    if (expected === null) {
      const reason = 'What is expected is no list of calls: names, or mappings with `name` and `arguments`.';
      return { outcome: { outcome: 'error', reason } };
    }
    const called = callsOf(input, options.path);
    return 'broken' in called ? called : { called, expected };
  };
}

/** A list, or a mapping with a list of `calls`; also as JSON in a text, as a cell of a table holds it. */
function listOfCalls(value: unknown): readonly Call[] | null {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (isJsonObject(list) && Array.isArray(list['calls'])) return listOfCalls(list['calls']);
  if (!Array.isArray(list)) return null;
  const calls = list.map(callOf);
  return calls.includes(null) ? null : (calls as Call[]);
}

/** A name, or a mapping as one of the common APIs writes it. */
function callOf(value: unknown): Call | null {
  if (typeof value === 'string') return { name: value, arguments: {} };
  if (!isJsonObject(value)) return null;
  const inner = isJsonObject(value['function']) ? value['function'] : value;
  const { name } = inner;
  if (typeof name !== 'string') return null;
  const given = inner['arguments'] ?? inner['args'] ?? inner['input'] ?? {};
  return {
    name,
    arguments: typeof given === 'string' ? argumentsOf(given) : isJsonObject(given) ? given : canonicalJson(given),
  };
}

function argumentsOf(text: string): JsonObject | string {
  if (text.trim() === '') return {};
  const value = parsed(text);
  return isJsonObject(value) ? value : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
