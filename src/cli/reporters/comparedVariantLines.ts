import type { VariantComparison } from '../../engine/compare/variantComparison.ts';
import { type Verdict, verdictWords } from '../../engine/compare/verdict.ts';
import { shortHash } from '../../engine/hash.ts';
import { wrapWidth } from '../displayWidth.ts';
import { formatDifference, formatScore } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';

const SHOWN_CASES = 6;

/**
 * What changed under one variant: the figures with their verdicts, and which cases were fixed and which broke.
 *
 * @param title the variant and what it is compared with
 */
export function comparedVariantLines(
  title: string,
  variant: VariantComparison,
  width: number,
  colors: Colors,
): string[] {
  const { composite, passed, fixed, broke, promptVersion, metrics } = variant;
  const { before, after } = promptVersion;
  const versions = before === after ? 'same version' : `${shortHash(before)} → ${shortHash(after)}`;
  const heading = `${colors.bold(oneLine(title))} ${colors.dim(`(${versions})`)}`;
  const moved = Object.entries(metrics).filter(
    ([, { sameDefinition, difference }]) => sameDefinition && isShown(difference),
  );
  if (composite && !isShown(composite.difference) && moved.length === 0 && fixed.length === 0 && broke.length === 0)
    return [`${heading} no change`];
  if (composite === null && passed.cases === 0 && Object.keys(metrics).length === 0)
    return [`${heading} no case to compare`];
  const facts = [
    ...(composite
      ? [`composite ${formatScore(composite.before)} → ${formatScore(composite.after)}`, sureness(composite.verdict)]
      : ['no composite to compare']),
    ...(passed.cases > 0 ? [`${passed.before} → ${passed.after} of ${passed.cases} passing`] : []),
    ...moved.map(([name, { difference, verdict }]) => {
      const told = verdict.word === 'better' || verdict.word === 'worse' ? ` (${verdict.word})` : '';
      return `${oneLine(name)} ${formatDifference(difference)}${told}`;
    }),
  ].join(', ');
  const lines = wrapWidth(facts, width - 2).map((line) => `  ${line}`);
  return [
    heading,
    ...lines,
    ...caseLine('fixed', fixed, colors.green, width),
    ...caseLine('broke', broke, colors.red, width),
  ];
}

/** `better (p 0.003)`; what is inconclusive says how many more cases would tell, and what so many could have shown. */
function sureness(verdict: Verdict): string {
  const words = verdictWords(verdict);
  if (verdict.word === 'better' || verdict.word === 'worse') return `${words} (p ${formatPValue(verdict.pValue)})`;
  const { detectable } = verdict;
  if (verdict.word !== 'inconclusive' || typeof detectable !== 'number') return words;
  return `${words}; a difference of ${formatScore(detectable)} would likely show`;
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
