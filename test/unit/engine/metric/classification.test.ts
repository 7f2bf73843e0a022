import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { corpusOf, inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

type Row = readonly [expected: Json, output: string];

function overRun(kind: string, options: object, rows: readonly Row[]): number | null | undefined {
  return corpusOf(
    metricOf(kind, options),
    rows.map(([expected, output]) => inputOf(output, { expected })),
  );
}

function letters(expected: string, answered: string): Row[] {
  const answers = Array.from(answered);
  return Array.from(expected, (one, index) => [one, answers[index] ?? '']);
}

/** Rows of a table of counts: expected down, answered across. */
function crossed(names: readonly string[], counts: readonly (readonly number[])[]): Row[] {
  return counts.flatMap((row, i) =>
    row.flatMap((count, j) => Array.from({ length: count }, (): Row => [names[i] ?? '', names[j] ?? ''])),
  );
}

/** scikit-learn 1.9.1: balanced_accuracy_score, matthews_corrcoef, cohen_kappa_score, then P, R, F1, F2 by average. */
const SCORED = [
  'aabbcc/abbbca 0.6666666666666666 0.6666666666666666 0.5222329678670935 0.4999999999999999 macro 0.7222222222222222 0.6666666666666666 0.6555555555555556 0.654882154882155 weighted 0.7222222222222222 0.6666666666666666 0.6555555555555556 0.654882154882155',
  'aaaa/abab 0.5 0.5 0 0 macro 0.5 0.25 0.3333333333333333 0.2777777777777778 weighted 1 0.5 0.6666666666666666 0.5555555555555556',
  'abab/aaaa 0.5 0.5 0 0 macro 0.25 0.5 0.3333333333333333 0.4166666666666667 weighted 0.25 0.5 0.3333333333333333 0.4166666666666667',
  'abc/xyz 0 0 0 0 macro 0 0 0 0 weighted 0 0 0 0',
  'aabbb/aabbb 1 1 1 1 macro 1 1 1 1 weighted 1 1 1 1',
  '猫犬猫鳥/猫猫犬鳥 0.5 0.5 0.2 0.19999999999999996 macro 0.5 0.5 0.5 0.5 weighted 0.5 0.5 0.5 0.5',
  'abcdabcdab/abcdabcdba 0.8 0.8333333333333333 0.7297297297297297 0.7297297297297298 macro 0.8333333333333333 0.8333333333333333 0.8333333333333333 0.8333333333333333 weighted 0.8 0.8 0.8 0.8',
  'aaab/aaba 0.5 0.3333333333333333 -0.3333333333333333 -0.33333333333333326 macro 0.3333333333333333 0.3333333333333333 0.3333333333333333 0.3333333333333333 weighted 0.5 0.5 0.5 0.5',
];

describe.each(SCORED)('classes %s', (line) => {
  const [pair = '', ...words] = line.split(' ');
  const rows = letters(pair.split('/')[0] ?? '', pair.split('/')[1] ?? '');
  const numbers = words.map(Number);
  const checks: [string, object, number][] = [
    ['accuracy', {}, numbers[0] ?? 0],
    ['balanced-accuracy', {}, numbers[1] ?? 0],
    ['mcc', {}, numbers[2] ?? 0],
    ['cohen-kappa', {}, numbers[3] ?? 0],
  ];
  for (const average of ['macro', 'weighted']) {
    const at = words.indexOf(average);
    checks.push(
      ['precision', { average }, numbers[at + 1] ?? 0],
      ['recall', { average }, numbers[at + 2] ?? 0],
      ['f-beta', { average }, numbers[at + 3] ?? 0],
      ['f-beta', { average, beta: 2 }, numbers[at + 4] ?? 0],
    );
  }
  // Of single labels the micro average of all three is the accuracy.
  for (const kind of ['precision', 'recall', 'f-beta']) checks.push([kind, { average: 'micro' }, numbers[0] ?? 0]);

  it.each(checks)('%s %j', (kind, options, value) => {
    expect(overRun(kind, options, rows)).toBeCloseTo(value, 12);
  });
});

// Real answers: 2,000 texts of AG News, as counted by pandas; the numbers by scikit-learn 1.9.1.
describe('2,000 classified news', () => {
  const NAMES = ['Business', 'Sci/Tech', 'Sports', 'World'];
  const goldAndDefault = crossed(NAMES, [
    [456, 12, 1, 31],
    [129, 328, 1, 42],
    [7, 0, 474, 19],
    [21, 3, 18, 458],
  ]);
  const goldAndBaseline = crossed(NAMES, [
    [476, 8, 1, 15],
    [195, 264, 3, 38],
    [3, 0, 493, 4],
    [33, 8, 18, 441],
  ]);
  const baselineAndDefault = crossed(NAMES, [
    [596, 77, 0, 34],
    [9, 258, 0, 13],
    [5, 1, 494, 15],
    [3, 7, 0, 488],
  ]);

  it.each([
    ['cohen-kappa', {}, baselineAndDefault, 0.8885210309493488],
    ['cohen-kappa', {}, goldAndDefault, 0.8106666666666666],
    ['mcc', {}, goldAndDefault, 0.8161194216964114],
    ['accuracy', {}, goldAndDefault, 0.858],
    ['balanced-accuracy', {}, goldAndDefault, 0.858],
    ['f-beta', {}, goldAndDefault, 0.8559208713639522],
    ['f-beta', { beta: 2, average: 'weighted' }, goldAndDefault, 0.8552093711309835],
    ['precision', {}, goldAndDefault, 0.87309805230086],
    ['precision', { positive: 'Sports' }, goldAndDefault, 0.95951417],
    ['recall', { positive: 'Sports' }, goldAndDefault, 0.948],
    ['f-beta', { positive: 'Sports', beta: 0.5 }, goldAndDefault, 0.95718901],
    ['cohen-kappa', {}, goldAndBaseline, 0.7826666666666666],
    ['mcc', {}, goldAndBaseline, 0.7948794853635914],
    ['f-beta', {}, goldAndBaseline, 0.8302128944469965],
    ['precision', {}, goldAndBaseline, 0.8647370479156432],
    ['f-beta', { beta: 2 }, goldAndBaseline, 0.8302437215894957],
  ])('%s %j', (kind, options, rows, value) => {
    expect(overRun(kind, options, rows)).toBeCloseTo(value, 8);
  });
});

describe('a class', () => {
  it.each<readonly [object, Json, string, boolean]>([
    [{}, 'Sports', ' Sports\n', true],
    [{}, 'Sports', 'sports', false],
    [{ ignoreCase: true }, 'Sci  Tech', 'sci tech ', true],
    [{ path: 'c' }, 1, '{"c":"1"}', true],
    [{ path: 'c' }, 'true', '{"c":true}', true],
    [{ path: 'c' }, 'a', '{"c":["a"]}', false],
    [{ path: 'c' }, 'a', 'a', false],
    [{ labels: ['a', 'b'] }, 'a', 'c', false],
    [{}, 'a', '', false],
    [{}, 'a', 'long '.repeat(200_000), false],
    [{}, '__proto__', '__proto__', true],
  ])('%j expected %j, answered %j: %s', async (options, expected, output, passes) => {
    for (const kind of ['accuracy', 'mcc', 'f-beta']) {
      expect(await score(kind, options, output, expected)).toMatchObject({ value: passes ? 1 : 0, passed: passes });
    }
  });

  it.each<readonly [object, Json | undefined]>([
    [{}, undefined],
    [{}, ['a']],
    [{}, ' '],
    [{ labels: ['a'] }, 'b'],
  ])('%j cannot be scored where %j is expected', async (options, expected) => {
    expect(await score('accuracy', options, 'a', expected)).toMatchObject({ outcome: 'unscored' });
    expect(overRun('accuracy', options, [[expected ?? null, 'a']])).toBeNull();
  });

  it.each([
    ['f-beta', { average: 'binary' }],
    ['f-beta', { average: 'macro', positive: 'a' }],
    ['recall', { positive: 'c', labels: ['a', 'b'] }],
  ])('%s refuses %j', (kind, options) => {
    expect(tryMetric(kind, options)).toHaveProperty('error');
  });

  it('that is not named is missed, and no other one is taken for it', () => {
    const rows: Row[] = [
      ['a', 'a'],
      ['a', 'I cannot say'],
      ['b', 'b'],
    ];
    const options = { labels: ['a', 'b'] };
    expect(overRun('precision', options, rows)).toBe(1);
    expect(overRun('recall', options, rows)).toBe(0.75);
    expect(overRun('precision', { ...options, average: 'micro' }, rows)).toBe(1);
    expect(overRun('f-beta', { ...options, average: 'micro' }, rows)).toBeCloseTo(0.8, 12);
    expect(overRun('accuracy', options, rows)).toBeCloseTo(2 / 3, 12);
    // Without the list it is one more class, as in scikit-learn.
    expect(overRun('precision', {}, rows)).toBeCloseTo(2 / 3, 12);
    // matthews_corrcoef and cohen_kappa_score of aab and a?b.
    expect(overRun('mcc', options, rows)).toBeCloseTo(0.6123724356957946, 12);
    expect(overRun('cohen-kappa', options, rows)).toBeCloseTo(0.5, 12);
  });

  it('has no kappa where chance alone agrees', () => {
    expect(overRun('cohen-kappa', {}, letters('aaa', 'aaa'))).toBeNull();
    expect(overRun('mcc', {}, letters('aaa', 'aaa'))).toBe(0);
  });

  it('is no class any more where there are too many', () => {
    const rows = Array.from({ length: 5001 }, (_, index): Row => [`c${index}`, `c${index}`]);
    expect(overRun('f-beta', {}, rows)).toBeNull();
    expect(overRun('f-beta', {}, rows.slice(1))).toBe(1);
  });

  it('counts the same in any order, and is within bounds', () => {
    const label = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 30 }), (rows) => {
        for (const [kind, least] of [
          ['f-beta', 0],
          ['precision', 0],
          ['mcc', -1],
          ['cohen-kappa', -1],
        ] as const) {
          const value = overRun(kind, {}, rows);
          const back = overRun(kind, {}, [...rows].reverse());
          if (value === null || value === undefined) continue;
          expect(value).toBeCloseTo(back ?? Number.NaN, 12);
          expect(value).toBeGreaterThanOrEqual(least - 1e-12);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

// scikit-learn 1.9.1 on the indicator matrices of a, b, c and d: jaccard_score (samples), hamming_loss.
describe('sets of labels', () => {
  it.each([
    ['a,b', '["a"]', 0.5, 0.25],
    ['["a"]', 'b; c', 0, 0.75],
    ['a\nb\nc', 'c, b, a', 1, 0],
    ['["a"]', '[]', 0, 0.25],
    ['["b","d"]', '["b","d","a"]', 0.6666666666666666, 0.25],
    ['', '', 1, 0],
    ['["a","a"]', 'a', 1, 0],
  ])('expected %j, answered %j', async (expected, output, jaccard, hamming) => {
    expect(valueIn(await score('jaccard', {}, output, expected))).toBeCloseTo(jaccard, 12);
    expect(valueIn(await score('exact-set', {}, output, expected))).toBe(jaccard === 1 ? 1 : 0);
    const labels = ['a', 'b', 'c', 'd'];
    expect(valueIn(await score('hamming-loss', { labels }, output, expected))).toBeCloseTo(hamming, 12);
  });

  it('are folded on demand', async () => {
    expect(await score('exact-set', { ignoreCase: true }, 'ＡＢ, straße', 'STRASSE; ab')).toMatchObject({
      passed: true,
    });
    expect(await score('exact-set', {}, 'AB', 'ab')).toMatchObject({ passed: false });
  });

  it.each([
    ['jaccard', {}, '[1', 0],
    ['jaccard', {}, '{"a":1}', 0],
    ['exact-set', { path: 'x' }, 'a', 0],
    ['hamming-loss', { labels: ['a', 'b'], max: 0.6 }, '[[]]', 0.5],
  ])('%s %j of %s never passes', async (kind, options, output, value) => {
    const outcome = await score(kind, options, output, ['a']);
    expect(outcome).toMatchObject({ outcome: 'scored', value });
    expect(outcome).not.toMatchObject({ passed: true });
  });

  it('are said', async () => {
    const outcome = await score('jaccard', {}, 'a, c', ['a', 'b']);
    expect(outcome.reason).toBe('Jaccard 0.3333: 1 label as expected; missing: "b"; not expected: "c".');
    expect(await score('hamming-loss', { labels: ['a'] }, 'a', ['z'])).toMatchObject({ outcome: 'unscored' });
    expect(await score('jaccard', {}, 'a', 3)).toMatchObject({ outcome: 'unscored' });
    expect(await score('jaccard', {}, 'a,'.repeat(500_000), 'a')).toMatchObject({ value: 1 });
  });
});

type Numbers = readonly [
  expected: number[],
  answered: number[],
  mae: number,
  rmse: number,
  r2: number | null,
  pearson: number | null,
  spearman: number | null,
];
// mean_absolute_error, root_mean_squared_error, r2_score of scikit-learn 1.9.1; pearsonr, spearmanr of SciPy 1.17.1.
const NUMBERS: readonly Numbers[] = [
  [[1, 2, 3, 4], [1, 2, 3, 4], 0, 0, 1, 1, 1],
  [[1, 2, 3, 4], [2, 2, 3, 5], 0.5, Math.SQRT1_2, 0.6, 0.912870929175277, 0.9486832980505139],
  [[10, 0, -5, 3.5], [9, 1, -4, 3], 0.875, 0.9013878188659973, 0.9727320398531725, 0.9969669702981205, 1],
  [[1, 1, 1], [1, 2, 3], 1, 1.2909944487358056, null, null, null],
  [[1, 2, 3], [3, 2, 1], 1.3333333333333333, 1.632993161855452, -3, -0.9999999999999998, -1],
  [
    [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 5],
    [1e9 + 2, 1e9 + 1, 1e9 + 4, 1e9 + 4],
    1,
    1,
    0.5428571428571429,
    0.7481900559272089,
    0.7378647873726218,
  ],
  [[3, -0.5, 2, 7], [2.5, 0, 2, 8], 0.5, 0.6123724356957945, 0.9486081370449679, 0.98486961844827, 1],
  [
    [1, 2, 2, 3, 5, 5],
    [2, 2, 1, 4, 4, 6],
    0.8333333333333334,
    0.9128709291752769,
    0.6428571428571428,
    0.8468261737804976,
    0.818181818181818,
  ],
  [[0.1, 0.2, 0.3], [0.1, 0.25, 0.2], 0.05, 0.06454972243679027, 0.375, 0.6546536707079772, 0.5],
  [[5, 4], [1, 2], 3, 3.1622776601683795, -39, -1, -1],
];

// kendalltau of SciPy 1.17.1, mean_absolute_percentage_error of scikit-learn 1.9.1, of the same rows; with an expected 0 there is no MAPE.
const MORE_NUMBERS: readonly (readonly [kendall: number | null, mape: number | null])[] = [
  [1.0, 0.0],
  [0.9128709291752769, 0.3125],
  [1.0, null],
  [null, 1.0],
  [-1.0, 0.8888888888888888],
  [0.5477225575051662, 9.9999999725e-10],
  [1.0, 0.3273809523809524],
  [0.6923076923076924, 0.37222222222222223],
  [0.33333333333333337, 0.19444444444444442],
  [-1.0, 0.65],
];

describe('numbers over a run', () => {
  it.each(NUMBERS)('%j, answered %j', async (expected, answered, mae, rmse, r2, pearson, spearman) => {
    const rows = expected.map((one, index): Row => [one, String(answered[index])]);
    const near = (value: number | null | undefined, wanted: number | null) =>
      wanted === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(wanted, 9);
    near(overRun('rmse', {}, rows), rmse);
    near(overRun('r2', {}, rows), r2);
    near(overRun('pearson', {}, rows), pearson);
    near(overRun('spearman', {}, rows), spearman);
    let sum = 0;
    for (const [wanted, output] of rows) sum += valueIn(await score('mae', {}, output, wanted)) ?? Number.NaN;
    near(sum / rows.length, mae);
  });

  it.each(
    NUMBERS.map(([expected, answered], at) => [expected, answered, ...(MORE_NUMBERS[at] ?? [null, null])] as const),
  )('%j, answered %j, has kendall %j and mape %j', async (expected, answered, kendall, mape) => {
    const rows = expected.map((one, index): Row => [one, String(answered[index])]);
    const found = overRun('kendall', {}, rows);
    if (kendall === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(kendall, 9);
    const shares = await Promise.all(
      rows.map(async ([wanted, output]) => valueIn(await score('mape', {}, output, wanted))),
    );
    expect(shares.includes(null)).toBe(mape === null);
    if (mape !== null)
      expect(shares.reduce((sum: number, one) => sum + (one ?? 0), 0) / shares.length).toBeCloseTo(mape, 9);
  });

  it('says how far one is off, or how near it is', async () => {
    expect(await score('mae', { max: 2 }, 'It is 12', 10)).toMatchObject({ value: 2, score: 1, passed: true });
    expect(await score('rmse', { max: 1 }, '12', 10)).toMatchObject({ value: 2, score: 0, passed: false });
    expect(await score('mape', { max: 0.2 }, '12', 10)).toMatchObject({ value: 0.2, score: 1, passed: true });
    expect(await score('mape', { max: 0.1 }, '12', -10)).toMatchObject({ value: 2.2, score: 0, passed: false });
    expect(await score('mape', {}, '0', 0)).toMatchObject({ outcome: 'unscored' });
    expect(await score('mae', {}, '12', [10, 13])).toMatchObject({ value: 1, score: null, passed: null });
    expect(await score('pearson', {}, '1', 3)).toMatchObject({ value: 0.5, score: null, passed: null });
    expect((await score('mae', { max: 1 }, '12', 10)).reason).toBe('2 off: got 12, expected 10; over the limit of 1.');
  });

  it.each(['mae', 'mape', 'rmse', 'r2', 'pearson', 'spearman', 'kendall'])(
    '%s leaves out what has no number',
    async (kind) => {
      for (const output of ['none', '', '1e999']) {
        expect(await score(kind, {}, output, 1)).toMatchObject({ outcome: 'unscored' });
      }
      if (kind === 'mae' || kind === 'mape') return;
      const rows: Row[] = [
        [1, '1'],
        [2, 'none'],
        [3, '4'],
        [5, '5'],
      ];
      expect(overRun(kind, {}, rows)).toBe(
        overRun(
          kind,
          {},
          rows.filter(([, output]) => output !== 'none'),
        ),
      );
      expect(overRun(kind, {}, [[1, 'none']])).toBeNull();
    },
  );
});

type Probabilities = readonly [
  truth: number[],
  answered: number[],
  ...scores: [number, number, number, number, number],
];
// brier_score_loss, log_loss, roc_auc_score, average_precision_score of scikit-learn 1.9.1; ECE of 10 bins by its definition.
const PROBABILITIES: readonly Probabilities[] = [
  [[1, 0, 1, 1, 0], [0.9, 0.1, 0.8, 0.4, 0.3], 0.102, 0.34136605168854994, 0.26, 1, 1],
  [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.158125, 0.47228795380917615, 0.1375, 0.75, 0.8333333333333333],
  [[1, 1, 0, 0], [1, 0, 1, 0], 0.5, 18.021826694558577, 0.5, 0.5, 0.5],
  [[1, 0], [0.5, 0.5], 0.25, Math.LN2, 0, 0.5, 0.5],
  [
    [0, 1, 0, 1, 1, 0, 1, 0],
    [0.2, 0.2, 0.7, 0.7, 0.9, 0.1, 0.3, 0.3],
    0.2325,
    0.6455747489491624,
    0.2,
    0.71875,
    0.7095238095238094,
  ],
  [[1, 0, 0, 0, 1], [0.05, 0.1, 0.95, 0.3, 1], 0.381, 1.290700001340908, 0.42, 0.5, 0.7],
];

describe('probabilities over a run', () => {
  it.each(PROBABILITIES)('%j, answered %j', async (truth, answered, brier, logLoss, ece, roc, pr) => {
    const rows = truth.map((one, index): Row => [one === 1, JSON.stringify({ p: answered[index] })]);
    const options = { path: 'p' };
    expect(overRun('ece', options, rows)).toBeCloseTo(ece, 12);
    expect(overRun('roc-auc', options, rows)).toBeCloseTo(roc, 12);
    expect(overRun('pr-auc', options, rows)).toBeCloseTo(pr, 12);
    const mean = async (kind: string) => {
      let sum = 0;
      for (const [expected, output] of rows) sum += valueIn(await score(kind, options, output, expected)) ?? Number.NaN;
      return sum / rows.length;
    };
    expect(await mean('brier')).toBeCloseTo(brier, 12);
    expect(await mean('log-loss')).toBeCloseTo(logLoss, 9);
  });

  it('know the positive class', async () => {
    const options = { positive: 'spam' };
    expect(valueIn(await score('brier', options, '0.9', 'spam'))).toBeCloseTo(0.01, 12);
    expect(valueIn(await score('brier', options, '0.9', 'ham'))).toBeCloseTo(0.81, 12);
    expect(valueIn(await score('roc-auc', options, '0.9', 'ham'))).toBeCloseTo(0.1, 12);
    expect(await score('brier', {}, '0.9', 'ham')).toMatchObject({ outcome: 'unscored' });
    expect(await score('brier', {}, '0.9', '1')).toMatchObject({ score: null, passed: null });
  });

  it.each(['1.5', '-0.1', 'likely', '', '[0.5]', '90%'])('%j is none', async (output) => {
    expect(await score('brier', {}, output, true)).toMatchObject({ outcome: 'unscored' });
    expect(overRun('ece', {}, [[true, output]])).toBeNull();
  });

  it('have no area where there is one kind of sample only', () => {
    expect(overRun('roc-auc', {}, [[true, '0.5']])).toBeNull();
    expect(overRun('pr-auc', {}, [[false, '0.5']])).toBeNull();
  });

  it('have as many bins as asked for', () => {
    const rows: Row[] = [
      [true, '0.2'],
      [false, '0.4'],
    ];
    expect(overRun('ece', { bins: 1 }, rows)).toBeCloseTo(0.2, 12);
    expect(overRun('ece', { bins: 5 }, rows)).toBeCloseTo(0.6, 12);
  });

  it('have an area that a flip of all turns over', () => {
    const row = fc.tuple(fc.boolean(), fc.constantFrom(0, 0.25, 0.5, 0.75, 1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const one = overRun(
          'roc-auc',
          {},
          rows.map(([truth, p]): Row => [truth, String(p)]),
        );
        const other = overRun(
          'roc-auc',
          {},
          rows.map(([truth, p]): Row => [truth, String(1 - p)]),
        );
        if (typeof one === 'number') expect(one).toBeCloseTo(1 - (other ?? Number.NaN), 12);
        else expect(other).toBeNull();
      }),
    );
  });
});
