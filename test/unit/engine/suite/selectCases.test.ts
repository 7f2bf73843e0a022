import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../../src/engine/dataset/case.ts';
import { globMatches, isSelected } from '../../../../src/engine/suite/selectCases.ts';

const cases = ['refund-1', 'refund-10', 'bug-1'].map(
  (id, index): Case => ({
    id,
    vars: {},
    tags: id.startsWith('bug') ? ['x'] : ['y', 'z'],
    metadata: {},
    row: {},
    index,
    line: index,
  }),
);

describe('isSelected', () => {
  it.each([
    [{}, false, ['refund-1', 'refund-10', 'bug-1']],
    [{ filter: '' }, false, ['refund-1', 'refund-10', 'bug-1']],
    [{ filter: 'refund-1' }, true, ['refund-1']],
    [{ filter: 'fund' }, false, ['refund-1', 'refund-10']],
    [{ filter: '*-1' }, false, ['refund-1', 'bug-1']],
    [{ filter: 'refund-1?' }, false, ['refund-10']],
    [{ tags: ['x', 'q'] }, false, ['bug-1']],
    [{ tags: [] }, false, ['refund-1', 'refund-10', 'bug-1']],
    [{ filter: '*-1*', tags: ['z'] }, false, ['refund-1', 'refund-10']],
  ])('%j', (selection, exact, expected) => {
    expect(cases.filter((one) => isSelected(one, selection, exact)).map(({ id }) => id)).toEqual(expected);
  });
});

describe('globMatches', () => {
  it('agrees with the regular expression of the glob', () => {
    const letters = (units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
    fc.assert(
      fc.property(letters(['a', 'b', '*', '?', '.']), letters(['a', 'b', '.']), (glob, text) => {
        const pattern = glob.replace(/[.]/g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
        expect(globMatches(glob, text)).toBe(new RegExp(`^${pattern}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no exponential time', () => {
    expect(globMatches(`${'a*'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
  });
});
