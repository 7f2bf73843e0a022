import type { Finding } from '../../judge/askJudges.ts';
import type { JudgeReply } from '../../judge/judge.ts';
import { readNumber, readYesNo, scoreInProse, yesNoInProse } from '../../judge/readAnswer.ts';
import { readVerdict } from '../../judge/readVerdict.ts';
import { quote } from '../words.ts';

const SHARE: readonly [number, number] = [0, 1];

/**
 * `{ reason, pass, score }` with a score 0..1. Of an answer that gives only one of both, the other follows: passed is 1, and a
 * score of half or more is passed.
 */
export function readRubric({ text }: Pick<JudgeReply, 'text'>): Finding | null {
  const { object, text: words } = readVerdict(text);
  const passed = object ? readYesNo(object['pass']) : yesNoInProse(words);
  const score = object ? readNumber(object['score'], SHARE) : scoreInProse(words, SHARE);
  if (passed === null && score === null) return null;
  const value = score ?? (passed ? 1 : 0);
  return { value, passed: passed ?? value >= 0.5, reason: reasonIn(object?.['reason'], words) };
}

/** The judge's reason, or the beginning of what it wrote where it gave none. */
export function reasonIn(reason: unknown, words: string): string {
  if (typeof reason === 'string' && reason.trim() !== '') return reason.trim().slice(0, LONGEST).toWellFormed();
  return `The judge said ${quote(words)}.`;
}

const LONGEST = 2_000;
