import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import type { ScoreOutcome } from '../../../../src/engine/metric/metric.ts';
import { type OwnPrograms, ownPrograms } from '../../../../src/node/programs/ownPrograms.ts';
import { openDatabase } from '../../../../src/node/store/database.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { inputOf, metricOf, PLAIN, tryMetric } from '../../engine/metric/scoring.ts';

const FIXTURE = `
CREATE TABLE city (name TEXT, country TEXT, people INTEGER, area REAL);
INSERT INTO city VALUES ('Bern', 'CH', 134000, 51.6), ('Basel', 'CH', 178000, 23.9), ('東京', 'JP', 14000000, 2194), ('Nowhere', NULL, NULL, NULL);
`;
const workspaces = temporaryWorkspaces();
const opened: OwnPrograms[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((programs) => programs.close(true)));
  workspaces.remove();
});

function place(files: { readonly [name: string]: string } = { 'evals/city.sql': FIXTURE }, trusted = true) {
  const root = workspaces.make(files);
  const programs = ownPrograms({ root, folder: path.join(root, 'evals'), trusted });
  opened.push(programs);
  return { root, tools: { ...PLAIN.tools, openProgram: programs.open } };
}

/** Scores outputs one after another on one database. */
async function scores(
  rows: readonly (readonly [output: string, expected: Json])[],
  options: object = {},
  given = place(),
): Promise<ScoreOutcome[]> {
  const metric = metricOf('sql-execution-match', { database: 'city.sql', timeout: '10s', ...options }, given);
  const outcomes: ScoreOutcome[] = [];
  for (const [output, expected] of rows) outcomes.push(await metric.score(inputOf(output, { expected })));
  return outcomes;
}

const SWISS = "SELECT name FROM city WHERE country = 'CH'";

