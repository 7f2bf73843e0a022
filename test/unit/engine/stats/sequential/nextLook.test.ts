import { describe, expect, it } from 'vitest';
import { neededCases } from '../../../../../src/engine/stats/power.ts';
import { seededRandom } from '../../../../../src/engine/stats/random.ts';
import { bettingEvidence } from '../../../../../src/engine/stats/sequential/bettingEvidence.ts';
import { decidedWords } from '../../../../../src/engine/stats/sequential/decidedWords.ts';
import { anytimePValues, nextLook, SEQUENTIAL_RULE } from '../../../../../src/engine/stats/sequential/nextLook.ts';

const random = seededRandom(17);
/** So many pairs: a share is gained, a share is lost, the others stay. */
const changes = (count: number, gained: number, lost: number) =>
  Array.from({ length: count }, () => {
    const draw = random();
    if (draw < gained) return 1;
    return draw < gained + lost ? -1 : 0;
  });
const POLICY = { confidence: 0.95, margin: 0, cases: 400 };

describe('bettingEvidence', () => {
  it('is fair: on the limit, its mean over what may happen stays 1', () => {
    const mean = (limit: number, outcomes: readonly (readonly [number, number])[]) =>
      outcomes
        .flatMap(([a, p]) => outcomes.map(([b, q]) => p * q * (bettingEvidence([a, b], limit)[1] ?? 0)))
        .reduce((sum, one) => sum + one, 0);
    expect(
      mean(0, [
        [1, 0.25],
        [0, 0.5],
        [-1, 0.25],
      ]),
    ).toBeCloseTo(1, 14);
    expect(
      mean(-0.1, [
        [1, 0.45],
        [-1, 0.55],
      ]),
    ).toBeCloseTo(1, 14);
    expect(
      mean(0.2, [
        [1, 0.6],
        [-1, 0.4],
      ]),
    ).toBeCloseTo(1, 14);
  });

  it('grows on gains, never falls below 0, and stays a number', () => {
    expect(bettingEvidence([1])[0]).toBeGreaterThan(1);
    expect(bettingEvidence([-1])[0]).toBeGreaterThan(0);
    expect(bettingEvidence(new Array<number>(5000).fill(1)).at(-1)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(() => bettingEvidence([1.5])).toThrow(RangeError);
  });
});

describe('nextLook', () => {
  it('decides, and what is decided stays so', () => {
    const gains = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const look = nextLook(gains, POLICY);
    expect(look).toMatchObject({ state: 'decided', word: 'better' });
    const after = look.state === 'decided' ? look.after : 0;
    expect(nextLook(gains.slice(0, after - 1), POLICY)).toEqual({ state: 'go on', seen: after - 1 });
    expect(nextLook([...gains, ...gains.map((one) => -one)], POLICY)).toEqual(look);
    expect(decidedWords(after, after + 3, 400)).toBe(
      `Decided after ${after} of 400 cases; ${400 - after - 3} were not asked.`,
    );
    expect(decidedWords(9, 9, 10)).toBe('Decided after 9 of 10 cases; one was not asked.');
    expect(decidedWords(9, 10, 10)).toBe('Decided after 9 of 10 cases.');
    expect(
      nextLook(
        gains.map((one) => -one),
        POLICY,
      ),
    ).toMatchObject({ word: 'worse', after });
    expect(SEQUENTIAL_RULE).toContain('random order');
  });

  it('says the same as a p-value after any number of cases', () => {
    for (const margin of [0, 0.05]) {
      const differences = changes(300, 0.08, 0.2);
      for (let seen = 1; seen <= differences.length; seen += 1) {
        const some = differences.slice(0, seen);
        const look = nextLook(some, { ...POLICY, margin });
        const { pValue, noWorse } = anytimePValues(some, margin);
        expect(Math.min(pValue, noWorse) <= 0.05 + 1e-12).toBe(look.state === 'decided');
      }
    }
  });

  it('needs more in a family, and knows no worse', () => {
    const casesIn = (comparisons: number) => {
      const look = nextLook(new Array<number>(40).fill(1), { ...POLICY, comparisons });
      return look.state === 'decided' ? look.after : Number.NaN;
    };
    expect(casesIn(20)).toBeGreaterThan(casesIn(1));
    const same = new Array<number>(300).fill(0);
    expect(nextLook(same, POLICY).state).toBe('go on');
    expect(nextLook(same, { ...POLICY, margin: 0.05 })).toMatchObject({ word: 'no-worse' });
  });

  it('with a look after each of 400 cases seldom alarms when there is no difference', () => {
    let alarms = 0;
    for (let run = 0; run < 600; run += 1) {
      if (nextLook(changes(400, 0.15, 0.15), POLICY).state === 'decided') alarms += 1;
    }
    // At most 5 % of 600 are 30; four standard deviations above are 51.
    expect(alarms).toBeLessThan(51);
  });

  it('on a loss of the margin seldom says that it is none', () => {
    let alarms = 0;
    for (let run = 0; run < 600; run += 1) {
      const look = nextLook(changes(300, 0.1, 0.2), { ...POLICY, margin: 0.1 });
      if (look.state === 'decided' && look.word !== 'worse') alarms += 1;
    }
    // 2.5 % of 600 are 15; four standard deviations above are 30.
    expect(alarms).toBeLessThan(30);
  });

  it('with twice the cases that the planner names shows as much as it promised, and saves most of them', () => {
    const [gained, lost] = [0.35, 0.15];
    const planned = neededCases(0.2, Math.sqrt(0.5 - 0.2 ** 2), 0.95) ?? 0;
    let [shown, asked] = [0, 0];
    for (let run = 0; run < 600; run += 1) {
      const look = nextLook(changes(2 * planned, gained, lost), { ...POLICY, cases: 2 * planned });
      if (look.state === 'decided' && look.word === 'better') shown += 1;
      asked += look.state === 'decided' ? look.after : 2 * planned;
    }
    // Four standard deviations of such a share are 0.065.
    expect(shown / 600).toBeGreaterThan(0.8 - 0.065);
    expect(asked / 600).toBeLessThan(1.3 * planned);
  });
});
