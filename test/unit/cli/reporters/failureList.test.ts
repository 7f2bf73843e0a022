import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../../src/cli/displayWidth.ts';
import { failureList } from '../../../../src/cli/reporters/failureList.ts';
import { HEADER, NEW, SAMPLES } from './summaryFixture.ts';

const plain = picocolors.createColors(false);

describe('failureList', () => {
  it('lists failures by variant and counts equal errors together', () => {
    expect(failureList(SAMPLES, HEADER.variants, 80, plain).join('\n')).toBe(`
triage: 1 failing
  ✗ 退款  category: "bug" is not "billing"

triage-v1: 1 failing
  ✗ four  category: "a" < "b"

2 samples could not run:
  ! server (2×, e.g. one): The server is down. Try again later.`);
  });

  it('shows the first few, in the order of the dataset', () => {
    const many = Array.from({ length: 9 }, (_, at) => ({
      ...(SAMPLES[0] as (typeof SAMPLES)[number]),
      caseId: `case-${9 - at}`,
      caseIndex: 9 - at,
      reason: 'a reason that is too long '.repeat(9),
    }));
    const lines = failureList(many, [NEW], 50, plain);
    expect(lines[1]).toBe('triage: 9 failing, the first 4');
    expect(lines.slice(2).map((line) => line.slice(4, 10))).toEqual(['case-1', 'case-2', 'case-3', 'case-4']);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(50);
  });

  it('is empty when all is well', () => {
    expect(failureList([], HEADER.variants, 80, plain)).toEqual([]);
  });
});
