import type { Json } from '../../engine/json.ts';
import type { Message, Part } from '../../engine/prompt/message.ts';
import type { AnswerState, Draft } from '../../protocol/answers.ts';

/** What was said about one case: the user's turns are the same in all lanes, the answers are each lane's own. */
export type Conversation = {
  /** Exchange 0 asks with the prompt's own messages, exchange n with `followUps[n - 1]`. */
  readonly followUps: readonly string[];
  /** By lane id, by exchange. */
  readonly answers: { readonly [lane: string]: readonly AnswerState[] };
  readonly draft: Draft;
};

export const NO_DRAFT: Draft = { text: '', target: null };
export const NOTHING_SAID: Conversation = { followUps: [], answers: {}, draft: NO_DRAFT };
const IDLE: AnswerState = { status: 'idle' };

export function answerAt({ answers }: Conversation, lane: string, exchange: number): AnswerState {
  return answers[lane]?.[exchange] ?? IDLE;
}

export function withAnswer(
  conversation: Conversation,
  lane: string,
  exchange: number,
  answer: AnswerState,
): Conversation {
  const { followUps, answers } = conversation;
  const all = followUps.map((_, index) => answerAt(conversation, lane, index + 1));
  const row = [answerAt(conversation, lane, 0), ...all].with(exchange, answer);
  return { ...conversation, answers: { ...answers, [lane]: row } };
}

/** Forgets a lane's answers from an exchange on: they are to be given anew. */
export function withoutAnswers(conversation: Conversation, lane: string, from: number): Conversation {
  const kept = (conversation.answers[lane] ?? []).slice(0, from);
  return { ...conversation, answers: { ...conversation.answers, [lane]: kept } };
}

export function exchangesOf({ followUps }: Conversation): number {
  return followUps.length + 1;
}

/** Keeps the first exchanges of all lanes. */
export function cutTo({ followUps, answers, draft }: Conversation, exchanges: number): Conversation {
  return {
    followUps: followUps.slice(0, Math.max(0, exchanges - 1)),
    answers: Object.fromEntries(Object.entries(answers).map(([lane, all]) => [lane, all.slice(0, exchanges)])),
    draft,
  };
}

/**
 * What is sent after the prompt's own messages to get a lane's answer at an exchange.
 *
 * @returns null when an earlier answer is missing: there is nothing to go on from
 */
export function turnsBefore(conversation: Conversation, lane: string, exchange: number): readonly Message[] | null {
  const turns: Message[] = [];
  for (const [index, followUp] of conversation.followUps.slice(0, exchange).entries()) {
    const answer = answerAt(conversation, lane, index);
    if (!isSaid(answer)) return null;
    turns.push(...answerAndReply(answer, followUp));
  }
  return turns;
}

/** Whether a conversation can go on behind an answer. */
export function isSaid(answer: AnswerState): answer is Extract<AnswerState, { readonly text: string }> {
  return answer.status === 'done' || (answer.status === 'cancelled' && answer.text !== '');
}

/** What a user says to a call of tools is what the tools answer: a server refuses anything else there. */
function answerAndReply(
  answer: Extract<AnswerState, { readonly text: string }>,
  reply: string,
): readonly [Message, Message] {
  const calls = answer.status === 'done' ? answer.toolCalls : [];
  const requests = calls.map(({ id, name, arguments: given }): Part => {
    return { toolRequest: { name, ...(id === '' ? {} : { ref: id }), input: readArguments(given) } };
  });
  const text: readonly Part[] = answer.text === '' && requests.length > 0 ? [] : [{ text: answer.text }];
  const said: Message = { role: 'model', content: [...text, ...requests] };
  if (calls.length === 0) return [said, { role: 'user', content: [{ text: reply }] }];
  const responses = calls.map(({ id, name }): Part => {
    return { toolResponse: { name, ...(id === '' ? {} : { ref: id }), output: reply } };
  });
  return [said, { role: 'tool', content: responses }];
}

function readArguments(given: string): Json {
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
