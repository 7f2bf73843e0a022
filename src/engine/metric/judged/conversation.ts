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

export const turnRelevancy = defineClaims({
  kind: 'turn-relevancy',
  family,
  summary: 'The share of the turns of the assistant that answer what was said before them.',
  source,
  noun: 'turn',
  words: { relevant: 'for', irrelevant: 'against' },
  numbered: assistantTurns,
});

function assistantTurns({ turns }: JudgedTexts): Numbered {
  return turns.filter(({ speaker }) => speaker === 'assistant');
}
