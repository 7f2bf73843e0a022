import * as z from 'zod';
import type { Numbered } from '../../judge/readClaims.ts';
import { defineClaims } from './claimShare.ts';
import type { JudgedTexts } from './judgedTexts.ts';

const family = 'conversation';
const source = 'As DeepEval defines it, over the turns of the assistant; own prompt.';

export const knowledgeRetention = defineClaims({
  kind: 'knowledge-retention',
  family,
  summary: 'The share of the turns of the assistant that forget nothing that was said before.',
  source,
  noun: 'turn',
  words: { retained: 'for', forgotten: 'against' },
  numbered: assistantTurns,
});

export const roleAdherence = defineClaims<{ readonly role: string }>({
  kind: 'role-adherence',
  family,
  summary: 'The share of the turns of the assistant that keep to its role.',
  source,
  shorthand: 'role',
  noun: 'turn',
  words: { 'in-role': 'for', 'out-of-role': 'against' },
  fields: () => ({ role: z.string().trim().min(1).meta({ description: 'The role that the assistant has.' }) }),
  vars: ({ role }) => ({ givenRole: role }),
  numbered: assistantTurns,
});

export const conversationCoherence = defineClaims({
  kind: 'conversation-coherence',
  family,
  summary: 'The share of the turns of the assistant that follow from the conversation and contradict nothing in it.',
  source: 'Own prompt and definition; `coherence` looks at the last answer alone.',
  noun: 'turn',
  words: { coherent: 'for', incoherent: 'against' },
  numbered: assistantTurns,
});

export const conversationCompleteness = defineClaims({
  kind: 'conversation-completeness',
  family,
  summary: 'The share of what the user wanted in the conversation that was met by its end.',
  source: 'As DeepEval defines it: intentions met of all; own prompt.',
  noun: 'intention',
  words: { met: 'for', unmet: 'against' },
});

export const userFrustration = defineClaims({
  kind: 'user-frustration',
  family,
  summary: 'The share of the turns of the user that show frustration with the assistant; lower is better.',
  source: 'Own prompt and definition; openevals says yes or no of the whole conversation, which `max: 0` does too.',
  direction: 'lower',
  noun: 'turn',
  words: { calm: 'for', frustrated: 'against' },
  noYesNo: true,
  numbered: ({ turns }) => turns.filter(({ speaker }) => speaker === 'user'),
});

type TopicAdherence = {
  readonly topics: readonly string[];
  readonly mode?: 'precision' | 'recall' | 'f1' | undefined;
};

export const topicAdherence = defineClaims<TopicAdherence>({
  kind: 'topic-adherence',
  family,
  summary: 'The assistant answers what belongs to its topics and declines what does not.',
  source:
    'As Ragas defines it: precision is the share of the answered requests that are on topic, recall the share of the requests on topic that were answered; own prompt. 0 where the requests on topic were all declined, or only others answered.',
  shorthand: 'topics',
  noun: 'request',
  words: {
    'answered-on-topic': 'for',
    'answered-off-topic': 'against',
    'refused-on-topic': 'against',
    'refused-off-topic': 'neither',
  },
  fields: () => ({
    topics: z.array(z.string().trim().min(1)).min(1).max(50).meta({ description: 'What the assistant is there for.' }),
    mode: z.enum(['precision', 'recall', 'f1']).optional().meta({ description: 'By default f1.' }),
  }),
  vars: ({ topics }) => ({ topics: topics.map((text, index) => ({ number: index + 1, text })) }),
  parts: ({ mode = 'f1' }) => ({ mode }),
  value: (claims, { mode = 'f1' }) => {
    const number = (word: string) => claims.filter(({ verdict }) => verdict === word).length;
    const right = number('answered-on-topic');
    const [strayed, declined] = [number('answered-off-topic'), number('refused-on-topic')];
    const all = { precision: right + strayed, recall: right + declined, f1: right + (strayed + declined) / 2 }[mode];
    return all === 0 ? null : right / all;
  },
});

export function assistantTurns({ turns }: Pick<JudgedTexts, 'turns'>): Numbered {
  return turns.filter(({ speaker }) => speaker === 'assistant');
}
