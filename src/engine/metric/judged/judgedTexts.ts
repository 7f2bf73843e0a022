import type { Json, JsonObject } from '../../json.ts';
import { messageText } from '../../prompt/message.ts';
import { type ExpectedValue, expectedValue } from '../expectedValue.ts';
import type { MetricInput } from '../metric.ts';
import { pickOutput } from '../pickOutput.ts';
import { asText, sentence } from '../textMetric.ts';
import { chunksOf, contextsOfCase } from './contextChunks.ts';
import { turnsOf } from './conversationTurns.ts';

export type TextsOptions = {
  readonly path?: string | undefined;
  readonly question?: string | undefined;
  readonly expected?: Json | undefined;
  readonly contexts?: Json | undefined;
};

/** What a kind cannot be judged without. */
export type Need = 'expected' | 'contexts' | 'tool-calls' | 'system';

/** What is judged, as the judge's prompt sees it. */
export type JudgedTexts = {
  readonly question: string;
  /** What the system message says; empty without one. */
  readonly system: string;
  readonly output: string;
  readonly expected: string;
  readonly contexts: readonly { readonly number: number; readonly text: string }[];
  readonly turns: readonly { readonly number: number; readonly speaker: string; readonly text: string }[];
  readonly toolCalls: readonly { readonly number: number; readonly name: string; readonly arguments: string }[];
  readonly tools: string;
};

/** The texts; or why they cannot be judged: `broken` is the output's fault, `missing` is not. */
export type ReadTexts = (
  input: MetricInput,
) => JudgedTexts | { readonly broken: string } | { readonly missing: string };

/** About 100,000 tokens: what most models take at once. */
const MOST_CHARACTERS = 400_000;

/** @returns an error when a template of the options cannot be read */
export function judgedTexts(options: TextsOptions, needs: readonly Need[]): ReadTexts | { readonly error: string } {
  const question = options.question === undefined ? null : expectedValue(options.question);
  const expected = expectedValue(options.expected);
  const contexts = options.contexts === undefined ? contextsOfCase : expectedValue(options.contexts);
  for (const made of [question, expected, contexts]) if (made && 'error' in made) return made;
  const [askQuestion, askExpected, askContexts] = [question, expected, contexts] as [
    ExpectedValue | null,
    ExpectedValue,
    ExpectedValue,
  ];
  return (input) => {
    const picked = pickOutput(input, options.path);
    if ('broken' in picked) return { broken: sentence(picked.broken) };
    const asked = askQuestion?.(input) ?? { value: questionOf(input) };
    if ('missing' in asked) return { missing: sentence(asked.missing) };
    const reference = askExpected(input);
    if ('missing' in reference && (needs.includes('expected') || options.expected !== undefined))
      return { missing: sentence(reference.missing) };
    const found = askContexts(input);
    if ('missing' in found && (needs.includes('contexts') || options.contexts !== undefined))
      return { missing: sentence(found.missing) };
    const chunks = 'missing' in found ? [] : chunksOf(found.value);
    if (needs.includes('contexts') && chunks.length === 0) return { missing: 'The case has no contexts.' };
    if (needs.includes('tool-calls') && input.response.toolCalls.length === 0)
      return { missing: 'The model called no function.' };
    const system = input.messages
      .filter(({ role }) => role === 'system')
      .map(messageText)
      .join('\n')
      .trim();
    if (needs.includes('system') && system === '') return { missing: 'The prompt has no system message.' };
    const texts: JudgedTexts = {
      question: asText(asked.value),
      system,
      output: asText(picked.value),
      expected: 'missing' in reference ? '' : asText(reference.value),
      contexts: chunks.map((text, index) => ({ number: index + 1, text })),
      turns: turnsOf(input, asText(picked.value)),
      toolCalls: input.response.toolCalls.map((call, index) => ({
        number: index + 1,
        name: call.name,
        arguments: call.arguments,
      })),
      tools: input.tools.length === 0 ? '' : JSON.stringify(input.tools),
    };
    const characters = sizeOf(texts);
    return characters <= MOST_CHARACTERS
      ? texts
      : { missing: `There are ${characters} characters to judge, and a judge is given at most ${MOST_CHARACTERS}.` };
  };
}

/** What was asked: the variable `question` or `input`, else the last message of the user. */
function questionOf({ testCase: { vars }, messages }: MetricInput): Json {
  for (const name of ['question', 'input']) if (Object.hasOwn(vars, name)) return vars[name] ?? '';
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? messageText(last) : '';
}

function sizeOf({ question, system, output, expected, contexts, turns, toolCalls, tools }: JudgedTexts): number {
  const lists = [...contexts.map(({ text }) => text), ...turns.map(({ text }) => text)];
  const calls = toolCalls.map((call) => call.arguments);
  return [question, system, output, expected, tools, ...lists, ...calls].reduce((sum, text) => sum + text.length, 0);
}

/** As the variables of a judge's prompt. */
export function varsOf(texts: JudgedTexts, own: JsonObject): JsonObject {
  return { ...texts, ...own };
}
