import type { Finding, Unreadable } from '../../judge/askJudges.ts';
import type { JudgedClaim } from '../../judge/evidence.ts';
import type { MetricDefinition } from '../metric.ts';
import { count, digits } from '../words.ts';
import { type ClaimKind, claimReader } from './claimShare.ts';
import { defineJudged, type JudgedOptions } from './judgedMetric.ts';
import { varsOf } from './judgedTexts.ts';
import { CONTEXT_PRECISION, CONTEXT_RECALL, CONTEXT_RELEVANCY, FAITHFULNESS } from './rag.ts';
import { ragTurns } from './ragTurns.ts';

export const turnFaithfulness = overTurns('turn-faithfulness', FAITHFULNESS);
export const turnContextPrecision = overTurns('turn-context-precision', CONTEXT_PRECISION);
export const turnContextRecall = overTurns('turn-context-recall', CONTEXT_RECALL);
export const turnContextRelevancy = overTurns('turn-context-relevancy', CONTEXT_RELEVANCY);

/** The mean of a kind over the answers of the assistant in a conversation, each by its own question and contexts. */
function overTurns(name: string, kind: ClaimKind<JudgedOptions>): MetricDefinition {
  const read = claimReader(kind);
  const needsExpected = kind.needs?.includes('expected') === true;
  return defineJudged({
    kind: name,
    family: 'conversation',
    summary: `The mean of ${kind.kind} over the answers of the assistant in a conversation, one question each.`,
    source: `The turn metrics of DeepEval, where they are a mean over the turns. Contexts: a list of lists has one for each answer, a list is for all, and without contexts it is what functions gave since the user spoke. Answers without contexts${needsExpected ? ', or without an expected text (a list has one for each answer, a single one is for the last),' : ''} are left out.`,
    prompt: kind.kind,
    prepare: (options) => {
      const turnsOf = ragTurns(options);
      if ('error' in turnsOf) return turnsOf;
      return (texts, own, input) =>
        async (ask): Promise<Finding | Unreadable> => {
          const turns = turnsOf(input, texts);
          if ('missing' in turns) return nothing(turns.missing);
          const rated: { readonly number: number; readonly value: number }[] = [];
          const claims: JudgedClaim[] = [];
          for (const { number, contexts, ...turn } of turns) {
            const isBare = turn.output.trim() === '' || contexts.length === 0;
            if (isBare || (needsExpected && turn.expected.trim() === '')) continue;
            const shown = { ...texts, ...turn, contexts: contexts.map((text, at) => ({ number: at + 1, text })) };
            const found = await ask(varsOf(shown, own), (reply) => read(reply, shown, options));
            if ('unreadable' in found) return found;
            claims.push(...(found.claims ?? []).map((one) => ({ ...one, claim: `Turn ${number}: ${one.claim}` })));
            if (found.value !== null) rated.push({ number, value: found.value });
          }
          return meanOf(rated, turns.length, claims);
        };
    },
  });
}

function meanOf(
  rated: readonly { readonly number: number; readonly value: number }[],
  turns: number,
  claims: readonly JudgedClaim[],
): Finding {
  if (rated.length === 0) return { ...nothing(`None of ${count(turns, 'answer')} could be scored.`), claims };
  const value = rated.reduce((sum, one) => sum + one.value, 0) / rated.length;
  const each = rated.map((one) => `${digits(one.value)} in turn ${one.number}`).join(', ');
  const rest = turns - rated.length;
  const left = rest === 0 ? '' : ` ${count(rest, 'answer')} left out: nothing to judge, or nothing to judge by.`;
  return { value, passed: null, reason: `Mean ${digits(value)}: ${each}.${left}`, claims };
}

function nothing(reason: string): Finding {
  return { value: null, passed: null, reason };
}
