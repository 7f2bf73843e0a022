import * as z from 'zod';
import type { JsonObject } from '../../json.ts';
import type { AskOne, Finding, Unreadable } from '../../judge/askJudges.ts';
import type { JudgedClaim } from '../../judge/evidence.ts';
import { count, digits } from '../words.ts';
import { claimReader, shareFor } from './claimShare.ts';
import { assistantTurns } from './conversation.ts';
import { defineJudged } from './judgedMetric.ts';
import { type JudgedTexts, varsOf } from './judgedTexts.ts';

const CLAIMS = { noun: 'turn', words: { relevant: 'for', irrelevant: 'against' } } as const;
const readTurns = claimReader({ ...CLAIMS, numbered: assistantTurns });

export const turnRelevancy = defineJudged<{ readonly window?: number | undefined }>({
  kind: 'turn-relevancy',
  family: 'conversation',
  summary: 'The share of the turns of the assistant that answer what was said before them.',
  source:
    'As DeepEval defines it, over the turns of the assistant; own prompt. DeepEval shows a sliding window of turns for each; here that is `window`, and without it one question shows all of them.',
  fields: () => ({
    window: z.int().min(2).max(100).optional().meta({
      description:
        'Asks for each turn by itself, and shows it with those before it, so many turns in all. By default one question on the whole conversation.',
    }),
  }),
  parts: ({ window }) => ({ window }),
  consult:
    (texts, own, { window }) =>
    (ask) =>
      window === undefined
        ? ask(varsOf(texts, own), (reply) => readTurns(reply, texts, {}))
        : overWindows(ask, texts, own, window),
});

async function overWindows(
  ask: AskOne,
  texts: JudgedTexts,
  own: JsonObject,
  window: number,
): Promise<Finding | Unreadable> {
  const claims: JudgedClaim[] = [];
  for (const turn of assistantTurns(texts)) {
    const read = claimReader({ ...CLAIMS, numbered: () => [turn] });
    const turns = texts.turns.filter(({ number }) => number <= turn.number && number > turn.number - window);
    const found = await ask({ ...varsOf({ ...texts, turns }, own), only: turn.number }, (reply) =>
      read(reply, texts, {}),
    );
    if ('unreadable' in found) return found;
    claims.push(...(found.claims ?? []));
  }
  const value = shareFor(claims);
  const reason = `${digits(value)} of ${count(claims.length, 'turn')} relevant, each judged by the ${window} turns that end with it.`;
  return { value, passed: null, reason, claims };
}
