import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleissKappa, gwetAc1 } from '../../../../../src/engine/stats/agreement/fleissKappa.ts';
import { nominalAlpha, numericAlpha } from '../../../../../src/engine/stats/agreement/krippendorffAlpha.ts';
import {
  cohenKappa,
  rawAgreement,
  scottPi,
  weightedKappa,
} from '../../../../../src/engine/stats/agreement/pairAgreement.ts';

// Expected values: scikit-learn 1.9.1 (cohen_kappa_score), statsmodels 0.15.0 (fleiss_kappa, which is Scott's pi for two raters),
// krippendorff 0.9.0, irrCAC 0.4.4 for AC1 (which rounds to 5 digits; the others stand for the formula in double precision).
const A = [...'aabbcabcca'];
const B = [...'abbbcacccb'];
const X = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 3, 3];
const Y = [1, 2, 4, 4, 5, 3, 4, 2, 2, 1, 3, 5];
const SCALE = [1, 2, 3, 4, 5];

// Four observers of twelve units with missing values: the example of Krippendorff (2011).
const OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const UNITS = (OBSERVERS[0] ?? []).map((_, unit) => OBSERVERS.map((observer) => observer[unit] ?? null));

describe('two raters', () => {
  it.each([
    ['raw', rawAgreement(A, B), 0.7],
    ["Cohen's kappa", cohenKappa(A, B), 0.5588235294117647],
    ["Scott's pi", scottPi(A, B), 0.5488721804511277],
    ["Cohen's kappa of a scale", cohenKappa(X, Y), 0.5862068965517241],
    ['linear weights', weightedKappa(X, Y, SCALE, 'linear'), 0.6666666666666667],
    ['quadratic weights', weightedKappa(X, Y, SCALE, 'quadratic'), 0.7619047619047619],
    ["Gwet's AC1", gwetAc1(A.map((label, at) => [label, B[at] ?? null])), 0.5505617977528089],
  ])('%s', (_, value, wanted) => {
    expect(value).toBeCloseTo(wanted, 12);
  });

  it('is undefined where both name one category only, and without items', () => {
    const same = [true, true, true];
    const found = [cohenKappa(same, same), weightedKappa([2, 2], [2, 2], SCALE, 'linear'), scottPi(same, same)];
    const none = [rawAgreement([], []), cohenKappa([], []), weightedKappa([], [], SCALE, 'linear'), scottPi([], [])];
    expect([...found, ...none, gwetAc1(same.map((label) => [label, label]))]).toEqual(Array(8).fill(null));
    expect(rawAgreement(same, same)).toBe(1);
  });

  it('refuses what cannot be paired, and a label that is not on the scale', () => {
    expect(() => cohenKappa(['a'], [])).toThrow(RangeError);
    expect(() => weightedKappa([6], [1], SCALE, 'linear')).toThrow('6 is not on the scale.');
  });

  const labels = fc.constantFrom('a', 'b', 'c');
  const pairs = fc.array(fc.tuple(labels, labels), { minLength: 1, maxLength: 40 });

  it('is symmetric, at most 1, and 1 exactly where all agree', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [a, b] = [rows.map(([first]) => first), rows.map(([, second]) => second)];
        for (const measure of [cohenKappa, scottPi]) {
          const value = measure(a, b);
          expect(measure(b, a)).toBe(value);
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(-1 - 1e-12);
          expect(value === 1).toBe(rawAgreement(a, b) === 1);
        }
      }),
    );
  });

  it('weighs nothing where there are but two categories', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 30 }), (rows) => {
        const [a, b] = [rows.map(([first]) => first), rows.map(([, second]) => second)];
        const plain = cohenKappa(a, b);
        for (const weights of ['linear', 'quadratic'] as const) {
          const weighted = weightedKappa(a, b, [false, true], weights);
          if (plain === null) expect(weighted).toBeNull();
          else expect(weighted).toBeCloseTo(plain, 12);
        }
      }),
    );
  });
});

