import { describe, expect, it } from 'vitest';
import { comparedRows, countGroups, type OutputSample } from '../../../../src/engine/compare/comparedRows.ts';
import type { RepeatPolicy } from '../../../../src/engine/repeats/repeatPolicy.ts';

/** `a: pass x 0.9, fail y` is a case with its repeats: status, what was answered, composite. */
function samples(variantId: string, lines: readonly string[]): OutputSample[] {
  return lines.flatMap((line, caseIndex) => {
    const [caseId = '', repeats = ''] = line.split(': ');
    return repeats.split(', ').map((text, repeat): OutputSample => {
      const [status = '', output = '', composite] = text.split(' ');
      return {
        sampleId: caseIndex * 10 + repeat + 1,
        ...{ caseId, caseIndex, variantId, repeat, output },
        status: status as OutputSample['status'],
        composite: composite === undefined ? (status === 'pass' ? 1 : status === 'fail' ? 0 : null) : Number(composite),
      };
    });
  });
}

function compare(
  before: readonly string[],
  after: readonly string[],
  { policy = {}, samePassing = true }: { policy?: RepeatPolicy; samePassing?: boolean } = {},
) {
  const ids = [...before, ...after].map((line) => line.split(':')[0] ?? '');
  return comparedRows({
    pairs: [{ before: 'v1', after: 'v2' }],
    cases: new Set(ids.filter((id) => id !== 'other')),
    before: { samples: samples('v1', before), repeats: policy },
    after: { samples: samples('v2', after), repeats: policy },
    samePassing,
  });
}

const groupsOf = (rows: ReturnType<typeof compare>) => rows.map(({ caseId, group }) => `${caseId} ${group}`);

describe('comparedRows', () => {
  it('puts what broke first, then what was fixed, other answers, what nobody knows, and the same answers', () => {
    const before = [
      'a: pass x',
      'b: fail x',
      'c: pass x',
      'd: pass x',
      'e: pass x',
      'f: fail x',
      'g: error x',
      'h: pass x',
    ];
    const after = [
      'a: pass x',
      'b: pass y',
      'c: fail y',
      'd: pass y',
      'e: error y',
      'f: fail x',
      'g: pass y',
      'other: pass x',
    ];
    const rows = compare(before, after);
    expect(groupsOf(rows)).toEqual([
      'c broke',
      'b fixed',
      'd changed',
      'e unclear',
      'g unclear',
      'h unclear',
      'a same',
      'f same',
    ]);
    expect(rows.find(({ caseId }) => caseId === 'h')).toMatchObject({ before: { status: 'pass' }, after: null });
    expect(countGroups(rows)).toEqual({ broke: 1, fixed: 1, changed: 1, unclear: 3, same: 2 });
  });

  it('puts the largest loss first', () => {
    const rows = compare(
      ['a: pass x 0.6', 'b: pass x 1', 'c: pass x 0.7'],
      ['a: fail y 0.5', 'b: fail y 0', 'c: fail y 0.2'],
    );
    expect(groupsOf(rows)).toEqual(['b broke', 'c broke', 'a broke']);
  });

  it('takes repeats as the suite does, and shows one that ended as the case did', () => {
    const before = ['a: fail x 0.2, pass y 0.9, pass z 0.7', 'b: pass x, pass x'];
    const after = ['a: pass y 0.9, fail x 0.1, fail x 0.3', 'b: pass x, pass x'];
    const [first, second] = compare(before, after);
    expect(first).toMatchObject({
      group: 'broke',
      before: { sampleId: 2, status: 'pass', repeats: 3 },
      after: { sampleId: 2, status: 'fail', repeats: 3 },
    });
    expect(first?.before?.composite).toBeCloseTo(0.6, 12);
    expect(second?.group).toBe('same');
    expect(groupsOf(compare(before, after, { policy: { pass: 'any' } }))).toEqual(['a changed', 'b same']);
  });

  it('does not mind the order in which repeats gave the same answers', () => {
    expect(groupsOf(compare(['a: pass x, pass y'], ['a: pass y, pass x']))).toEqual(['a same']);
  });

  it('compares what was answered alone, where passing means something else now', () => {
    const rows = compare(['a: pass x', 'b: fail x'], ['a: fail x', 'b: pass y'], { samePassing: false });
    expect(groupsOf(rows)).toEqual(['b changed', 'a same']);
  });

  it('knows no change where neither side was judged, and is unclear where one was', () => {
    const rows = compare(
      ['a: unscored x', 'b: unscored x', 'c: unscored x'],
      ['a: unscored x', 'b: unscored y', 'c: pass x'],
    );
    expect(groupsOf(rows)).toEqual(['b changed', 'c unclear', 'a same']);
  });
});
