import type { Json } from '../../json.ts';
import { type Message, messageText } from '../../prompt/message.ts';
import { type ExpectedValue, expectedValue } from '../expectedValue.ts';
import type { MetricInput } from '../metric.ts';
import { asText, sentence } from '../textMetric.ts';
import { count } from '../words.ts';
import { chunksOf, contextsOfCase, listOf } from './contextChunks.ts';
import type { TextsOptions } from './judgedTexts.ts';

/** An answer of the assistant with what it was given to answer from. */
type RagTurn = {
  /** As in the conversation that a judge sees; the answer that is evaluated is the last. */
  readonly number: number;
  readonly question: string;
  readonly output: string;
  readonly contexts: readonly string[];
  /** Empty where nothing is expected of this turn. */
  readonly expected: string;
};
type ReadTurns = (
  input: MetricInput,
  answer: { readonly question: string; readonly output: string },
) => readonly RagTurn[] | { readonly missing: string };

/**
 * The answers of the assistant, each with its own contexts: the n-th list where the contexts are a list of lists, all of them
 * where they are one list, and without any what functions gave since the user spoke.
 *
 * What only calls functions is no answer. A list of expected texts has one for each answer; a single text is for the last.
 */
export function ragTurns(options: TextsOptions): ReadTurns | { readonly error: string } {
  const contexts = options.contexts === undefined ? contextsOfCase : expectedValue(options.contexts);
  const expected = expectedValue(options.expected);
  if ('error' in contexts) return contexts;
  if ('error' in expected) return expected;
  return (input, answer) => {
    const turns = answersIn(input.messages, answer);
    const given = perTurn(contexts, input, turns.length, 'contexts');
    const wanted = perTurn(expected, input, turns.length, 'expected texts');
    if ('missing' in given) return { missing: sentence(given.missing) };
    if ('missing' in wanted) return { missing: sentence(wanted.missing) };
    return turns.map(({ results, ...turn }, at) => {
      const own = given.each?.[at];
      const chunks = own ?? given.whole;
      const reference = wanted.each ? wanted.each[at] : at === turns.length - 1 ? wanted.whole : undefined;
      return {
        ...turn,
        contexts: chunks === undefined ? (given.each ? [] : results) : chunksOf(chunks),
        expected: reference === undefined || reference === null ? '' : asText(reference),
      };
    });
  };
}

type Answer = Omit<RagTurn, 'contexts' | 'expected'> & { readonly results: readonly string[] };

function answersIn(messages: readonly Message[], answer: { question: string; output: string }): readonly Answer[] {
  const turns: Answer[] = [];
  let [question, results, number] = ['', [] as string[], 0];
  for (const message of messages) {
    if (message.role === 'system') continue;
    number += 1;
    const text = messageText(message);
    if (message.role === 'user') [question, results] = [text, []];
    for (const part of message.content)
      if ('toolResponse' in part) results = [...results, asText(part.toolResponse.output ?? null)];
    const calls = message.content.some((part) => 'toolRequest' in part);
    if (message.role === 'model' && !calls && text.trim() !== '')
      turns.push({ number, question, output: text, results });
  }
  return [...turns, { number: number + 1, ...answer, results }];
}

type PerTurn = { readonly each?: readonly Json[]; readonly whole?: Json };

/** What is there for each of the turns, or for all of them; neither where the case has nothing of the kind. */
function perTurn(
  read: ExpectedValue,
  input: MetricInput,
  turns: number,
  noun: string,
): PerTurn | { readonly missing: string } {
  const found = read(input);
  if ('missing' in found) return {};
  const list = listOf(found.value);
  const isEach =
    noun === 'contexts'
      ? list.some(Array.isArray) && list.every((one) => one === null || Array.isArray(one))
      : Array.isArray(found.value);
  if (!isEach) return { whole: found.value };
  if (list.length !== turns)
    return { missing: `there are ${list.length} ${noun} for ${count(turns, 'answer')} of the assistant` };
  return { each: list };
}
