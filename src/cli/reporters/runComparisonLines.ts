import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import { verdictWords } from '../../engine/compare/verdict.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { wrapWidth } from '../displayWidth.ts';
import { formatCount, formatDifference, formatScore, plural } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { comparedVariantLines } from './comparedVariantLines.ts';
import { type Column, textTable } from './textTable.ts';

/** An earlier and a later run side by side, for people. */
export function runComparisonLines(
  { variants, tags, cases, notes }: RunComparison,
  { before, after }: { readonly before: RunSummary; readonly after: RunSummary },
  width: number,
  colors: Colors,
): string[] {
  const labels = variantLabels(after.header.variants);
  const label = (id: string) => labels.get(id) ?? '';
  return [
    runLine('before', before, width, colors),
    runLine('after', after, width, colors),
    '',
    ...(cases.common === 0
      ? wrapWidth('The runs have no case in common: there is nothing to compare.', width)
      : variants.flatMap((variant) => comparedVariantLines(label(variant.variantId), variant, width, colors))),
    ...(tags.length > 0 ? ['', ...tagTable(tags, variants.length > 1 ? label : null, width, colors)] : []),
    ...(notes.length > 0 ? ['', ...notes.flatMap((note) => wrapWidth(`Note: ${oneLine(note)}`, width))] : []),
  ];
}

function runLine(word: string, { header }: RunSummary, width: number, colors: Colors): string {
  const facts = `run ${header.id} · ${oneLine(header.suite)} · ${header.startedAt.slice(0, 16).replace('T', ' ')} · ${plural(header.selection.cases, 'case')}`;
  const [first = ''] = wrapWidth(facts, Math.max(20, width - 8));
  return `${colors.dim(word.padEnd(7))} ${first}`;
}

/** @param label of a variant; null where there is one */
function tagTable(
  tags: RunComparison['tags'],
  label: ((variantId: string) => string) | null,
  width: number,
  colors: Colors,
): string[] {
  type Tag = RunComparison['tags'][number];
  const column = (title: string, align: 'left' | 'right', textOf: (tag: Tag) => string): Column => ({
    title,
    align,
    cells: tags.map((tag) => ({ text: textOf(tag), ...(title === 'verdict' && { paint: paintOf(tag, colors) }) })),
  });
  return textTable(
    column('tag', 'left', ({ tag }) => oneLine(tag)),
    [
      ...(label ? [[column('variant', 'left', ({ variantId }) => oneLine(label(variantId)))]] : []),
      [
        column('cases', 'right', (tag) => formatCount(tag.cases)),
        column('before', 'right', ({ before }) => formatScore(before)),
        column('after', 'right', ({ after }) => formatScore(after)),
        column('change', 'right', ({ difference }) => formatDifference(difference)),
        column('verdict', 'left', ({ verdict }) => verdictWords({ ...verdict, moreCases: null })),
      ],
    ],
    width,
    colors.dim,
  );
}

function paintOf({ verdict }: RunComparison['tags'][number], colors: Colors): (text: string) => string {
  if (verdict.word === 'better') return colors.green;
  return verdict.word === 'worse' ? colors.red : colors.dim;
}
