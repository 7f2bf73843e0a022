import type { BaselineComparison } from '../../engine/compare/compareToBaseline.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { formatMilliseconds, plural } from '../format.ts';
import { figureNotes } from '../reporters/figureNotes.ts';
import type { SampleDigest } from '../reporters/sampleDigest.ts';
import type { Gate } from '../reporters/suiteReport.ts';
import { comparisonTable, verdictLine } from './comparisonTable.ts';
import { failingTables } from './failingTable.ts';
import { markdownText } from './markdownText.ts';
import { variantTable } from './variantTable.ts';

/** What the Markdown of a run tells. */
export type RunReport = {
  readonly summary: RunSummary;
  /** null where it was not judged here, as for a run of the past. */
  readonly gate: Gate | null;
  readonly comparison: BaselineComparison | null;
  readonly notes: readonly string[];
  /** At least those that failed or could not run. */
  readonly samples: readonly SampleDigest[];
};

/** A run as Markdown: the verdict in words first, then the figures, then what broke and what fails. */
export function runMarkdown({ summary, gate, comparison, notes, samples }: RunReport): string {
  const { header, variants } = summary;
  const labels = variantLabels(header.variants);
  return [
    `## ${markdownText(header.suite)}`,
    '',
    ...(gate ? [...gateLines(gate, summary), ''] : []),
    ...(comparison?.variants ?? []).map(
      (variant) => `- ${verdictLine(labels.get(variant.variantId) ?? variant.variantId, variant)}`,
    ),
    ...(comparison && comparison.variants.length > 0 ? [''] : []),
    factLine(summary),
    '',
    ...variantTable(summary),
    ...(comparison && comparison.variants.length > 0
      ? ['', '### Against the baseline', '', ...comparisonTable(comparison.variants, labels)]
      : []),
    ...brokenList(comparison, labels),
    ...failingTables(
      samples,
      variants.map(({ variant }) => variant),
    ),
    ...noteLines([...(comparison?.notes ?? []), ...figureNotes(summary), ...notes]),
  ].join('\n');
}

/** Sentences that a reader of the figures must know, as a list. */
export function noteLines(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : ['', ...notes.map((note) => `> ${markdownText(note)}\n>`), ''];
}

function gateLines({ holds, reasons }: Gate, { variants }: RunSummary): string[] {
  const isScored = variants.some(({ samples }) => samples.pass + samples.fail > 0);
  if (holds && !isScored) return ['**Gate not decided**: no sample was scored.'];
  if (holds) return ['**Gate holds.**'];
  return ['**Gate fails:**', '', ...reasons.map((reason) => `- ${markdownText(reason)}`)];
}

function factLine({ header, status, finishedAt }: RunSummary): string {
  const cases = plural(header.selection.cases, 'case');
  const repeats = header.repeats > 1 ? ` × ${header.repeats} repeats` : '';
  const took =
    finishedAt === null ? '' : ` in ${formatMilliseconds(Date.parse(finishedAt) - Date.parse(header.startedAt))}`;
  const commit = header.git
    ? ` · commit ${header.git.commit.slice(0, 12)}${header.git.dirty ? ' with changes' : ''}`
    : '';
  return `Run ${markdownText(header.id)} · ${header.startedAt.slice(0, 16).replace('T', ' ')} UTC · ${cases} × ${plural(header.variants.length, 'variant')}${repeats} · ${status}${took}${commit}`;
}

function brokenList(comparison: BaselineComparison | null, labels: ReadonlyMap<string, string>): string[] {
  const lines = (comparison?.variants ?? []).flatMap(({ variantId, broke, fixed }) => [
    ...caseList(`Broke under ${markdownText(labels.get(variantId) ?? variantId)}`, broke),
    ...caseList(`Fixed under ${markdownText(labels.get(variantId) ?? variantId)}`, fixed),
  ]);
  return lines.length === 0 ? [] : ['', ...lines];
}

const NAMED_CASES = 30;

function caseList(words: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > NAMED_CASES ? `, and ${ids.length - NAMED_CASES} more` : '';
  return [`- ${words} (${ids.length}): ${ids.slice(0, NAMED_CASES).map(markdownText).join(', ')}${more}`];
}
