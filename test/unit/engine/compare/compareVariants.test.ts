import { expect, it } from 'vitest';
import { CaseResults, type ComparedSample } from '../../../../src/engine/compare/caseResults.ts';
import { compareVariants } from '../../../../src/engine/compare/compareVariants.ts';

const sample = (variantId: string, caseIndex: number, composite: number | null): ComparedSample => ({
  ...{ variantId, caseId: `c${caseIndex}`, caseIndex, composite },
  status: composite === null ? 'unscored' : 'pass',
});
const of = (variantId: string, composites: readonly (number | null)[]) =>
  composites.map((composite, index) => sample(variantId, index, composite));

it('compares each variant with the first, over the cases that both have', () => {
  const results = CaseResults.of([...of('a', [0.2, 0.4, 0.6, null]), ...of('b', [0.4, 0.4, 1, 1]), ...of('c', [0.2])]);
  const found = compareVariants(results, ['a', 'b', 'c', 'none']);
  expect([...found.keys()]).toEqual(['b', 'c']);
  // Differences 0.2, 0 and 0.4: their mean is 0.2, their deviation 0.2, and t(0.975, 2) = 4.302653.
  const half = (4.302653 * 0.2) / Math.sqrt(3);
  const b = found.get('b');
  expect(b).toMatchObject({ cases: 3 });
  expect(b?.difference).toBeCloseTo(0.2);
  expect(b?.interval?.low).toBeCloseTo(0.2 - half, 5);
  expect(b?.interval?.high).toBeCloseTo(0.2 + half, 5);
  expect(found.get('c')).toMatchObject({ difference: 0, cases: 1, interval: null });
});

it('is empty for one variant or none', () => {
  expect(compareVariants(CaseResults.of(of('a', [1])), ['a']).size).toBe(0);
  expect(compareVariants(CaseResults.of([]), []).size).toBe(0);
});
