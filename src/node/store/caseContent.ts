import { hash } from 'node:crypto';
import type { Case } from '../../engine/dataset/case.ts';
import { canonicalJson } from '../../engine/json.ts';

/** Names what a case says: 64 hex digits over variables, expectation and turns. Tags and metadata are no part of it. */
export function caseContent({ vars, expected, history }: Pick<Case, 'vars' | 'expected' | 'history'>): string {
  return hash('sha256', canonicalJson([vars, expected ?? null, history ?? null]));
}
