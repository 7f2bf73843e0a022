import { describe, expect, it } from 'vitest';
import { rowDifference } from '../../../../src/engine/metric/sql/sqlRows.ts';
import { isOrdered, looksLikeQuery, withoutFence } from '../../../../src/engine/metric/sql/sqlText.ts';

describe('the text of a query', () => {
  it.each([
    ['SELECT a FROM t ORDER BY a', true],
    ['select a from t order\n  by a', true],
    ['SELECT a FROM (SELECT a FROM t ORDER BY a)', false],
    ['SELECT row_number() OVER (ORDER BY a) FROM t', false],
    ["SELECT 'x order by y'", false],
    ['SELECT 1 -- order by a', false],
    ['SELECT 1 /* order by a */', false],
    ['SELECT "order by", [order by], `order by` FROM t', false],
    ['SELECT (1) ORDER BY 1', true],
    ["SELECT 'it''s' ORDER BY 1", true],
    ['SELECT 1 - 2 / 3 ORDER BY 1', true],
    ["SELECT 'open order by", false],
  ])('%j orders its rows: %s', (query, ordered) => {
    expect(isOrdered(query)).toBe(ordered);
  });

  it.each([
    ['-- a\n/* b */ select 1', true],
    ['WITH x AS (SELECT 1) SELECT * FROM x', true],
    ['VALUES (1)', true],
    ['selection of cities', false],
    ['PRAGMA table_list', false],
    ['', false],
  ])('%j is a query: %s', (text, is) => {
    expect(looksLikeQuery(text)).toBe(is);
  });

  it.each([
    ['```sql\nSELECT 1;\n```\n', 'SELECT 1;'],
    ['```\nSELECT 1\n```', 'SELECT 1'],
    [' SELECT 1 ', 'SELECT 1'],
    ['Here:\n```sql\nSELECT 1\n```', 'Here:\n```sql\nSELECT 1\n```'],
    ['```sql\nSELECT 1\n```\nor\n```sql\nSELECT 2\n```', '```sql\nSELECT 1\n```\nor\n```sql\nSELECT 2\n```'],
    ['```', '```'],
  ])('%j without its fence', (text, query) => {
    expect(withoutFence(text)).toBe(query);
  });

  it('may be very long', () => {
    for (const piece of ["'", '(', '/*', '-', '"a', "''", '[']) {
      expect(isOrdered(`SELECT 1 ORDER BY 1 ${piece.repeat(50_000)}`)).toBe(true);
    }
  });
});

describe('rows', () => {
  it.each([
    [[], [], false, null],
    [[[0.1 + 0.2]], [[0.3]], true, null],
    [[[-0]], [[0]], true, null],
    [[[1, 2]], [[2, 1]], false, '[1,2] is not expected, or not so often'],
    [[[1], [2]], [[2], [1]], false, null],
    [[[1], [2]], [[2], [1]], true, 'row 1 is [1] instead of [2]'],
    [[[1], [1]], [[1], [2]], false, '[1] is not expected, or not so often'],
    [[[1]], [[1, 2]], false, 'it has 1 column instead of 2'],
    [[], [[1, 2]], false, 'it has 0 rows instead of 1'],
    [[['1']], [[1]], false, '["1"] is not expected, or not so often'],
    [[[1.0000000001]], [[1]], false, '[1.0000000001] is not expected, or not so often'],
  ])('%j, expected %j, in order %s', (got, expected, ordered, difference) => {
    expect(rowDifference(got, expected, ordered)).toBe(difference);
  });
});
