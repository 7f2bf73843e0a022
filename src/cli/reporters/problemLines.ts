import path from 'node:path';
import type { Case } from '../../engine/dataset/case.ts';
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
export async function problemLines(
  loaded: Pick<LoadedSuite, 'workspace' | 'dataset' | 'cases'>,
  { summary, samples }: Pick<SuiteReport, 'summary' | 'samples'>,
  cwd: string,
): Promise<string[]> {
  const { variants } = summary.header;
  const order = variants.map((variant) => variant.id);
  const wrong = inCaseOrder(
    samples.filter(({ status }) => status === 'fail' || status === 'error'),
    order,
  );
  if (wrong.length === 0) return [];
  const lines = await caseLines(loaded.cases(), new Set(wrong.map((sample) => sample.caseId)));
  const labels = variantLabels(variants);
  const file = plainText(shownPath(cwd, path.resolve(loaded.workspace.root, loaded.dataset.path)));
  return wrong.map((sample) => {
    const line = (lines.get(sample.caseId) ?? 0) + 1;
    const severity = sample.status === 'fail' ? 'error' : 'warning';
    const label = variants.length > 1 ? ` [${oneLine(labels.get(sample.variantId) ?? '')}]` : '';
    return `${file}:${line}:1: ${severity}: ${oneLine(sample.caseId)}${label}: ${sample.reason ?? ''}`;
  });
}

async function caseLines(
  cases: AsyncIterable<Case>,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const lines = new Map<string, number>();
  for await (const { id, line } of cases) if (wanted.has(id)) lines.set(id, line);
  return lines;
}
