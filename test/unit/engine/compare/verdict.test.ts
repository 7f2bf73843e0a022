import { describe, expect, it } from 'vitest';
import { DEFAULT_COMPARE } from '../../../../src/engine/compare/comparePolicy.ts';
import { verdictWords } from '../../../../src/engine/compare/verdict.ts';
import { verdictsOf } from '../../../../src/engine/compare/verdicts.ts';
import { SeededRandom } from '../../../../src/engine/stats/random.ts';

const judge = (differences: readonly number[], policy: Partial<typeof DEFAULT_COMPARE> = {}, isBinary = false) =>
  verdictsOf([{ differences, isBinary }], { ...DEFAULT_COMPARE, ...policy })[0];

const repeat = (values: readonly number[], times: number) => Array.from({ length: times }, () => values).flat();

describe('a verdict', () => {
  it.each([
    ['a gain on every case', [0.1, 0.2, 0.1, 0.3, 0.2, 0.1, 0.2], {}, 'better'],
    ['a loss on every case', [-0.1, -0.2, -0.1, -0.3, -0.2, -0.1, -0.2], {}, 'worse'],
    ['as many gains as losses', [0.5, -0.5, 0.25, -0.25, 0.5, -0.5], {}, 'inconclusive'],
    ['a gain on too few', [0.9, 0.9, 0.9], {}, 'inconclusive'],
    ['one case', [1], {}, 'inconclusive'],
    ['no change on any case', [0, 0, 0], {}, 'no-worse'],
    ['a loss within the margin', repeat([-0.01, -0.012, -0.008], 10), { margin: 0.02 }, 'no-worse'],
    ['the same loss without one', repeat([-0.01, -0.012, -0.008], 10), {}, 'worse'],
    ['little spread and a margin', repeat([0.01, -0.01, 0], 20), { margin: 0.02 }, 'no-worse'],
    ['much spread and a margin', repeat([0.5, -0.5, 0], 5), { margin: 0.02 }, 'inconclusive'],
    ['a gain that is sure enough for 80 %', [0.1, 0.2, 0.3, 0.1, -0.05], { confidence: 0.8 }, 'better'],
  ])('on %s', (_, differences, policy, word) => {
    expect(judge(differences, policy)?.word).toBe(word);
  });

  it('on nothing is none', () => {
    expect(judge([])).toBeNull();
  });

  it('on passing and failing is that of McNemar', () => {
    expect(judge([1, 1, 1, 1, 1, 0, 0], {}, true)).toEqual({
      word: 'inconclusive',
      pValue: 0.0625,
      test: 'exact McNemar',
      moreCases: 1,
      effect: { kind: 'risk difference', value: 5 / 7 },
      detectable: null,
      assumes: 'Assumes that cases are independent; only those that changed between passing and failing count.',
    });
    expect(judge(repeat([1], 6), {}, true)?.word).toBe('better');
  });

  it.each([
    ['t', 't', 'd_z'],
    ['wilcoxon', 'wilcoxon', 'rank-biserial correlation'],
    ['permutation', 'sign-flip', 'd_z'],
    ['bootstrap', 'bootstrap', 'd_z'],
  ] as const)('is by the test that is asked for: %s', (test, used, kind) => {
    const verdict = judge(repeat([0.1, 0.3, -0.05], 10), { test });
    expect(verdict).toMatchObject({ word: 'better', test: used, effect: { kind } });
    expect(verdict?.assumes).toMatch(/^Assumes that cases are independent.*\.$/);
  });

  it('is none where ranks and mean point to different sides', () => {
    const contrary = [...repeat([0.01, 0.02], 10), -1];
    expect(judge(contrary, { test: 'wilcoxon' })).toMatchObject({ word: 'inconclusive', effect: { value: 189 / 231 } });
  });

  it('allows for the others of its family', () => {
    const gain = [0.1, 0.2, 0.1, 0.3, 0.2, 0.1];
    const alone = judge(gain);
    expect(alone).toMatchObject({ word: 'better', pValue: 2 / 64 });
    const family = Array.from({ length: 3 }, () => ({ differences: gain, isBinary: false }));
    const [one] = verdictsOf([...family, { differences: [], isBinary: false }], DEFAULT_COMPARE);
    expect(one).toMatchObject({ word: 'inconclusive', pValue: 6 / 64 });
    expect(verdictsOf(family, { ...DEFAULT_COMPARE, correction: 'none' })[0]).toEqual(alone);
  });

  it('says about how many more cases would tell', () => {
    const verdict = judge(repeat([0.6, -0.4, 0.5, -0.5], 3));
    expect(verdict?.moreCases).toBeGreaterThan(200);
    expect(verdictWords(verdict ?? never())).toMatch(/^inconclusive \(about [\d,]+0 more cases would tell\)$/);
    expect(judge(repeat([0.5, -0.5], 4))?.moreCases).toBeNull();
    expect(verdictWords({ word: 'no-worse', pValue: 1, test: 't', moreCases: null })).toBe('no worse');
  });

  it('is seldom wrong when there is no difference', () => {
    const random = new SeededRandom(5);
    let alarms = 0;
    for (let run = 0; run < 1000; run += 1) {
      const differences = Array.from({ length: 14 }, () => Math.round((random.bits() / 2 ** 31 - 1) * 4) / 4);
      const word = judge(differences)?.word;
      if (word === 'better' || word === 'worse') alarms += 1;
    }
    // At most 50 of 1000 are to be expected; four standard deviations above are 78.
    expect(alarms).toBeLessThan(78);
  });
});

function never(): never {
  throw new Error('no verdict');
}
