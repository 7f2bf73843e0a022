import type { Case } from '../dataset/case.ts';
import type { Hashing } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import type { ModelResponse } from '../model/modelClient.ts';

/** What a rater looks at: the text, and the calls of functions, whose ids are chance. */
export type RatedAnswer = Pick<ModelResponse, 'output' | 'toolCalls'>;

/** 128 bits: beyond accident for any number of answers. */
const DIGITS = 32;

/**
 * Names an answer to a case by what both say, in 32 hex digits. Another run that gets the same answer to the same case has the
 * same subject: what people said of it holds there too. Id, tags and metadata of the case play no part.
 */
export function subjectOf(
  { vars, expected, history }: Pick<Case, 'vars' | 'expected' | 'history'>,
  { output, toolCalls }: RatedAnswer,
  hashing: Pick<Hashing, 'text'>,
): string {
  const calls = toolCalls.map(({ name, arguments: given }) => [name, given]);
  const parts = [vars, expected ?? null, history ?? null, output, ...(calls.length > 0 ? [calls] : [])];
  return hashing.text(canonicalJson(parts)).slice(0, DIGITS);
}
