import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { nearest } from '../suite/nearest.ts';

/** A parameter of a model as prompts and suites write it. */
export type ModelParam = {
  readonly name: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'text' | 'list';
  readonly description: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  /** Other spellings that mean the same. */
  readonly aliases: readonly string[];
};

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

/** Ranges are the widest that a provider takes; a model may take less. Others pass through to the provider as they are. */
export const MODEL_PARAMS: readonly ModelParam[] = [
  param('temperature', 'number', 'How much chance plays a part; 0 is the most repeatable.', { min: 0, max: 2 }),
  param(
    'topP',
    'number',
    'Takes only the likeliest tokens that make up this share of probability.',
    { min: 0, max: 1 },
    ['top_p'],
  ),
  param('topK', 'integer', 'Takes only so many of the likeliest tokens.', { min: 0 }, ['top_k']),
  param('maxOutputTokens', 'integer', 'The answer is cut off after so many tokens.', { min: 1 }, [
    'max_output_tokens',
    'maxTokens',
    'max_tokens',
    'maxCompletionTokens',
    'max_completion_tokens',
  ]),
  param('stopSequences', 'list', 'The answer ends before any of these texts.', {}, ['stop_sequences', 'stop']),
  param('seed', 'integer', 'Makes answers repeatable where the provider can.', {}),
  param('frequencyPenalty', 'number', 'Makes frequent tokens less likely.', { min: -2, max: 2 }, ['frequency_penalty']),
  param('presencePenalty', 'number', 'Makes tokens that were there already less likely.', { min: -2, max: 2 }, [
    'presence_penalty',
  ]),
  param('reasoningEffort', 'text', 'How long a reasoning model thinks.', { values: EFFORTS }, ['reasoning_effort']),
  param('verbosity', 'text', 'How long the answers are.', { values: ['low', 'medium', 'high'] }),
  param('logprobs', 'boolean', 'Asks for the probabilities of the tokens.', {}),
  param('topLogprobs', 'integer', 'Asks for the probabilities of so many other tokens.', { min: 0, max: 20 }, [
    'top_logprobs',
  ]),
  param('parallelToolCalls', 'boolean', 'Several tools may be called at once.', {}, ['parallel_tool_calls']),
];

const BY_NAME = new Map(MODEL_PARAMS.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one])));

export function modelParam(name: string): ModelParam | undefined {
  return BY_NAME.get(name);
}

type ParamFault = {
  readonly code: 'unknown-param' | 'param-out-of-range' | 'wrong-param-type';
  readonly message: string;
  readonly remedy: string;
  /** The name or the value to write instead; null when there is none. */
  readonly better: string | null;
};

/** What is doubtful of one parameter; null when nothing is. An unknown one is only doubtful when a known one is near. */
export function paramFault(name: string, value: Json): ParamFault | null {
  const known = modelParam(name);
  if (known === undefined) {
    const meant = nearest(name, BY_NAME.keys());
    if (meant === null) return null;
    const message = `\`${name}\` is not a known parameter; it is sent as it is.`;
    return { code: 'unknown-param', message, remedy: `Did you mean \`${meant}\`?`, better: meant };
  }
  if (value === null) return null;
  if (!hasType(value, known)) {
    const message = `\`${name}\` must be ${TYPE_WORDS[known.type]}.`;
    return { code: 'wrong-param-type', message, remedy: `Change its value: ${known.description}`, better: null };
  }
  const { min, max, values } = known;
  if (values && typeof value === 'string' && !values.includes(value)) {
    const meant = nearest(value, values);
    const remedy = meant === null ? `It may be: ${values.join(', ')}.` : `Did you mean \`${meant}\`?`;
    return { code: 'param-out-of-range', message: `\`${name}\` may not be \`${value}\`.`, remedy, better: meant };
  }
  if (typeof value !== 'number') return null;
  const bound = min !== undefined && value < min ? min : max !== undefined && value > max ? max : undefined;
  if (bound === undefined) return null;
  const message = `\`${name}\` must be ${rangeWords(known)}, not ${value}.`;
  return { code: 'param-out-of-range', message, remedy: `Write ${bound}.`, better: String(bound) };
}

/** Type and range in a few words: `number, 0 to 2`. */
export function describeParam(known: ModelParam): string {
  const range = known.values ? known.values.join(', ') : rangeWords(known);
  return range === '' ? TYPE_WORDS[known.type] : `${TYPE_WORDS[known.type]}, ${range}`;
}

/** Values worth offering, by what is known of a parameter. */
export function paramValues({ values, type, min, max }: ModelParam): readonly string[] {
  if (values) return values;
  if (type === 'boolean') return ['true', 'false'];
  return [min, max].filter((bound) => bound !== undefined).map(String);
}

export function paramsOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

const TYPE_WORDS: { readonly [type in ModelParam['type']]: string } = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  text: 'a text',
  list: 'a list of texts',
};

function rangeWords({ min, max }: ModelParam): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return min === undefined ? '' : `at least ${min}`;
}

function hasType(value: Json, { type }: ModelParam): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string';
    case 'list':
      return Array.isArray(value) || typeof value === 'string';
  }
}

function param(
  name: string,
  type: ModelParam['type'],
  description: string,
  range: Pick<ModelParam, 'min' | 'max' | 'values'>,
  aliases: readonly string[] = [],
): ModelParam {
  return { name, type, description, ...range, aliases };
}
