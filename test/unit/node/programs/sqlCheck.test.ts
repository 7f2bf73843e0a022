import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { statementKind } from '../../../../src/engine/metric/sql/sqlText.ts';
import { type OwnPrograms, ownPrograms } from '../../../../src/node/programs/ownPrograms.ts';
import { checkStatement } from '../../../../src/node/programs/sqlCheck.ts';
import { openDatabase } from '../../../../src/node/store/database.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { inputOf, metricOf, PLAIN } from '../../engine/metric/scoring.ts';

const FIXTURE = `
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, salary REAL);
CREATE TABLE city (id INTEGER, name TEXT UNIQUE, people INTEGER);
CREATE VIEW names AS SELECT name FROM person;
CREATE TABLE secret (word TEXT);
INSERT INTO city VALUES (1, 'Bern', 134000);
`;

const workspaces = temporaryWorkspaces();
const opened: OwnPrograms[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((programs) => programs.close(true)));
  workspaces.remove();
});

const memory = () => openDatabase(':memory:', { busyTimeoutMs: 0, readonly: false });

function check(query: string, allow: readonly string[] | null): object {
  const database = memory();
  database.exec(FIXTURE);
  try {
    return checkStatement(database, query, allow, memory);
  } finally {
    database.close();
  }
}

describe('checkStatement', () => {
  const ALLOW = ['city', 'person.name', 'names'];
  it.each<[string, string | null]>([
    ['SELECT * FROM city', null],
    ['SELECT name FROM person', null],
    ['SELECT p.name FROM person AS p JOIN city c ON c.name = p.name', null],
    ['SELECT name FROM names', null],
    ['SELECT count(*) FROM person', null],
    ["SELECT 'salary', 'sqlite_master' -- secret", null],
    ['WITH secret AS (SELECT 1 AS word) SELECT word FROM secret', null],
    ["SELECT value FROM json_each('[1]')", null],
    ["INSERT INTO city VALUES (2, 'Basel', 1) ON CONFLICT(name) DO NOTHING", null],
    ['SELECT salary FROM person', 'no such column: salary'],
    ['SELECT name FROM person WHERE salary > 1', 'no such column: salary'],
    ['SELECT name FROM person ORDER BY "salary"', 'no such column'],
    ['SELECT rowid FROM person', 'no such column: rowid'],
    ['SELECT * FROM person', 'all columns by *'],
    ['SELECT x.salary FROM (SELECT * FROM person) x', 'no such column: x.salary'],
    ['SELECT name FROM city NATURAL JOIN person', 'NATURAL JOIN'],
    ['SELECT * FROM secret', 'no such table: secret'],
    ['SELECT 1 FROM city WHERE EXISTS (SELECT 1 FROM main.secret)', 'no such table: main.secret'],
    ['SELECT name FROM city UNION SELECT word FROM [secret]', 'no such table: secret'],
    ["INSERT INTO person VALUES (1, 'a', 2)", 'has 1 columns but 3 values'],
    ['SELECT sql FROM sqlite_master', 'it uses sqlite_master'],
    ['SELECT sql FROM "sqlite_schema"', 'it uses sqlite_schema'],
    ["SELECT * FROM pragma_table_info('secret')", 'it uses pragma_table_info'],
  ])('%s: %s', (query, stranger) => {
    const said = check(query, ALLOW);
    if (stranger === null) expect(said).toEqual({ kind: statementKind(query) });
    else expect(said).toMatchObject({ stranger: expect.stringContaining(stranger) });
  });

  it('says which entry of the list is not there', () => {
    expect(check('SELECT 1', ['town'])).toEqual({ unknown: 'town' });
    expect(check('SELECT 1', ['city.colour'])).toEqual({ unknown: 'city.colour' });
  });

  it('leaves all alone without a list', () => {
    expect(check('SELECT sql FROM sqlite_master', null)).toEqual({ kind: 'select' });
    expect(check('PRAGMA table_info(city)', null)).toHaveProperty('refused');
  });
});

describe('statementKind', () => {
  it.each([
    ['SELECT 1', 'select'],
    [' ;values (1)', 'select'],
    ['WITH a AS (SELECT 1) DELETE FROM t', 'delete'],
    ['with delete_me as (select 1) select * from delete_me', 'select'],
    ['/* drop */ update t set a = 1', 'update'],
    ['REPLACE INTO t VALUES (1)', 'insert'],
    ['PRAGMA user_version = 3', null],
    ['EXPLAIN SELECT 1', null],
    ['drop table t', null],
    ['selection', null],
    ['', null],
  ])('%j: %s', (text, kind) => {
    expect(statementKind(text)).toBe(kind);
  });
});

describe('is-sql', () => {
  it('prepares and runs nothing', async () => {
    const root = workspaces.make({ 'evals/city.sql': FIXTURE });
    const programs = ownPrograms({ root, folder: path.join(root, 'evals'), trusted: true });
    opened.push(programs);
    const tools = { ...PLAIN.tools, openProgram: programs.open };
    const say = async (output: string, options: object = {}) =>
      metricOf('is-sql', { database: 'city.sql', timeout: '20s', ...options }, { tools }).score(inputOf(output));
    expect(await say('```sql\nSELECT name FROM city;\n```')).toMatchObject({
      passed: true,
      reason: 'The output is a statement that SQLite takes: SELECT.',
    });
    expect((await say('SELECT nam FROM city')).reason).toBe(
      'The output is no statement for this database: No such column: nam.',
    );
    expect((await say('DELETE FROM city')).reason).toBe('The statement is DELETE, but allowed is only: SELECT.');
    expect(await say('DELETE FROM city', { statements: ['delete'] })).toMatchObject({ passed: true });
    expect(await say('SELECT count(*) FROM city')).toMatchObject({ passed: true });
    expect(await say('SELECT 1; SELECT 2')).toMatchObject({ passed: false });
    expect(await say('Here is your query')).toMatchObject({ passed: false });
    expect(await say('')).toMatchObject({ passed: false });
    expect(await say('\ud800 猫 😀')).toMatchObject({ passed: false });
    expect((await say('SELECT * FROM secret', { allow: ['city'] })).reason).toBe(
      'The statement uses more than is allowed: No such table: secret.',
    );
    expect(await say('SELECT 1', { allow: ['town'] })).toMatchObject({ outcome: 'error' });
    expect(await say(`SELECT ${'('.repeat(90_000)}`)).toMatchObject({ passed: false });
  });
});
