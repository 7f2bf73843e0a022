import type { AnswerState, Draft } from '../../protocol/answers.ts';
import {
  answerAt,
  type Conversation,
  cutTo,
  exchangesOf,
  isSaid,
  NO_DRAFT,
  turnsBefore,
  withAnswer,
  withoutAnswers,
} from './conversation.ts';

/** What comes of a draft: the conversation with it, and from which exchange on is to be asked, in which lane (null: in all). */
export type SaidDraft = {
  readonly conversation: Conversation;
  /** null: nothing is to be asked, for the edited answer was the last. */
  readonly asksFrom: number | null;
  readonly lane: string | null;
};

/**
 * Says what is drafted: behind the last answers, or in place of an earlier turn, behind which all is forgotten.
 *
 * @returns null when there is nothing to say, or nothing to go on from
 */
export function sayDraft(conversation: Conversation, lanes: readonly string[]): SaidDraft | null {
  const { text, target } = conversation.draft;
  if (text.trim() === '') return null;
  const before = { ...conversation, draft: NO_DRAFT };
  if (target !== null) return replace(before, target, text);
  const asksFrom = exchangesOf(conversation);
  const said = { ...before, followUps: [...conversation.followUps, text] };
  const goesOn = lanes.some((lane) => turnsBefore(said, lane, asksFrom) !== null);
  return goesOn ? { conversation: said, asksFrom, lane: null } : null;
}

type Target = NonNullable<Draft['target']>;

/** The text of a turn, to be edited; null when there is no such turn. */
export function turnText(conversation: Conversation, { exchange, lane }: Target): string | null {
  if (lane === null) return conversation.followUps[exchange - 1] ?? null;
  const answer = answerAt(conversation, lane, exchange);
  return isSaid(answer) ? answer.text : null;
}

function replace(conversation: Conversation, target: Target, text: string): SaidDraft | null {
  const { exchange, lane } = target;
  if (turnText(conversation, target) === null) return null;
  if (lane === null) {
    const kept = cutTo(conversation, exchange + 1);
    const followUps = kept.followUps.with(exchange - 1, text);
    return { conversation: { ...kept, followUps }, asksFrom: exchange, lane: null };
  }
  // The question behind an edited answer is asked again.
  const kept = cutTo(conversation, exchange + 2);
  const answer = editedAnswer(answerAt(conversation, lane, exchange), text);
  const said = withAnswer(withoutAnswers(kept, lane, exchange + 1), lane, exchange, answer);
  return { conversation: said, asksFrom: exchange + 1 < exchangesOf(kept) ? exchange + 1 : null, lane };
}

function editedAnswer(before: AnswerState, text: string): AnswerState {
  const facts = before.status === 'done' ? before : NO_FACTS;
  return { ...facts, status: 'done', text, edited: true, check: null, toolCalls: [] };
}

const NO_FACTS = {
  ...{ latencyMs: null, firstTokenMs: null, inputTokens: null, outputTokens: null, costUsd: null },
  ...{ finishReason: null, refusedStream: false, sent: '' },
} as const;
