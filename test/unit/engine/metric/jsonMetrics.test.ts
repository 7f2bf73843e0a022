import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { bestAssignment } from '../../../../src/engine/metric/structured/assignment.ts';
import { metricTools } from '../../../../src/node/metricTools.ts';
import { corpusOf, inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

// JSONDiff of autoevals 0.3.0 with its defaults.
const DIFFS: readonly (readonly [Json, Json, number])[] = [
  [{ a: 1 }, { a: 2 }, 0.6666666666666667],
  [{ a: 1 }, ['a', 1], 0.5714285714285714],
  [{ a: 1 }, { a: 1 }, 1],
  [{}, {}, 1],
  [[], [], 1],
  [{ a: 1 }, {}, 0],
  [[1, 2, 3], [1, 2], 0.6666666666666666],
  [['abc', 'x'], ['abd'], 0.33333333333333337],
  [[null], [null], 1],
  [[null], [1], 0],
  [{ a: null }, {}, 1],
  [{ a: null }, { a: 1 }, 0],
  [{ name: 'Ann', age: 30 }, { name: 'Anna', age: 31 }, 0.8668032786885246],
  [{ a: { b: [1, { c: '猫は' }] } }, { a: { b: [1, { c: '猫が' }] } }, 0.75],
  [[true], [true], 1],
  [[true], [false], 0.19999999999999996],
  [[true], [1], 0],
  [['1'], [1], 0.33333333333333337],
  [['{"a":1}'], [{ a: 1 }], 1],
  [[0], [0], 1],
  [[-1], [1], 0],
  [[3], [-4], 0],
  [{ a: 1, b: 2, c: 3 }, { c: 3, b: 2, a: 1 }, 1],
  [[1, 2], [2, 1], 0.6666666666666667],
  [[{ a: 'x' }, { a: 'y' }], [{ a: 'x' }, { a: 'z' }], 0.5],
  [{ a: '12' }, { a: 12 }, 0.5],
  [['12'], ['13'], 0.5],
];

describe('json-diff', () => {
  it.each(DIFFS)('%j, expected %j', async (got, expected, value) => {
    expect(valueIn(await score('json-diff', {}, JSON.stringify(got), expected))).toBeCloseTo(value, 12);
    const spelled = JSON.stringify(expected);
    expect(valueIn(await score('json-diff', {}, JSON.stringify(got), spelled))).toBeCloseTo(value, 12);
  });

  it('keeps texts that spell JSON on demand', async () => {
    const outcome = await score('json-diff', { parseTexts: false }, '["{\\"a\\":1}"]', [{ a: 1 }]);
    expect(valueIn(outcome)).toBeCloseTo(0.6363636363636364, 12);
  });

  it('counts code points', async () => {
    expect(valueIn(await score('json-diff', {}, '["😀a"]', ['a']))).toBe(0.5);
  });

  it('is 1 for the value itself, within 0..1 for any, and the same both ways', async () => {
    await fc.assert(
      fc.asyncProperty(json, json, async (a, b) => {
        expect(valueIn(await score('json-diff', {}, JSON.stringify([a]), [a]))).toBe(1);
        const [there, back] = [
          await score('json-diff', {}, JSON.stringify([a]), [b]),
          await score('json-diff', {}, JSON.stringify([b]), [a]),
        ];
        expect(valueIn(there)).toBeGreaterThanOrEqual(0);
        expect(valueIn(there)).toBeLessThanOrEqual(1);
        expect(valueIn(there)).toBeCloseTo(valueIn(back) ?? Number.NaN, 12);
      }),
    );
  });

  it('says where the values differ', async () => {
    const outcome = await score('json-diff', {}, '{"items":[{"price":12,"name":"x"}]}', {
      items: [{ price: 13, name: 'x' }],
    });
    expect(outcome.reason).toBe('Alike to 0.98: `items.0.price` is 12 instead of 13.');
  });

  it.each([
    ['not JSON', {}, [1], 'The output is not JSON: "not JSON".'],
    ['{"a":1}', { path: 'b' }, [1], 'The output has nothing at `b`.'],
  ])('%s scores 0', async (output, options, expected, reason) => {
    expect(await score('json-diff', options, output, expected)).toMatchObject({ value: 0, reason });
  });

  it.each([
    ['nested too deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['too long', JSON.stringify(['ab'.repeat(500_000)])],
  ])('gives up on what is %s', async (_, output) => {
    const expected = output.startsWith('["') ? ['ba'.repeat(499_000)] : (JSON.parse(output) as Json);
    const outcome = await metricOf('json-diff').score(inputOf(output, { expected }));
    expect(outcome).toMatchObject({ outcome: 'unscored' });
  });

  it('takes the names of prototypes for names', async () => {
    const output = '{"__proto__": 1, "constructor": 2}';
    expect(valueIn(await score('json-diff', {}, output, {}))).toBe(0);
    expect(valueIn(await score('json-diff', {}, output, output))).toBe(1);
  });
});

// ListContains of autoevals 0.3.0; the last number with allowExtraEntities.
const LISTS: readonly (readonly [string[], string[], number, number])[] = [
  [['foo'], ['foo'], 1, 1],
  [['foo', 'bar'], ['foo', 'bar', 'baz'], 0.6666666666666666, 0.6666666666666666],
  [['foo', 'bar', 'baz'], ['foo', 'bar'], 0.6666666666666666, 1],
  [['workspaces', 'section', 'view'], ['view', 'section', 'columns'], 0.7333333333333334, 0.7333333333333334],
  [[], [], 1, 1],
  [[], ['a'], 0, 0],
  [['a'], [], 0, 0],
  [['abc', 'abd'], ['abd', 'abe'], 0.8333333333333334, 0.8333333333333334],
  [['ab', 'ac', 'ad'], ['ad', 'ac', 'ab'], 1, 1],
  [['kitten', 'sitting'], ['sitting', 'kitchen', 'mitten'], 0.6111111111111112, 0.6111111111111112],
  [['猫', '犬'], ['犬', '鳥'], 0.5, 0.5],
  [['a', 'a'], ['a'], 0.5, 1],
  [['x'], ['y'], 0, 0],
];

describe('list-contains', () => {
  it.each(LISTS)('%j, expected %j', async (got, expected, value, free) => {
    expect(valueIn(await score('list-contains', {}, JSON.stringify(got), expected))).toBeCloseTo(value, 12);
    const options = { allowExtra: true };
    expect(valueIn(await score('list-contains', options, JSON.stringify(got), expected))).toBeCloseTo(free, 12);
  });

  it('pairs objects by what is in them', async () => {
    const outcome = await score('list-contains', {}, '[{"n":2},{"n":1}]', [{ n: 1 }, { n: 2 }]);
    expect(outcome).toMatchObject({ value: 1 });
  });

  it.each([
    ['{"a":1}', ['a'], 0, 'The output is not a list'],
    ['[1]', 'a', null, 'The expected value is not a list.'],
    [JSON.stringify(Array.from({ length: 2000 }, String)), Array.from({ length: 2000 }, String), null, 'too long'],
  ])('%s, expected %j', async (output, expected, value, reason) => {
    const outcome = await score('list-contains', {}, output, expected);
    expect(valueIn(outcome)).toBe(value);
    expect(outcome.reason).toContain(reason);
  });

  it('has the best of all pairings', () => {
    const size = fc.integer({ min: 1, max: 5 });
    const table = fc
      .tuple(size, size)
      .chain(([rows, columns]) =>
        fc.tuple(
          fc.constant(rows),
          fc.constant(columns),
          fc.array(fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75, 0.9, 1), { minLength: 25, maxLength: 25 }),
        ),
      );
    fc.assert(
      fc.property(table, ([rows, columns, given]) => {
        const values = Float64Array.from(given.slice(0, rows * columns));
        const best = (row: number, used: number): number => {
          if (row === rows) return 0;
          let most = rows > columns ? best(row + 1, used) : -Infinity;
          for (let column = 0; column < columns; column += 1) {
            if (used & (1 << column)) continue;
            most = Math.max(most, (values[row * columns + column] ?? 0) + best(row + 1, used | (1 << column)));
          }
          return most;
        };
        const assigned = [...bestAssignment(values, rows, columns)];
        const columnsUsed = assigned.filter((column) => column >= 0);
        expect(new Set(columnsUsed).size).toBe(Math.min(rows, columns));
        const sum = assigned.reduce(
          (total, column, row) => total + (column < 0 ? 0 : (values[row * columns + column] ?? 0)),
          0,
        );
        expect(sum).toBeCloseTo(best(0, 0), 12);
      }),
    );
  });
});

describe('field-f1', () => {
  it.each<readonly [object, Json, Json, number]>([
    [{}, { a: 'x', b: 2 }, { a: 'x', b: 2 }, 1],
    [{}, { a: 'x', b: 2 }, { a: 'x', b: 3 }, 0.5],
    [{}, { a: 'x' }, { a: 'x', b: 3 }, 2 / 3],
    [{ measure: 'precision' }, { a: 'x' }, { a: 'x', b: 3 }, 1],
    [{ measure: 'recall' }, { a: 'x' }, { a: 'x', b: 3 }, 0.5],
    [{}, { b: { c: [1, 2] } }, { b: { c: [2, 1] } }, 1],
    [{ ordered: true }, { b: { c: [1, 2] } }, { b: { c: [2, 1] } }, 0],
    [{}, [{ n: 'a', v: 1 }], [{ v: 1, n: 'a' }], 1],
    [{}, { a: ['x', 'x'] }, { a: ['x'] }, 2 / 3],
    [{}, { a: 12, b: true, c: 'x' }, { a: '12', b: 'true', c: 'x' }, 1],
    [{}, { a: [12, '12'] }, { a: ['12', '12'] }, 1],
    [{}, { a: null, b: '' }, {}, 1],
    [{}, { a: null }, { a: 1 }, 0],
    [{}, { a: 1 }, { a: null }, 0],
    [{}, {}, { a: 1 }, 0],
    [{}, { a: '猫 ', b: 'ＡＢ' }, { a: '猫', b: 'ab' }, 0],
    [{ ignoreCase: true }, { a: '猫 ', b: 'ＡＢ' }, { a: '猫', b: 'ab' }, 1],
    [{}, JSON.parse('{"__proto__":1}') as Json, { a: 1 }, 0],
    [{}, { '0': 'x' }, ['x'], 0],
    [{ ordered: true }, { '0': 'x' }, ['x'], 0],
    [{}, { '[]': 'x' }, ['x'], 0],
  ])('%j: %j, expected %j', async (options, got, expected, value) => {
    expect(valueIn(await score('field-f1', options, JSON.stringify(got), expected))).toBeCloseTo(value, 12);
  });

  it('says the first field that is missed', async () => {
    const outcome = await score('field-f1', {}, '{"items":[{"name":"a"}]}', { items: [{ name: 'a' }, { name: 'b' }] });
    expect(outcome.reason).toBe('F1 0.6667: 1 right of 1 field, 2 expected; the first one missed: `items[].name` "b".');
  });

  it('counts the fields of a run together; an output that is not JSON has none', () => {
    const rows: readonly (readonly [string, Json])[] = [
      ['{"a":1,"b":2,"c":3}', { a: 1, b: 2, c: 4 }],
      ['{"a":1}', { a: 1, b: 1 }],
      ['sorry', { a: 1 }],
    ];
    const inputs = rows.map(([output, expected]) => inputOf(output, { expected }));
    expect(corpusOf(metricOf('field-f1'), inputs)).toBe((2 * 3) / (4 + 6));
    expect(corpusOf(metricOf('field-f1', { measure: 'precision' }), inputs)).toBe(3 / 4);
    expect(corpusOf(metricOf('field-f1', { measure: 'recall' }), inputs)).toBe(3 / 6);
    expect(corpusOf(metricOf('field-f1'), [inputOf('{}')])).toBeNull();
  });

  it('is 1 for the value itself and symmetric', async () => {
    await fc.assert(
      fc.asyncProperty(json, json, async (a, b) => {
        expect(valueIn(await score('field-f1', {}, JSON.stringify({ x: 1, a }), { x: 1, a }))).toBe(1);
        const there = valueIn(await score('field-f1', {}, JSON.stringify({ a }), { a: b }));
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('reads what is nested as deep as it is long', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(await score('field-f1', {}, deep, { a: 1 })).toMatchObject({ value: 0 });
  });
});

describe.each([
  ['json-match', '{"a":1,"b":[2]}', { b: [2], a: 1 }, true],
  ['json-match', '{"a":1}', { a: 1, b: 2 }, false],
  ['json-match', '{"a":1}', [{ a: 2 }, { a: 1 }], true],
  ['json-match', '{"a":1}', ['{"a":1}', '{"a":2}'], true],
  ['json-match', '[1,2]', [1, 2], true],
  ['json-match', '[1,2]', [[1, 2], [3]], true],
  ['json-match', '{"a":1', { a: 1 }, false],
  ['json-match', '{"a":"1"}', { a: 1 }, false],
  ['key-set', '{"a":1,"b":2}', ['b', 'a'], true],
  ['key-set', '{"a":1,"b":2}', { a: null, b: null }, true],
  ['key-set', '{"a":1}', ['b', 'a'], false],
  ['key-set', '{"a":1,"b":2,"__proto__":3}', ['b', 'a'], false],
  ['key-set', '[1]', ['0'], false],
  ['key-set', 'x', ['a'], false],
] as const)('%s', (kind, output, expected, passes) => {
  it(`${output}, expected ${JSON.stringify(expected)}: ${passes}`, async () => {
    expect(await score(kind, {}, output, expected as unknown as Json)).toMatchObject({ passed: passes });
  });
});

describe('key-set', () => {
  it.each([
    ['at-least', '{"a":1,"x":2}', true],
    ['at-least', '{"x":2}', false],
    ['at-most', '{}', true],
    ['at-most', '{"x":2}', false],
  ])('%s %s', async (mode, output, passes) => {
    expect(await score('key-set', { mode }, output, ['a'])).toMatchObject({ passed: passes });
  });

  it('names what is missing and what is too much', async () => {
    const { reason } = await score('key-set', {}, '{"b":1}', ['a']);
    expect(reason).toBe('Missing: "a"; not expected: "b".');
    expect(await score('key-set', {}, '{}', 7)).toMatchObject({ outcome: 'unscored' });
  });
});

describe('numbers', () => {
  // 1 - |e - o| / (|e| + |o|), by hand.
  it.each([
    ['0', 0, 1],
    ['1', 2, 2 / 3],
    ['-1', 1, 0],
    ['about 90 of them', '100', 1 - 10 / 190],
    ['1,000', 1000, 1],
    ['1e308', 1e308, 1],
    ['1.5e308', 0.5e308, 0.5],
    ['1e999', 5, 0],
    ['two', 2, 0],
    ['7', [1, 7], 1],
    ['７', 7, 1],
  ])('numeric-diff of %s, expected %j', async (output, expected, value) => {
    expect(valueIn(await score('numeric-diff', {}, output, expected))).toBeCloseTo(value, 12);
  });

  // math.isclose of Python 3.11 on the same numbers.
  it.each([
    [1, 1, {}, true],
    [1, 1 + 1e-10, {}, true],
    [1, 1.0001, {}, false],
    [100, 105, { rel: 0.05 }, true],
    [100, 95, { rel: 0.05 }, true],
    [100, 106, { rel: 0.05 }, false],
    [0, 1e-12, {}, false],
    [0, 1e-12, { abs: 1e-9 }, true],
    [-5, 5, { rel: 1.9 }, false],
    [-5, 5, { rel: 2 }, true],
    [10, 10.5, { abs: 0.5 }, true],
    [10, 10.51, { abs: 0.5 }, false],
    [1e300, 1.0000000001e300, {}, true],
  ])('number-close of %d, expected %d within %j: %s', async (got, expected, options, passes) => {
    expect(await score('number-close', options, String(got), expected)).toMatchObject({ passed: passes });
    const path = { ...options, path: 'n' };
    expect(await score('number-close', path, JSON.stringify({ n: got }), expected)).toMatchObject({ passed: passes });
  });

  it('reads infinity as nothing near a number', async () => {
    expect(await score('number-close', { rel: 0.5 }, '[1e999]', 1)).toMatchObject({ passed: false });
    expect(await score('number-close', { path: 'n' }, '{"n":1e999}', 1e308)).toMatchObject({ passed: false });
  });

  it.each(['numeric-diff', 'number-close'])('%s cannot do without an expected number', async (kind) => {
    expect(await score(kind, {}, '1', 'many')).toMatchObject({ outcome: 'unscored' });
    expect(await score(kind, {}, '1')).toMatchObject({ outcome: 'unscored' });
    expect(await score(kind, {}, '9'.repeat(1_000_000).concat('x'), 1)).toMatchObject({ outcome: 'scored' });
  });
});

describe('contains-json', async () => {
  const tools = await metricTools([{ kind: 'contains-json' }]);
  const schema = { type: 'object', required: ['a'] };

  it.each([
    ['{"a":1}', true],
    ['Here it is:\n```json\n{"a": [1, "}"]}\n```\nDone.', true],
    ['so {"a":"\\"}"} there', true],
    ['{see {"a":1}}', true],
    ['["x", "y"] are two', true],
    ['[1, 2]', true],
    ['Two:\n  [1, 2]\n', true],
    ['as shown in [1] and [2]', false],
    ['- [ ] to do', false],
    ['{a: 1}', false],
    ['{"a": 1', false],
    ['"text"', false],
    ['{"a" 1} [}', false],
    ['', false],
    ['函数 {"名": "猫"}。', true],
  ])('%j: %s', async (output, passes) => {
    expect(await score('contains-json', {}, output, undefined, { tools })).toMatchObject({ passed: passes });
  });

  it.each([
    ['{"b":1} {"a":1}', true],
    ['{"b":1}', false],
  ])('%s with a schema: %s', async (output, passes) => {
    expect(await score('contains-json', { schema }, output, undefined, { tools })).toMatchObject({ passed: passes });
  });

  it('refuses a schema that is wrong, and gives up on a million brackets', async () => {
    expect(tryMetric('contains-json', { schema: { type: 'nothing' } }, { tools })).toHaveProperty('error');
    const outcome = await score('contains-json', {}, '[['.repeat(500_000), undefined, { tools });
    expect(outcome).toMatchObject({ outcome: 'unscored' });
  });
});
