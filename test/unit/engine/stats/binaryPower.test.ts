import { describe, expect, it } from 'vitest';
import { detectableRateDifference, mcnemarPower } from '../../../../src/engine/stats/binaryPower.ts';
import { mcnemarTest } from '../../../../src/engine/stats/mcnemar.ts';
import { SeededRandom } from '../../../../src/engine/stats/random.ts';

// Expected values: the sum over all outcomes with scipy 1.17.0 (binom).

describe('mcnemarPower', () => {
  it.each([
    [30, 0.3, 0.2, 0.40317610724317565],
    [100, 0.2, 0.1, 0.5444454279352319],
    [250, 0.1, 0.06, 0.8342919518628692],
    [40, 1, 0.5, 0.8967682946505677],
    [8, 0.9, 0.9, 0.96190821],
  ])('of %d cases, of which %d change, for a difference of %d', (cases, discordance, difference, power) => {
    expect(mcnemarPower(cases, discordance, 0.95)(difference)).toBeCloseTo(power, 10);
  });

  it('never exceeds the level when there is no difference', () => {
    for (const cases of [10, 40, 150]) expect(mcnemarPower(cases, 0.3, 0.95)(0)).toBeLessThanOrEqual(0.05);
  });
});

describe('detectableRateDifference', () => {
  it('is what the exact test shows in 80 of 100 tries', () => {
    const random = new SeededRandom(21);
    const [cases, discordance] = [120, 0.25];
    const difference = detectableRateDifference(cases, discordance, 0.95) ?? 0;
    const gains = (discordance + difference) / 2;
    let shown = 0;
    for (let run = 0; run < 4000; run += 1) {
      let [gained, lost] = [0, 0];
      for (let pair = 0; pair < cases; pair += 1) {
        const draw = random.bits() / 2 ** 32;
        if (draw < gains) gained += 1;
        else if (draw < discordance) lost += 1;
      }
      if (mcnemarTest(gained, lost) <= 0.05) shown += 1;
    }
    // Four standard deviations of such a share are 0.025.
    expect(Math.abs(shown / 4000 - 0.8)).toBeLessThan(0.026);
  });

  it('goes on where the exact sum ends, and shrinks with the cases', () => {
    const [exact, beyond] = [detectableRateDifference(500, 0.1, 0.95), detectableRateDifference(501, 0.1, 0.95)];
    expect((beyond ?? 0) / (exact ?? 1)).toBeGreaterThan(0.95);
    expect((beyond ?? 0) / (exact ?? 1)).toBeLessThan(1);
    expect(detectableRateDifference(300, 0.1, 0.95)).toBeGreaterThan(exact ?? 1);
  });

  it('is none where not even changes that all go one way would be shown', () => {
    expect(detectableRateDifference(20, 0.1, 0.95)).toBeNull();
    expect(detectableRateDifference(5, 1, 0.95)).toBeNull();
    expect(detectableRateDifference(6, 1, 0.95)).not.toBeNull();
    expect(detectableRateDifference(5000, 0.0005, 0.95)).toBeNull();
    expect(() => detectableRateDifference(20, 0, 0.95)).toThrow(RangeError);
  });
});
