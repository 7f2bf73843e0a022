import type { BaselineComparison } from '../../engine/compare/compareToBaseline.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { wrapWidth } from '../displayWidth.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { comparedVariantLines } from './comparedVariantLines.ts';

/** Differences of the mean composite by variant id, without variants that are new; null where no case has one in both, or altogether. */
export function baselineDifferences({ variants }: BaselineComparison): ReadonlyMap<string, number | null> | null {
  if (variants.length === 0) return null;
  return new Map(variants.map(({ variantId, composite }) => [variantId, composite?.difference ?? null]));
}

/** What changed since the baseline, whatever it is: the figures, and which cases were fixed and which broke. */
export function baselineLines(
  { name, variants, notes }: BaselineComparison,
  { header }: RunSummary,
  width: number,
  colors: Colors,
): string[] {
  const labels = variantLabels(header.variants);
  // Of variants that are all others each would get a note that says it once more.
  if (variants.length === 0 && notes.length !== 1) return [`Note: ${capital(name)} has none of these variants.`];
  return [
    ...variants.flatMap((variant) =>
      comparedVariantLines(`${labels.get(variant.variantId) ?? ''} since ${name}`, variant, width, colors),
    ),
    ...notes.flatMap((note) => wrapWidth(`Note: ${oneLine(note)}`, width)),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
