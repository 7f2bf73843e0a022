import type { RunVariant } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { plural } from '../format.ts';
import { inCaseOrder, type SampleDigest } from '../reporters/sampleDigest.ts';
import { type MarkdownColumn, markdownTable, markdownText } from './markdownText.ts';

/** A summary of a pull request takes a megabyte at most, and nobody reads more. */
const SHOWN = 50;

/** Samples that failed and those that could not run, apart, each with its reason. */
export function failingTables(samples: readonly SampleDigest[], variants: readonly RunVariant[]): string[] {
  const order = variants.map(({ id }) => id);
  const labels = variantLabels(variants);
  const table = (status: 'fail' | 'error', heading: string): string[] => {
    const those = inCaseOrder(
      samples.filter((sample) => sample.status === status),
      order,
    );
    if (those.length === 0) return [];
    const rows = those
      .slice(0, SHOWN)
      .map(({ caseId, variantId, repeat, reason, errorCode }) => [
        markdownText(repeat > 0 ? `${caseId} #${repeat + 1}` : caseId),
        ...(variants.length > 1 ? [markdownText(labels.get(variantId) ?? variantId)] : []),
        markdownText(`${errorCode === null ? '' : `${errorCode}: `}${reason ?? ''}`),
      ]);
    const left = those.length - rows.length;
    return [
      '',
      `### ${heading} (${those.length})`,
      '',
      ...markdownTable(variants.length > 1 ? [CASE, VARIANT, REASON] : [CASE, REASON], rows),
      ...(left > 0 ? ['', `… and ${plural(left, 'more sample')}.`] : []),
    ];
  };
  return [...table('fail', 'Failing'), ...table('error', 'Could not run')];
}

const CASE: MarkdownColumn = { title: 'case', align: 'left' };
const VARIANT: MarkdownColumn = { title: 'variant', align: 'left' };
const REASON: MarkdownColumn = { title: 'reason', align: 'left' };