describe('several raters', () => {
  const ITEMS = ['aaab', 'bbbb', 'abca', 'cccc', 'bbac', 'aaaa'].map((item) => [...item]);

  it.each([
    ["Fleiss' kappa", fleissKappa(ITEMS), 0.44680851063829796],
    ['alpha of categories', nominalAlpha(UNITS), 0.743421052631579],
    ['alpha of ranks', numericAlpha(UNITS, 'ordinal'), 0.8153875037548814],
    ['alpha of values', numericAlpha(UNITS, 'interval'), 0.8491071428571428],
    ["Gwet's AC1 with missing labels", gwetAc1(UNITS), 0.775444068126995],
  ])('%s', (_, value, wanted) => {
    expect(value).toBeCloseTo(wanted, 12);
  });

  it('alpha takes scores that are no points of a scale', () => {
    const rows = [
      [0.1, 0.15, null],
      [0.25, 0.2, 0.2],
      [0.9, 1, 0.8],
      [null, 0.3, 0.35],
      [0.5, null, 0.1],
      [0.5, 0.55, 0.5],
    ];
    expect(numericAlpha(rows, 'ordinal')).toBeCloseTo(0.7144404332129963, 12);
    expect(numericAlpha(rows, 'interval')).toBeCloseTo(0.8403648802736602, 12);
  });

  it('is undefined where nothing differs or nothing was rated twice', () => {
    const alike = [
      [0.1, 0.1],
      [0.1, 0.1],
    ];
    const single = [
      [1, null],
      [null, 2],
    ];
    const found = [alike, single, []].flatMap((rows) => [
      nominalAlpha(rows),
      numericAlpha(rows, 'ordinal'),
      numericAlpha(rows, 'interval'),
      gwetAc1(rows),
    ]);
    expect([...found, fleissKappa(alike), fleissKappa([])]).toEqual(Array(14).fill(null));
  });

  it("Fleiss' kappa refuses items that are rated unequally often", () => {
    expect(() =>
      fleissKappa([
        ['a', 'b'],
        ['a', null],
      ]),
    ).toThrow(RangeError);
  });

  it('AC1 stays where kappa falls when nearly all items are of one category', () => {
    const rows = [...Array<boolean[]>(98).fill([true, true]), [true, false], [false, true]];
    expect(fleissKappa(rows)).toBeLessThan(0);
    expect(gwetAc1(rows)).toBeGreaterThan(0.97);
  });

  const rating = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
  const table = fc.array(fc.array(rating, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 25 });

  it('alpha is that of its definition: observed over expected disagreement of all pairs', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(nominalAlpha(rows)).toEqual(closeTo(definedAlpha(rows, (a, b) => Number(a !== b))));
        expect(numericAlpha(rows, 'interval')).toEqual(closeTo(definedAlpha(rows, (a, b) => (a - b) ** 2)));
      }),
    );
  });

  it('alpha depends neither on the order of the raters nor on the unit of the values', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const turned = rows.map((row) => row.map((value) => (value === null ? null : 3 * value - 7)).reverse());
        for (const level of ['ordinal', 'interval'] as const) {
          expect(numericAlpha(turned, level)).toEqual(closeTo(numericAlpha(rows, level)));
        }
      }),
    );
  });
});

function closeTo(value: number | null): unknown {
  return value === null ? null : expect.closeTo(value, 10);
}

function definedAlpha(rows: readonly (readonly (number | null)[])[], distance: (a: number, b: number) => number) {
  const rated = rows.map((row) => row.filter((value) => value !== null)).filter(({ length }) => length > 1);
  const all = rated.flat();
  const pairsOf = (values: readonly number[]) =>
    values.reduce((sum, a) => sum + values.reduce((part, b) => part + distance(a, b), 0), 0);
  const expected = pairsOf(all) / (all.length * (all.length - 1));
  if (!(expected > 0)) return null;
  const observed = rated.reduce((sum, values) => sum + pairsOf(values) / (values.length - 1), 0) / all.length;
  return 1 - observed / expected;
}
