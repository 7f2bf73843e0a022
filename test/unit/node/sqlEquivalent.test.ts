import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/engine/json.ts';
import { createMetric } from '../../../src/engine/metric/createMetric.ts';
import { normaliseSql } from '../../../src/engine/metric/sql/normaliseSql.ts';
import { sqlTree } from '../../../src/node/sqlTree.ts';
import { openDatabase } from '../../../src/node/store/database.ts';
import { inputOf, PLAIN } from '../engine/metric/scoring.ts';

function score(output: string, expected: unknown, options: object = {}) {
  const declared = { kind: 'sql-equivalent', name: 'sql', options, weight: 1, gate: false };
  const metric = createMetric(declared, { ...PLAIN, tools: { ...PLAIN.tools, sqlTree } });
  if ('error' in metric) throw new Error(metric.error);
  return metric.score(inputOf(output, { expected: expected as string }));
}

const SAME: readonly (readonly [string, string])[] = [
  ['SELECT a FROM t', 'select  a -- the name\nfrom t;'],
  ['select t.a from t', 'select x.a from t as x'],
  ['select a from t where a = 1 and b = 2', 'select a from t where (b = 2) and ((1 = a))'],
  ['select a from t where a > 1 or (b < 2 or c = 3)', 'select a from t where c = 3 or 1 < a or b < 2'],
  ['select a from t where a between 1 and 2 and b = 1', 'select a from t where b = 1 and a >= 1 and a <= 2'],
  ['select a from t where a in (1, 2, 3)', 'select a from t where a in (3, 2, 1, 1)'],
  ['select a from t where a <> 1', 'select a from t where 1 != a'],
  ['select a + b from t', 'select b + a as total from t'],
  ['select a as x from t order by x', 'select a from t order by 1 asc'],
  [
    'select o.id from orders o join users u on o.u = u.id where u.x = 1',
    'select orders.id from users, orders where users.x = 1 and users.id = orders.u',
  ],
  ['select u.a from t u left outer join s on s.id = u.id', 'select t.a from t left join s as k on t.id = k.id'],
  [
    'select a from t where exists (select 1 from s where s.id = t.id)',
    'select x.a from t x where exists (select 1 from s y where x.id = y.id)',
  ],
  ['select p.a, q.a from t p join t q on p.id = q.up', 'select m.a, n.a from t m join t n on n.up = m.id'],
  ['select `a` from [t] where "b" == 1', 'select a from t where b = 1'],
  [
    'with k as (select a from t where b > 1) select a from k',
    'with k as (select a from t where 1 < b) select k.a from k',
  ],
  ['delete from t where a = 1', 'DELETE FROM t WHERE 1 = a'],
];

const OTHER: readonly (readonly [string, string])[] = [
  ['select a from t', 'select b from t'],
  ['select a, b from t', 'select b, a from t'],
  ['select a from t', 'select distinct a from t'],
  ['select a from t where a < 1', 'select a from t where a > 1'],
  ['select a from t where a - b = 1', 'select a from t where b - a = 1'],
  ['select a from t where a = 1 and b = 2 or c = 3', 'select a from t where a = 1 and (b = 2 or c = 3)'],
  ['select a from t order by a', 'select a from t order by a desc'],
  ['select a from t limit 1', 'select a from t limit 2'],
  ["select a from t where a = '1'", 'select a from t where a = 1'],
  ["select 'A' from t", "select 'a' from t"],
  ['select a from t union select a from s', 'select a from t union all select a from s'],
  ['select * from t, s', 'select * from s, t'],
  ['select t.a from t left join s on t.id = s.id', 'select t.a from t join s on t.id = s.id'],
  [
    'select t.a from t left join s on t.id = s.id and s.b = 1',
    'select t.a from t left join s on t.id = s.id where s.b = 1',
  ],
  [
    'select a from t where exists (select 1 from s where s.id = t.id)',
    'select a from t where exists (select 1 from s where s.id = s.id)',
  ],
  ['select p.a from t p join t q on p.id = q.up', 'select p.a from t p join t q on q.id = p.up'],
  ['select count(a) from t', 'select count(distinct a) from t'],
  ['select a as b from t group by b', 'select a from t group by b'],
  ['select a from t where not (a = 1)', 'select a from t where a = 1'],
  ['delete from t where a = 1', 'select a from t where a = 1'],
  ['select a from t where a in (1, 2)', 'select a from t where a not in (1, 2)'],
];

