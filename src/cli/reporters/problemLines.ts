import path from 'node:path';
import type { LoadedSuite } from '../../node/workspace/loadSuite.ts';
import { oneLine, plainText } from '../plainText.ts';
import { shownPath } from '../shownPath.ts';
import { inCaseOrder } from './sampleDigest.ts';
import type { SuiteReport } from './suiteReport.ts';
import { variantLabels } from './variantLabels.ts';

/**
 * Failing cases as problems of their dataset rows, `path:line:col: error: message`, for a problem matcher to find. A sample
 * that could not run is a warning: nothing is wrong with the row.
 */
export function problemLines(
  { workspace, dataset }: Pick<LoadedSuite, 'workspace' | 'dataset'>,
  { summary, samples }: Pick<SuiteReport, 'summary' | 'samples'>,
  cwd: string,
): string[] {
  const { variants } = summary.header;
  const wrong = inCaseOrder(
    samples.filter(({ status }) => status === 'fail' || status === 'error'),
    variants.map(({ id }) => id),
  );
  const labels = variantLabels(variants);
  const file = plainText(shownPath(cwd, path.resolve(workspace.root, dataset.path)));
  return wrong.map(({ caseId, variantId, line, status, reason }) => {
    const severity = status === 'fail' ? 'error' : 'warning';
    const label = variants.length > 1 ? ` [${oneLine(labels.get(variantId) ?? '')}]` : '';
    return `${file}:${line + 1}:1: ${severity}: ${oneLine(caseId)}${label}: ${reason ?? ''}`;
  });
}
