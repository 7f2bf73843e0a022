import { describe, expect, it } from 'vitest';
import { type RepeatPolicy, repeatScore, repeatsPass } from '../../../../src/engine/repeats/repeatPolicy.ts';
import { type RepeatedSample, RepeatTotals } from '../../../../src/engine/repeats/repeatTotals.ts';

/** `p:x` passes with the answer x; `f:x` fails; the composite is 1 or 0 unless it is said. */
function totals(repeats: number, cases: readonly string[], policy: RepeatPolicy = {}): RepeatTotals {
  const made = new RepeatTotals(repeats, policy);
  cases.forEach((text, caseIndex) => {
    for (const part of text.split(' ').filter((one) => one !== '')) {
      const [word = '', output = '', composite] = part.split(':');
      const status: RepeatedSample['status'] = word === 'p' ? 'pass' : 'fail';
      made.add({
        caseIndex,
        status,
        output,
        composite: composite === undefined ? Number(word === 'p') : Number(composite),
      });
    }
  });
  return made;
}

describe('the repeats of a variant', () => {
  it('say what one answer, and what all of several are worth', () => {
    const summary = totals(3, ['p:a p:a p:a', 'p:a f:b p:a', 'f:b f:c f:d', 'p:a']).summary();
    expect(summary?.passing).toEqual({ cases: 3, of: 4 });
    expect(summary?.passAt[0]).toBeCloseTo((1 + 2 / 3 + 0 + 1) / 4, 12);
    expect(summary?.passAt[2]).toBeCloseTo((1 + 1 + 0) / 3, 12);
    expect(summary?.passHat[2]).toBeCloseTo(1 / 3, 12);
    expect(summary?.passHat[1]).toBeCloseTo((1 + 1 / 3 + 0) / 3, 12);
    expect(summary?.agreement).toBeCloseTo((1 + 1 / 3 + 1) / 3, 12);
    expect(summary?.spread).toBeCloseTo((0 + Math.sqrt(1 / 3) + 0) / 3, 12);
  });

  it('tell a model that wavers from a judge that does', () => {
    const { flaky } = totals(2, ['p:a f:b', 'p:a f:a', 'p:a p:b', 'f:a f:a', 'p:a']).summary() ?? {};
    expect(flaky).toEqual({ cases: 2, byJudge: 1, of: 4 });
  });

  it('say nothing where each case was asked once, or none was judged', () => {
    const once = totals(1, ['p:a', 'f:b:0.25']);
    expect(once.summary()).toBeNull();
    expect(once.composites()).toEqual([1, 0.25]);
    expect(totals(2, []).summary()).toEqual({
      passing: { cases: 0, of: 0 },
      passAt: [null, null],
      passHat: [null, null],
      flaky: { cases: 0, byJudge: 0, of: 0 },
      agreement: null,
      spread: null,
    });
  });

  it('become one composite by the policy, and pass by it', () => {
    const cases = ['p:a:0.9 f:b:0.1 p:c:0.8', 'f:a:0.2 f:b:0.2 p:c:1'];
    expect(totals(3, cases, { score: 'median' }).composites()).toEqual([0.8, 0.2]);
    expect(totals(3, cases, { pass: 'all' }).summary()?.passing).toEqual({ cases: 0, of: 2 });
    expect(totals(3, cases, { pass: 1 }).summary()?.passing).toEqual({ cases: 2, of: 2 });
  });
});

it.each<[RepeatPolicy['score'], number]>([
  [undefined, 0.475],
  ['mean', 0.475],
  ['median', 0.4],
  ['mode', 0.2],
  ['max', 0.9],
  ['min', 0.2],
])('the score %s of the repeats', (score, expected) => {
  expect(repeatScore([0.9, 0.2, 0.6, 0.2], score ? { score } : {})).toBeCloseTo(expected, 12);
});

it('of values that come equally often the least is the mode', () => {
  expect(repeatScore([0.9, 0.2, 0.9, 0.2], { score: 'mode' })).toBe(0.2);
});

it.each<[number, number, RepeatPolicy['pass'], boolean | null]>([
  [2, 1, undefined, true],
  [1, 1, 'majority', false],
  [3, 0, 'all', true],
  [2, 1, 'all', false],
  [1, 2, 'any', true],
  [0, 3, 'any', false],
  [2, 1, 2, true],
  [1, 2, 2, false],
  [0, 0, 'any', null],
])('%i passes and %i fails by %s: %s', (passes, fails, pass, expected) => {
  expect(repeatsPass(passes, fails, pass === undefined ? {} : { pass })).toBe(expected);
});
