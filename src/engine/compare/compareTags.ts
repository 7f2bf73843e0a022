import { turnOf } from '../stats/sequential/turnOf.ts';
import type { CaseResults } from './caseResults.ts';
import type { ComparePolicy } from './comparePolicy.ts';
import type { VariantPair } from './matchVariants.ts';
import { pairedDifference } from './pairedDifference.ts';
import { scoredAlike, sharedMetrics } from './variantComparison.ts';
import { type JudgedDifference, withVerdicts } from './verdicts.ts';

/** How the composite of the cases with a tag changed under one variant. */
export type TagDifference = JudgedDifference & { readonly tag: string; readonly variantId: string };

/** More would be no report; the rarest are left out. */
export const MOST_TAGS = 50;

/**
 * The composite by tag. All tags of all variants are one family of verdicts: among many slices one looks changed by luck.
 *
 * @param cases by id, with their tags
 * @returns tags with the most cases first
 */
export function compareTags(
  pairs: readonly VariantPair[],
  results: CaseResults,
  cases: ReadonlyMap<string, { readonly tags: readonly string[] }>,
  policy: ComparePolicy,
): TagDifference[] {
  const turn = policy.isSequential ? turnOf : undefined;
  const sides = pairs.map((pair) => ({
    ...pair,
    after: results.ofVariant(pair.now.variant.id, turn),
    names: sharedMetrics(pair.now.variant, pair.known),
  }));
  const slices = slicesOf(cases).flatMap(({ tag, ids }) =>
    sides.flatMap(({ now, known, after, names }) => {
      const difference = pairedDifference(
        [...after].flatMap(([id, result]) => {
          const before = ids.has(id) && Object.hasOwn(known.cases, id) ? known.cases[id] : undefined;
          // As in the composite of the whole: what is made of other parts is not compared.
          return before && scoredAlike(before, result, names) ? [[before.composite, result.composite]] : [];
        }),
      );
      return difference === null ? [] : [{ tag, variantId: now.variant.id, difference }];
    }),
  );
  const judged = withVerdicts(
    slices.map(({ difference }) => difference),
    policy,
  );
  return slices.flatMap(({ tag, variantId }, index) => (judged[index] ? [{ ...judged[index], tag, variantId }] : []));
}

function slicesOf(cases: ReadonlyMap<string, { readonly tags: readonly string[] }>) {
  const byTag = new Map<string, Set<string>>();
  for (const [id, { tags }] of cases) {
    for (const tag of tags) byTag.set(tag, (byTag.get(tag) ?? new Set()).add(id));
  }
  const slices = [...byTag].map(([tag, ids]) => ({ tag, ids }));
  // A stable sort: among tags of the same size, that of the earlier case comes first.
  return slices.sort((a, b) => b.ids.size - a.ids.size).slice(0, MOST_TAGS);
}
