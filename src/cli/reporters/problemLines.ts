import path from 'node:path';
import type { Severity } from '../../engine/problem.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { oneLine, plainText } from '../plainText.ts';
import { shownPath } from '../shownPath.ts';
import { inCaseOrder } from './sampleDigest.ts';
import type { SuiteReport } from './suiteReport.ts';

/** A sample that did not pass, as a problem of its row in the dataset. */
export type CaseProblem = {
  /** Absolute. */
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly severity: Severity;
  readonly message: string;
};

type CasePlace = { readonly workspace: { readonly root: string }; readonly dataset: { readonly path: string } };

/**
 * One for each failing sample, in the order of the dataset. A case that fails is a warning, for the gate may hold with it; a
 * sample that could not run is an error.
 */
export function caseProblems(
  { workspace, dataset }: CasePlace,
  { summary, samples }: Pick<SuiteReport, 'summary' | 'samples'>,
): CaseProblem[] {
  const { variants } = summary.header;
  const wrong = inCaseOrder(
    samples.filter(({ status }) => status === 'fail' || status === 'error'),
    variants.map(({ id }) => id),
  );
  const labels = variantLabels(variants);
  const file = path.resolve(workspace.root, dataset.path);
  return wrong.map(({ caseId, variantId, line, status, reason }) => {
    const label = variants.length > 1 ? ` [${oneLine(labels.get(variantId) ?? '')}]` : '';
    const severity = status === 'fail' ? 'warning' : 'error';
    return { file, line, severity, message: `${oneLine(caseId)}${label}: ${reason ?? ''}` };
  });
}

/** `path:line:col: warning: message`, for a problem matcher to find. */
export function problemLines(problems: readonly CaseProblem[], cwd: string): string[] {
  return problems.map(
    ({ file, line, severity, message }) => `${plainText(shownPath(cwd, file))}:${line + 1}:1: ${severity}: ${message}`,
  );
}
