import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bisectSearch } from '../../../../src/engine/compare/bisectSearch.ts';

describe('bisectSearch', () => {
  const row = fc
    .integer({ min: 1, max: 300 })
    .chain((last) => fc.record({ last: fc.constant(last), first: fc.integer({ min: 1, max: last }) }));

  it('finds the first state that is like the last, halving', async () => {
    await fc.assert(
      fc.asyncProperty(row, async ({ last, first }) => {
        let asked = 0;
        const found = await bisectSearch(last, { first: 0.9, last: 0.7 }, async (index) => {
          asked += 1;
          return index < first ? 0.88 : 0.71;
        });
        expect(found).toEqual({ first, before: first - 1 });
        expect(asked).toBeLessThanOrEqual(Math.ceil(Math.log2(last)));
      }),
    );
  });

  it('leaves in doubt only what could not be measured', async () => {
    const withGaps = row.chain(({ last, first }) =>
      fc.record({
        last: fc.constant(last),
        first: fc.constant(first),
        gaps: fc.uniqueArray(fc.integer({ min: 1, max: last })),
      }),
    );
    await fc.assert(
      fc.asyncProperty(withGaps, async ({ last, first, gaps }) => {
        const found = await bisectSearch(last, { first: 0, last: 1 }, async (index) => {
          expect(index > 0 && index < last).toBe(true);
          return gaps.includes(index) ? null : Number(index >= first);
        });
        expect(found.before).toBeLessThan(first);
        expect(found.first).toBeGreaterThanOrEqual(first);
        for (let index = found.before + 1; index < found.first; index += 1) expect(gaps).toContain(index);
      }),
    );
  });
});
