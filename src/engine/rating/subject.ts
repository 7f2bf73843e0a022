import type { Case } from '../dataset/case.ts';
import type { Hashing } from '../hash.ts';
import { canonicalJson } from '../json.ts';

/** 128 bits: beyond accident for any number of answers. */
const DIGITS = 32;

/**
 * Names an answer to a case by what both say, in 32 hex digits. Another run that gets the same answer to the same case has the
 * same subject: what people said of it holds there too. Id, tags and metadata of the case play no part.
 */
export function subjectOf(
  { vars, expected, history }: Pick<Case, 'vars' | 'expected' | 'history'>,
  output: string,
  hashing: Pick<Hashing, 'text'>,
): string {
  const parts = [vars, expected ?? null, history ?? null, output];
  return hashing.text(canonicalJson(parts)).slice(0, DIGITS);
}
