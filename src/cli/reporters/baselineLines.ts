import type { BaselineComparison, VariantComparison } from '../../engine/compare/compareToBaseline.ts';
import { type Verdict, verdictWords } from '../../engine/compare/verdict.ts';
import { shortHash } from '../../engine/hash.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { wrapWidth } from '../displayWidth.ts';
import { formatDifference, formatScore } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { variantLabels } from './variantLabels.ts';

const SHOWN_CASES = 6;

/** Differences of the mean composite by variant id, without variants that are new; null where no case has one in both, or altogether. */
export function baselineDifferences({ variants }: BaselineComparison): ReadonlyMap<string, number | null> | null {
  if (variants.length === 0) return null;
  return new Map(variants.map(({ variantId, composite }) => [variantId, composite?.difference ?? null]));
}

/** What changed since the committed baseline: the figures, and which cases were fixed and which broke. */
export function baselineLines(
  { variants, notes }: BaselineComparison,
  { header }: RunSummary,
  width: number,
  colors: Colors,
): string[] {
  const labels = variantLabels(header.variants);
  if (variants.length === 0) return ['Note: The committed baseline has none of these variants.'];
  return [
    ...variants.flatMap((variant) => variantLines(variant, labels.get(variant.variantId) ?? '', width, colors)),
    ...notes.flatMap((note) => wrapWidth(`Note: ${oneLine(note)}`, width)),
  ];
}

function variantLines(variant: VariantComparison, label: string, width: number, colors: Colors): string[] {
  const { composite, passed, fixed, broke, promptVersion, metrics } = variant;
  const { before, after } = promptVersion;
  const versions = before === after ? 'same version' : `${shortHash(before)} → ${shortHash(after)}`;
  const title = `${colors.bold(`${oneLine(label)} since the baseline`)} ${colors.dim(`(${versions})`)}`;
  const moved = Object.entries(metrics).filter(
    ([, { sameDefinition, difference }]) => sameDefinition && isShown(difference),
  );
  if (composite && !isShown(composite.difference) && moved.length === 0 && fixed.length === 0 && broke.length === 0)
    return [`${title} no change`];
  if (composite === null && passed.cases === 0) return [`${title} no case to compare`];
  const facts = [
    ...(composite
      ? [`composite ${formatScore(composite.before)} → ${formatScore(composite.after)}`, sureness(composite.verdict)]
      : ['no composite to compare']),
    `${passed.before} → ${passed.after} of ${passed.cases} passing`,
    ...moved.map(([name, { difference, verdict }]) => {
      const told = verdict.word === 'better' || verdict.word === 'worse' ? ` (${verdict.word})` : '';
      return `${oneLine(name)} ${formatDifference(difference)}${told}`;
    }),
  ].join(', ');
  const lines = wrapWidth(facts, width - 2).map((line) => `  ${line}`);
  return [
    title,
    ...lines,
    ...caseLine('fixed', fixed, colors.green, width),
    ...caseLine('broke', broke, colors.red, width),
  ];
}

/** `better (p 0.003)`; what is inconclusive says how many more cases would tell. */
function sureness(verdict: Verdict): string {
  const words = verdictWords(verdict);
  return verdict.word === 'better' || verdict.word === 'worse' ? `${words} (p ${formatPValue(verdict.pValue)})` : words;
}

function formatPValue(pValue: number): string {
  return pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
}

/** Whether three decimals show it. */
function isShown(difference: number): boolean {
  return Math.abs(difference) >= 0.0005;
}

function caseLine(word: string, ids: readonly string[], paint: (text: string) => string, width: number): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > SHOWN_CASES ? `, and ${ids.length - SHOWN_CASES} more` : '';
  const named = `${ids.length}: ${ids.slice(0, SHOWN_CASES).map(oneLine).join(', ')}${more}`;
  const [first = '', ...rest] = wrapWidth(named, width - word.length - 3);
  return [`  ${paint(word)} ${first}`, ...rest.map((line) => `        ${line}`)];
}
