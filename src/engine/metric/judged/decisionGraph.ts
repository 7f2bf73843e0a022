import * as z from 'zod';
import type { AskOne, Finding, Unreadable } from '../../judge/askJudges.ts';
import type { JudgedClaim } from '../../judge/evidence.ts';
import { readLetter } from './choices.ts';
import { graphFault, type QuestionNode } from './graphFault.ts';
import { defineJudged } from './judgedMetric.ts';
import { type JudgedTexts, varsOf } from './judgedTexts.ts';

type Graph = { readonly nodes: { readonly [name: string]: QuestionNode }; readonly start?: string | undefined };

const MOST_NODES = 50;
const name = z.string().trim().min(1).max(100);

const node = z.strictObject({
  ask: z.string().trim().min(1).meta({ description: 'A question about the output.' }),
  answers: z.record(name, z.union([z.number().min(0).max(1), name])).meta({
    description: 'The answers; each leads to a score, 0..1, or to another question by its name.',
  }),
});

export const decisionGraph = defineJudged<Graph>({
  kind: 'decision-graph',
  family: 'judge',
  summary: 'A judge answers questions one after another, each answer leading to the next question or to a score.',
  source: 'As the DAG metric of DeepEval, with scores 0..1 in place of 0..10; own prompt, one question at a time.',
  prompt: 'choice',
  fields: () => ({
    nodes: z
      .record(name, node)
      .refine((all) => Object.keys(all).length <= MOST_NODES, `At most ${MOST_NODES} questions.`)
      .meta({
        description: 'The questions by their names, such as `{ polite: { ask: …, answers: { yes: 1, no: 0 } } }`.',
      }),
    start: name.optional().meta({ description: 'The first question; by default the one that stands first.' }),
  }),
  check: ({ nodes, start }) => graphFault(nodes, start),
  parts: ({ nodes, start }) => ({ nodes, start: start ?? Object.keys(nodes)[0] }),
  consult: (texts, _own, graph) => (ask) => walk(texts, graph, ask),
});

/** The graph has been checked: every answer leads on, and nothing leads back. */
async function walk(texts: JudgedTexts, { nodes, start }: Graph, ask: AskOne): Promise<Finding | Unreadable> {
  const claims: JudgedClaim[] = [];
  let place: string | number = start ?? Object.keys(nodes)[0] ?? '';
  while (typeof place === 'string') {
    const { ask: criteria, answers } = nodes[place] as QuestionNode;
    const names = Object.keys(answers);
    const choices = names.map((one) => ({ name: one }));
    const found = await ask(varsOf(texts, { criteria, choices }), ({ text }) => {
      const { choice, reason } = readLetter(text, names);
      return choice === null ? null : { choice, reason };
    });
    if ('unreadable' in found) return found;
    const next: string | number = answers[found.choice] ?? 0;
    const side = typeof next === 'string' ? 'neither' : next >= 0.5 ? 'for' : 'against';
    claims.push({ claim: criteria, verdict: found.choice, side, reason: found.reason });
    place = next;
  }
  const path = claims.map(({ verdict }) => verdict).join(', then ');
  return { value: place, passed: null, reason: `Answered ${path}. ${claims.at(-1)?.reason ?? ''}`.trim(), claims };
}