describe('sql-equivalent', () => {
  it.each(SAME)('%s = %s', async (left, right) => {
    expect(await score(left, right)).toMatchObject({ outcome: 'scored', passed: true });
    expect(await score(right, left)).toMatchObject({ outcome: 'scored', passed: true });
  });

  it.each(OTHER)('%s ≠ %s', async (left, right) => {
    expect(await score(left, right)).toMatchObject({ outcome: 'scored', passed: false, value: 0 });
    expect(await score(right, left)).toMatchObject({ outcome: 'scored', passed: false });
  });

  it.each([
    ['I cannot help with that.', 'select 1', 'fail', 'The output is no statement'],
    ['', 'select 1', 'fail', 'The output is no statement'],
    ['```sql\nselect 1\n```', 'select 1', 'pass', 'says the same'],
    ['select a from t', ['select b from t', 'select a from t'], 'pass', 'says the same'],
    ['select 1; select 2', 'select 1', 'unscored', '2 statements'],
    ['select from where', 'select 1', 'unscored', 'The output cannot be read'],
    ['select 1', 'select from', 'unscored', 'The expected statement cannot be read'],
    ['select 9007199254740993', 'select 9007199254740992', 'unscored', 'more digits'],
    [`select ${'1 + '.repeat(6_000)}1`, 'select 1', 'unscored', 'more than 20000'],
  ])('%j', async (output, expected, end, reason) => {
    const outcome = await score(output, expected);
    expect(outcome.reason).toContain(reason);
    const passed = outcome.outcome === 'scored' ? (outcome.passed ? 'pass' : 'fail') : outcome.outcome;
    expect(passed).toBe(end);
  });
});

describe('two statements with one normal form', () => {
  const database = openDatabase(':memory:', { readonly: false, busyTimeoutMs: 0 });
  afterAll(() => void database.close());
  database.exec(`CREATE TABLE t (id INTEGER, a INTEGER, b INTEGER); CREATE TABLE s (id INTEGER, a INTEGER, b INTEGER);
    INSERT INTO t VALUES (1, 1, 2), (2, 2, 1), (3, NULL, 3), (3, 1, NULL); INSERT INTO s VALUES (1, 2, 2), (3, 1, 1), (4, NULL, 2);`);

  // So few that equivalent ones come up often.
  const operand = fc.constantFrom('t.a', 's.b', '1');
  const comparison = fc
    .tuple(operand, fc.constantFrom('=', '<', '>', '<=', '>='), operand)
    .map((parts) => parts.join(' '));
  const condition = fc.oneof(
    { weight: 3, arbitrary: comparison },
    fc.tuple(comparison, fc.constantFrom('and', 'or'), comparison).map((parts) => parts.join(' ')),
    fc.tuple(operand, operand, operand).map(([value, low, high]) => `${value} between ${low} and ${high}`),
    fc.tuple(operand, operand, operand).map(([value, x, y]) => `${value} in (${x}, ${y})`),
    comparison.map((inner) => `not (${inner})`),
  );
  const query = fc
    .record({
      columns: fc.constantFrom('t.a', 's.b', 't.a + s.b', 's.b + t.a', 't.a - s.b', 's.b - t.a'),
      join: fc.constantFrom('t, s', 's, t', 't join s', 's join t', 't left join s', 's left join t', 't cross join s'),
      on: comparison,
      where: fc.option(condition, { nil: null }),
    })
    .map(({ columns, join, on, where }) => {
      const isBare = join.includes(',') || join.includes('cross');
      const conditions = [isBare ? on : null, where].filter((each) => each !== null).map((each) => `(${each})`);
      const end = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
      return `select ${columns} from ${join}${isBare ? '' : ` on ${on}`}${end}`;
    });
  const formOf = (text: string) => {
    const read = sqlTree(text);
    if ('error' in read) throw new Error(`${text}: ${read.error}`);
    return canonicalJson(normaliseSql(read.tree));
  };
  const rowsOf = (text: string) =>
    (database.prepare(text).raw().all() as unknown[][]).map((row) => JSON.stringify(row)).sort();

  it('give the same rows', () => {
    const forms = new Map<string, { text: string; rows: string[] }>();
    let met = 0;
    fc.assert(
      fc.property(query, (text) => {
        const form = formOf(text);
        const rows = rowsOf(text);
        const known = forms.get(form);
        if (known && known.text !== text) {
          met += 1;
          expect(rows, `${known.text} | ${text}`).toEqual(known.rows);
        }
        forms.set(form, { text, rows });
      }),
      { numRuns: 2_500, seed: 7 },
    );
    // Otherwise nothing was tried.
    expect(met).toBeGreaterThan(100);
  });
});
