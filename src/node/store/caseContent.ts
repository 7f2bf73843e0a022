import { hash } from 'node:crypto';
import type { Case } from '../../engine/dataset/case.ts';
import { canonicalJson } from '../../engine/json.ts';
import { parseModelRef } from '../../engine/model/modelClient.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Names what a case says: 64 hex digits over variables, expectation and turns. Tags and metadata are no part of it.
 *
 * @param answers columns that are played back as answers, which are no part of it either
 */
export function caseContent(
  { vars, expected, history }: Pick<Case, 'vars' | 'expected' | 'history'>,
  answers: ReadonlySet<string> = NONE,
): string {
  const asked =
    answers.size === 0 ? vars : Object.fromEntries(Object.entries(vars).filter(([name]) => !answers.has(name)));
  return hash('sha256', canonicalJson([asked, expected ?? null, history ?? null]));
}

/** The columns that models replay. */
export function answerColumns(models: readonly string[]): ReadonlySet<string> {
  return new Set(
    models.flatMap((model) => {
      const ref = parseModelRef(model);
      return ref?.provider === 'replay' ? [ref.name] : [];
    }),
  );
}