describe('sql-execution-match', () => {
  it('compares the rows of two queries', async () => {
    const cases: [string, Json, boolean, string][] = [
      [SWISS, SWISS, true, 'The query gives 2 rows as expected.'],
      ["select c.name as n from city c where country in ('CH') order by name", SWISS, true, ''],
      [
        "SELECT name FROM city WHERE country = 'CH' ORDER BY name DESC",
        `${SWISS} ORDER BY name`,
        false,
        'row 1 is ["Bern"] instead of ["Basel"]',
      ],
      ['```sql\nSELECT count(*) FROM city;\n```', 'SELECT 4', true, ''],
      ['SELECT 1.0', 'SELECT 1', true, ''],
      ['SELECT 0.1 + 0.2', 'SELECT 0.3', true, ''],
      ["SELECT '1'", 'SELECT 1', false, 'is not expected'],
      ['SELECT name, people FROM city', 'SELECT people, name FROM city', false, 'is not expected'],
      ['SELECT name FROM city', 'SELECT name, people FROM city', false, 'it has 1 column instead of 2'],
      ['SELECT country FROM city', 'SELECT DISTINCT country FROM city', false, 'it has 4 rows instead of 3'],
      ["VALUES ('CH'), ('JP'), ('JP'), (NULL)", 'SELECT country FROM city', false, 'or not so often'],
      ['WITH x AS (SELECT 1 AS a) SELECT a FROM x', [[1]], true, ''],
      ['-- cities\nSELECT name FROM city WHERE people > 1000000', [{ name: '東京' }], true, ''],
      ["SELECT name FROM city WHERE country = 'CH'", '[["Basel"],["Bern"]]', true, ''],
      ['SELECT name FROM city WHERE 0', 'SELECT 1 WHERE 0', true, 'gives 0 rows'],
      ['SELECT NULL', [[null]], true, ''],
      ['SELECT 9007199254740993', [['9007199254740993']], true, ''],
      ["SELECT x'00ff', 9e999", [["x'00ff'", 'Infinity']], true, ''],
      ['SELECT nme FROM city', SWISS, false, 'The query does not work: No such column: nme.'],
      ['I cannot say.', SWISS, false, 'does not work'],
      ['', SWISS, false, 'does not work'],
    ];
    const outcomes = await scores(cases.map(([output, expected]) => [output, expected]));
    for (const [index, [, , passed, reason]] of cases.entries()) {
      expect(outcomes[index]).toMatchObject({ outcome: 'scored', passed });
      expect(outcomes[index]?.reason).toContain(reason);
    }
  });

  it('counts the order of rows when it is told to', async () => {
    const rows: [string, Json][] = [[`${SWISS} ORDER BY name`, [['Bern'], ['Basel']]]];
    expect(await scores(rows)).toMatchObject([{ passed: true }]);
    expect(await scores(rows, { ordered: true })).toMatchObject([{ passed: false }]);
    const byQuery: [string, Json][] = [[`${SWISS} ORDER BY name DESC`, `${SWISS} ORDER BY name`]];
    expect(await scores(byQuery, { ordered: false })).toMatchObject([{ passed: true }]);
  });

  it('runs nothing that writes, and no second statement', async () => {
    const { root, tools } = place();
    const outside = path.join(root, 'evals', 'new.db');
    const queries = [
      "DELETE FROM city WHERE country = 'CH'",
      'INSERT INTO city (name) VALUES (1) RETURNING name',
      'DROP TABLE city',
      `ATTACH '${outside}' AS other`,
      `VACUUM INTO '${outside}'`,
      'PRAGMA query_only = OFF',
      'PRAGMA table_list',
      'CREATE TEMP TABLE t AS SELECT 1',
      'SELECT 1; SELECT 2',
      "SELECT load_extension('x')",
      "SELECT writefile('x', 'y')",
    ];
    const outcomes = await scores(
      [...queries.map((query): [string, Json] => [query, SWISS]), [SWISS, SWISS]],
      {},
      { root, tools },
    );
    for (const outcome of outcomes.slice(0, -1)) {
      expect(outcome).toMatchObject({ outcome: 'scored', passed: false });
      expect(outcome.reason).toContain('does not work');
    }
    expect(outcomes.at(-1)).toMatchObject({ passed: true });
    expect(fs.readdirSync(path.join(root, 'evals'))).toEqual(['city.sql']);
  });

  it('ends a query that does not end, as often as there is one', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
    const rows: [string, Json][] = [
      ...Array.from({ length: 4 }, (): [string, Json] => [endless, [[1]]]),
      ['SELECT 1', [[1]]],
    ];
    const outcomes = await scores(rows, { timeout: '3s' });
    for (const outcome of outcomes.slice(0, -1)) {
      expect(outcome).toMatchObject({ outcome: 'scored', passed: false, reason: 'The query takes too long.' });
    }
    expect(outcomes.at(-1)).toMatchObject({ passed: true });
  }, 60_000);

  it('bounds what a query gives', async () => {
    const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    const [many, blob, large] = await scores([
      [numbers, [[1]]],
      ['SELECT zeroblob(400000000)', [[1]]],
      ['SELECT hex(zeroblob(1000000))', [[1]]],
    ]);
    expect(many?.reason).toContain('more than 10000 rows');
    expect(blob?.reason).toContain('more than 500000 characters');
    expect(large?.reason).toContain('more than 500000 characters');
  });

  it('reads a copy of a database, with a write-ahead log too', async () => {
    const { root, tools } = place({ 'evals/city.sql': FIXTURE });
    const file = path.join(root, 'evals', 'city.db');
    const database = openDatabase(file, { busyTimeoutMs: 0, readonly: false });
    database.pragma('journal_mode = WAL');
    database.exec(FIXTURE);
    database.close();
    const before = fs.readFileSync(file);
    const outcomes = await scores([[SWISS, SWISS]], { database: 'city.db' }, { root, tools });
    expect(outcomes).toMatchObject([{ passed: true }]);
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    expect(fs.readdirSync(path.join(root, 'evals')).sort()).toEqual(['city.db', 'city.sql']);
  });

  it('tells an expected query that is no use, and a database that is none, from a wrong answer', async () => {
    expect(await scores([['SELECT 1', 'SELECT nme FROM city']])).toMatchObject([
      { outcome: 'error', reason: 'The expected query is no use: No such column: nme.' },
    ]);
    expect(await scores([['SELECT 1', 'four']])).toMatchObject([{ outcome: 'unscored' }]);
    const broken = place({ 'evals/city.sql': 'CREATE TABEL x' });
    expect(await scores([['SELECT 1', [[1]]]], {}, broken)).toMatchObject([{ outcome: 'error' }]);
  });

  it('has the database in its signature', () => {
    const [one, other] = [FIXTURE, `${FIXTURE} `].map(
      (text) => metricOf('sql-execution-match', 'city.sql', place({ 'evals/city.sql': text })).signature,
    );
    expect(one).toMatch(/^sql-execution-match\|database:[0-9a-f]{8}\|v:1$/);
    expect(one).not.toBe(other);
  });

  it('opens nothing outside of the workspace, nor in one that is not trusted', () => {
    const { root, tools } = place();
    const outside = `${root}.sql`;
    fs.writeFileSync(outside, FIXTURE);
    try {
      for (const database of [path.relative(path.join(root, 'evals'), outside), 'none.sql']) {
        expect(tryMetric('sql-execution-match', { database }, { tools })).toHaveProperty('error');
      }
    } finally {
      fs.rmSync(outside);
    }
    const untrusted = place({ 'evals/city.sql': FIXTURE }, false);
    expect(tryMetric('sql-execution-match', 'city.sql', untrusted)).toMatchObject({
      error: expect.stringContaining('not trusted'),
    });
  });
});
