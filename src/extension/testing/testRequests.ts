import type { CasesWanted } from '../../protocol/testing.ts';

/** Where an item stands: a suite, one of its variants, or a case. */
export type TestPlace = { readonly suite: string; readonly caseId: string | null };

/** What a profile does. */
export type ProfileKind = 'evaluate' | 'few' | 'rescore';

/** How many cases the quick profile takes. */
const FEW_CASES = 3;

/**
 * Which cases of which suites were asked for: a suite or a variant stands for all of its cases, since a run asks all variants.
 *
 * @param included  what was chosen; empty for everything
 * @param excluded  items that are hidden
 * @param allSuites suites of the tree
 */
export function suitesAsked(
  included: readonly TestPlace[],
  excluded: readonly TestPlace[],
  allSuites: readonly string[],
): ReadonlyMap<string, readonly string[] | null> {
  const hidden = new Set(excluded.filter(({ caseId }) => caseId === null).map(({ suite }) => suite));
  const asked = new Map<string, readonly string[] | null>();
  const places = included.length > 0 ? included : allSuites.map((suite) => ({ suite, caseId: null }));
  for (const { suite, caseId } of places) {
    if (hidden.has(suite)) continue;
    const known = asked.get(suite);
    if (caseId === null || known === null) asked.set(suite, null);
    else asked.set(suite, [...new Set([...(known ?? []), caseId])]);
  }
  return asked;
}

/** What a profile asks of a suite, of which these cases were chosen; null for all of them. */
export function wantedOf(kind: Exclude<ProfileKind, 'rescore'>, ids: readonly string[] | null): CasesWanted {
  return { ...(ids !== null && { ids }), ...(kind === 'few' && { limit: FEW_CASES }) };
}
