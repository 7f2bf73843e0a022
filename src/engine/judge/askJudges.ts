import type { JsonObject } from '../json.ts';
import type { MetricInput, ScoreOutcome } from '../metric/metric.ts';
import { quote } from '../metric/words.ts';
import { ModelError } from '../model/modelClient.ts';
import { evidenceOf, type JudgedClaim, type JudgeOpinion } from './evidence.ts';
import type { Judge, JudgeReply } from './judge.ts';

/** What was read in a judge's answer. `value` null: there is nothing to score, and `reason` says why. */
export type Finding = {
  readonly value: number | null;
  /** The judge's own word on passing; null where only a threshold decides. */
  readonly passed: boolean | null;
  readonly reason: string;
  readonly claims?: readonly JudgedClaim[];
  /** What else it cost beside the judge's answers; null when unknown. */
  readonly costUsd?: number | null;
};

/** One or more questions to one judge that make one finding; `ask` may be called several times. */
export type Consult = (ask: AskOne) => Promise<Finding | Unreadable>;
/** Asks and reads; an answer that cannot be read is asked for once more. */
export type AskOne = <T>(vars: JsonObject, read: (reply: JudgeReply) => T | null) => Promise<T | Unreadable>;
export type Unreadable = { readonly unreadable: string };

export type JuryVerdict = {
  readonly findings: readonly { readonly finding: Finding; readonly judge: Judge }[];
};

const REMINDER =
  'That answer could not be read. Answer again with one JSON object in exactly the form that was asked for, and nothing else.';

/**
 * Asks every judge, one after another, so that a sample never has more than one request under way.
 *
 * @param combine makes the outcome once every judge has given a value
 * @returns an error as soon as one judge fails, unscored when one gave nothing to score: a number of fewer judges would be
 *   another number. What was asked is paid for in each case, and stands in `costUsd`.
 */
export async function askJudges(
  judges: readonly Judge[],
  input: Pick<MetricInput, 'testCase' | 'signal'>,
  consult: Consult,
  combine: (verdict: JuryVerdict) => ScoreOutcome,
): Promise<ScoreOutcome> {
  const opinions: JudgeOpinion[] = [];
  const findings: { finding: Finding; judge: Judge }[] = [];
  let costUsd: number | null = 0;
  const end = (outcome: ScoreOutcome): ScoreOutcome => ({ ...outcome, details: evidenceOf(opinions), costUsd });
  for (const judge of judges) {
    const spend = (paid: { readonly costUsd: number | null }) => {
      costUsd = costUsd === null || paid.costUsd === null ? null : costUsd + paid.costUsd;
    };
    let found: Finding | Unreadable;
    try {
      found = await consult(askerOf(judge, input, spend));
    } catch (error) {
      const reason = `The judge ${judge.name} failed: ${failure(error)}`;
      opinions.push({ judge: judge.name, value: null, reason, claims: [], raw: null });
      return end({ outcome: 'error', reason });
    }
    if ('unreadable' in found) {
      const reason = unreadableReason(judge.name, found.unreadable);
      opinions.push({ judge: judge.name, value: null, reason, claims: [], raw: found.unreadable });
      return end({ outcome: 'unscored', reason });
    }
    if (found.costUsd !== undefined) spend({ costUsd: found.costUsd });
    const { value, reason, claims = [] } = found;
    opinions.push({ judge: judge.name, value, reason, claims, raw: null });
    if (value === null) return end({ outcome: 'unscored', reason });
    findings.push({ finding: found, judge });
  }
  return end(combine({ findings }));
}

function askerOf(
  judge: Judge,
  { testCase, signal }: Pick<MetricInput, 'testCase' | 'signal'>,
  spend: (reply: JudgeReply) => void,
): AskOne {
  return async (vars, read) => {
    const question = { vars, testCase, signal };
    const first = await judge.ask(question);
    spend(first);
    const found = read(first);
    if (found !== null) return found;
    const second = await judge.ask({ ...question, again: { answer: first.text, reminder: REMINDER } });
    spend(second);
    return read(second) ?? { unreadable: second.text };
  };
}

function unreadableReason(judge: string, text: string): string {
  if (text.trim() === '') return `The judge ${judge} answered nothing, twice.`;
  return `The judge ${judge} gave no verdict that can be read, twice: ${quote(text)}`;
}

function failure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof ModelError && error.remedy ? `${error.message} ${error.remedy}` : error.message;
}
