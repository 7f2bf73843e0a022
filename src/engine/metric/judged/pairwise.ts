import * as z from 'zod';
import type { JsonObject } from '../../json.ts';
import type { AskOne, Finding, Unreadable } from '../../judge/askJudges.ts';
import type { ClaimSide, JudgedClaim } from '../../judge/evidence.ts';
import { ROUNDS } from './bothOrders.ts';
import { readLetter } from './choices.ts';
import { defineJudged } from './judgedMetric.ts';
import { type JudgedTexts, varsOf } from './judgedTexts.ts';

type Winner = 'output' | 'expected' | 'tie';
type Round = { readonly winner: Winner; readonly reason: string };

export const pairwise = defineJudged<{ readonly criteria?: string | undefined }>({
  kind: 'pairwise',
  family: 'judge',
  summary: 'A judge compares the output with the expected answer in both orders: better 1, as good 0.5, worse 0.',
  source: 'Zheng et al. (2023), MT-Bench, NeurIPS 36: both orders, and a judge that changes its mind is a tie.',
  shorthand: 'criteria',
  needs: ['expected'],
  fields: () => ({
    criteria: z.string().trim().min(1).optional().meta({ description: 'What makes an answer the better one.' }),
  }),
  vars: ({ criteria = DEFAULT_CRITERIA }) => ({ criteria }),
  consult: (texts, own) => async (ask) => {
    const first = await round(ask, texts, own, true);
    if ('unreadable' in first) return first;
    const second = await round(ask, texts, own, false);
    return 'unreadable' in second ? second : together(first, second);
  },
});

const DEFAULT_CRITERIA = 'The better answer is more helpful, more correct and more to the point.';

function round(ask: AskOne, texts: JudgedTexts, own: JsonObject, outputFirst: boolean): Promise<Round | Unreadable> {
  const { output, expected } = texts;
  const answers = outputFirst ? { first: output, second: expected } : { first: expected, second: output };
  return ask({ ...varsOf(texts, own), ...answers }, ({ text }): Round | null => {
    const { choice, reason } = readLetter(text, ['A', 'B', 'tie']);
    if (choice === null) return null;
    return { winner: choice === 'tie' ? 'tie' : (choice === 'A') === outputFirst ? 'output' : 'expected', reason };
  });
}

function together(first: Round, second: Round): Finding {
  const claims = [claimOf(ROUNDS.outputFirst, first), claimOf(ROUNDS.expectedFirst, second)];
  if (first.winner !== second.winner) {
    const reason = 'The judge decided otherwise when the answers changed places, which counts as a tie.';
    return { value: 0.5, passed: null, reason, claims };
  }
  return { value: VALUES[first.winner], passed: null, reason: `${WORDS[first.winner]} ${first.reason}`, claims };
}

const VALUES = { output: 1, tie: 0.5, expected: 0 };
const WORDS = {
  output: 'The output is better in both orders.',
  tie: 'Both are as good, in both orders.',
  expected: 'The expected answer is better in both orders.',
};
const SIDES: { readonly [winner in Winner]: ClaimSide } = { output: 'for', tie: 'neither', expected: 'against' };

function claimOf(claim: string, { winner, reason }: Round): JudgedClaim {
  const verdict = winner === 'output' ? 'better' : winner === 'tie' ? 'tie' : 'worse';
  return { claim, verdict, side: SIDES[winner], reason };
}
