import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import { verdictWords } from '../../engine/compare/verdict.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';
import { formatCount, formatDifference, formatScore, plural } from '../format.ts';
import type { CaseChange, ComparedRuns } from '../report/caseChanges.ts';
import { comparisonTable, verdictLine } from './comparisonTable.ts';
import { codeBlock, type MarkdownColumn, markdownTable, markdownText } from './markdownText.ts';
import { noteLines } from './runMarkdown.ts';

/** Regressions that are shown with their answers, and characters of each. */
const SHOWN_CHANGES = 20;
const SHOWN_CHARACTERS = 600;

/**
 * Two runs as Markdown: verdicts first, then the figures, then each regression with its answer before and after.
 *
 * @param changes regressions first; read as far as they are shown
 */
export function comparisonMarkdown(
  comparison: RunComparison,
  runs: ComparedRuns,
  changes: Iterable<CaseChange>,
): string {
  const { variants, tags, cases, notes } = comparison;
  const { header } = runs.after;
  const labels = variantLabels(header.variants);
  const label = (id: string) => labels.get(id) ?? id;
  const nothing = cases.common === 0;
  return [
    `## ${markdownText(header.suite)}: ${markdownText(runs.before.header.id)} and ${markdownText(header.id)}`,
    '',
    ...(nothing ? ['The runs have no case in common: there is nothing to compare.'] : []),
    ...(nothing ? [] : variants.map((variant) => `- ${verdictLine(label(variant.variantId), variant)}`)),
    '',
    `Before: ${runFacts(runs.before)}  `,
    `After: ${runFacts(runs.after)}  `,
    `Compared: ${plural(cases.common, 'case')} that both have.`,
    '',
    ...(nothing ? [] : comparisonTable(variants, labels)),
    ...(tags.length > 0 ? ['', '### By tag', '', ...tagTable(tags, label)] : []),
    ...brokenCases(changes, header.variants.length > 1 ? label : null, variants),
    ...noteLines(notes),
  ].join('\n');
}

function runFacts({ header }: RunSummary): string {
  const version = header.git ? ` · commit ${header.git.commit.slice(0, 12)}` : '';
  return `run ${markdownText(header.id)} · ${header.startedAt.slice(0, 16).replace('T', ' ')} UTC · ${plural(header.selection.cases, 'case')}${version}`;
}

const TAG_COLUMNS: readonly MarkdownColumn[] = [
  { title: 'tag', align: 'left' },
  { title: 'variant', align: 'left' },
  { title: 'cases', align: 'right' },
  { title: 'before', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'change', align: 'right' },
  { title: 'verdict', align: 'left' },
];

function tagTable(tags: RunComparison['tags'], label: (id: string) => string): string[] {
  const rows = tags.map(({ tag, variantId, cases, before, after, difference, verdict }) => [
    markdownText(tag),
    markdownText(label(variantId)),
    formatCount(cases),
    formatScore(before),
    formatScore(after),
    formatDifference(difference),
    verdictWords({ ...verdict, moreCases: null }),
  ]);
  return markdownTable(TAG_COLUMNS, rows);
}

function brokenCases(
  changes: Iterable<CaseChange>,
  label: ((id: string) => string) | null,
  variants: RunComparison['variants'],
): string[] {
  const all = variants.reduce((sum, { broke }) => sum + broke.length, 0);
  if (all === 0) return [];
  const lines: string[] = [];
  let shown = 0;
  for (const { kind, caseId, variantId, before, after } of changes) {
    if (kind !== 'broke' || shown === SHOWN_CHANGES) break;
    shown += 1;
    const under = label ? `, ${markdownText(label(variantId))}` : '';
    lines.push('', `#### ${markdownText(caseId)}${under}`);
    lines.push('', 'Before:', '', ...answers(before), '', 'After:', '', ...answers(after));
  }
  const left = all - shown;
  return [
    '',
    `### Broke (${all})`,
    ...lines,
    ...(left > 0 ? ['', `… and ${plural(left, 'more case')} that broke.`] : []),
  ];
}

/** The answers of one side; of repeats, the first. */
function answers(samples: readonly StoredSample[]): string[] {
  const [first] = samples;
  if (first === undefined) return ['No answer was kept.'];
  const { sample } = first;
  return codeBlock(sample.status === 'error' ? sample.error.message : sample.output, SHOWN_CHARACTERS);
}
