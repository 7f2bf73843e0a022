import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase, runtimeProblem } from '../../../../src/node/store/database.ts';
import { openHistory, readHistory } from '../../../../src/node/store/history.ts';
import { historyPath } from '../../../../src/node/store/historyFile.ts';
import { MIGRATIONS, migrate, userVersion } from '../../../../src/node/store/migrations.ts';
import { answered, header, summary, testCase } from './sampleRun.ts';
import { closing, newHistory, rawDatabase, temporaryRoot, thrownCode } from './temporaryRoot.ts';

const NEWER = MIGRATIONS.length + 1;

describe('a new history', () => {
  it('keeps its folder out of git and is set up as designed', () => {
    const { root, history } = newHistory();
    expect(history.path).toBe(path.join(root, '.touchstone', 'history.db'));
    expect(fs.readFileSync(path.join(root, '.touchstone', '.gitignore'), 'utf8').split('\n')).toContain('*');
    const database = rawDatabase(root);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('page_size', { simple: true })).toBe(8192);
    const loose = database.prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose.pluck().all()).toEqual([]);
  });

  it('leaves a .gitignore of the user alone', () => {
    const root = temporaryRoot();
    fs.mkdirSync(path.join(root, '.touchstone'));
    fs.writeFileSync(path.join(root, '.touchstone', '.gitignore'), 'mine');
    closing(openHistory(root));
    expect(fs.readFileSync(path.join(root, '.touchstone', '.gitignore'), 'utf8')).toBe('mine');
  });

  it('takes an empty file, which a process that died may leave', () => {
    const root = rootWith(Buffer.alloc(0));
    expect(readHistory(root)).toBeNull();
    expect(closing(openHistory(root)).runs()).toEqual([]);
  });

  it('keeps what it holds when it is opened again', () => {
    const { root } = filledHistory(1);
    const history = closing(openHistory(root));
    expect(history.runs().map(({ id }) => id)).toEqual(['run-1']);
  });
});

describe('reading', () => {
  it('makes nothing where there is nothing', () => {
    const root = temporaryRoot();
    expect(readHistory(root)).toBeNull();
    expect(fs.readdirSync(root)).toEqual([]);
  });

  it('shows what is there', () => {
    const { root } = filledHistory(2);
    const reader = closing(readHistory(root) ?? fail());
    expect(reader.runs()[0]?.id).toBe('run-1');
    expect([...reader.allSamples('run-1')]).toHaveLength(2);
  });

  it('goes on while another process writes', () => {
    const { root, history } = newHistory();
    const reader = closing(readHistory(root) ?? fail());
    const sink = history.sink();
    sink.begin(header('run-1'));
    expect(reader.runs()[0]).toMatchObject({ id: 'run-1', status: 'running' });
  });
});

describe('migrations', () => {
  const steps = ['CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);', 'ALTER TABLE a ADD COLUMN y TEXT;'];

  it('bring a file from any version to the newest, one at a time, and keep its rows', () => {
    const database = emptyDatabase();
    migrate(database, steps.slice(0, 1));
    expect(userVersion(database)).toBe(1);
    migrate(database, steps);
    expect(userVersion(database)).toBe(2);
    expect(database.prepare('SELECT x, y FROM a').all()).toEqual([{ x: 1, y: null }]);
  });

  it('do nothing the second time', () => {
    const database = emptyDatabase();
    migrate(database, steps);
    migrate(database, steps);
    expect(database.prepare('SELECT count(*) FROM a').pluck().get()).toBe(1);
  });

  it('leave the version before when a step fails half way', () => {
    const database = emptyDatabase();
    const broken = [...steps, 'CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);'];
    expect(() => migrate(database, broken)).toThrow(/nowhere/);
    expect(userVersion(database)).toBe(2);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'b'").get()).toBeUndefined();
  });

  it('are made once when two open the file at once', () => {
    const root = temporaryRoot();
    closing(openHistory(root));
    closing(openHistory(root));
    expect(userVersion(rawDatabase(root))).toBe(MIGRATIONS.length);
  });
});

describe('a file that is not for us is left as it is', () => {
  it('when a newer version wrote it', () => {
    const { root } = filledHistory(1);
    const database = rawDatabase(root);
    database.pragma(`user_version = ${NEWER}`);
    database.close();
    expectRefusal(root, 'history-newer');
  });

  it('when a newer version is writing it now', () => {
    const { root } = filledHistory(1);
    // Not yet in the file itself, only in the journal beside it.
    rawDatabase(root).pragma(`user_version = ${NEWER}`);
    expectRefusal(root, 'history-newer');
  });

  it.each([
    ['text', Buffer.from('{"runs":[]}'.repeat(100))],
    ['a few bytes', Buffer.from('SQLite')],
    ['zeros', Buffer.alloc(16_384)],
    ['a header without a database', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8_000, 7)])],
  ])('when it is %s', (_what, bytes) => {
    expectRefusal(rootWith(bytes), 'history-corrupt');
  });

  it.each(['user_version = 3', 'application_id = 77', 'user_version = 0'])(
    'when another program owns it (%s)',
    (pragma) => {
      const root = rootWith(Buffer.alloc(0));
      const database = rawDatabase(root);
      database.exec('CREATE TABLE theirs (x)');
      database.pragma(pragma);
      database.close();
      expectRefusal(root, 'history-corrupt');
    },
  );

  it('when it was cut off', () => {
    const { root, file } = filledHistory(300);
    fs.truncateSync(file, 8192 * Math.floor(fs.statSync(file).size / 8192 / 2));
    expectRefusal(root, 'history-corrupt');
  });

  it('when it is damaged where opening does not look', () => {
    const { root, file } = filledHistory(300);
    const bytes = fs.readFileSync(file);
    bytes.fill(0xa5, bytes.length >> 1);
    fs.writeFileSync(file, bytes);
    const reader = closing(readHistory(root) ?? fail());
    expect(thrownCode(() => [...reader.allSamples('run-1')])).toBe('history-corrupt');
    reader.close();
    expect(fs.readFileSync(file).equals(bytes)).toBe(true);
  });

  it('when a value in it makes no sense', () => {
    const { root } = filledHistory(1);
    rawDatabase(root).exec("UPDATE sample SET status = 'splendid'");
    const reader = closing(readHistory(root) ?? fail());
    expect(thrownCode(() => [...reader.allSamples('run-1')])).toBe('history-corrupt');
  });
});

describe('a place that cannot be written', () => {
  // Windows has no folders that may not be written into.
  it.skipIf(process.platform === 'win32')('is told when the folder is read-only', () => {
    const root = temporaryRoot();
    withoutRights(root, () => expect(thrownCode(() => openHistory(root))).toBe('history-unwritable'));
    expect(fs.readdirSync(root)).toEqual([]);
  });

  it('is told when something else has the name', () => {
    const root = temporaryRoot();
    fs.writeFileSync(path.join(root, '.touchstone'), 'a file');
    expect(thrownCode(() => openHistory(root))).toBe('history-unwritable');
    expect(thrownCode(() => readHistory(root))).toBe('history-unwritable');
  });

  it.skipIf(process.platform === 'win32')('can be read all the same', () => {
    const { root } = filledHistory(2);
    withoutRights(root, () => {
      expect(thrownCode(() => openHistory(root))).toBe('history-unwritable');
      const reader = readHistory(root) ?? fail();
      expect([...reader.allSamples('run-1')]).toHaveLength(2);
      reader.close();
    });
    expect(fs.readdirSync(path.join(root, '.touchstone')).sort()).toEqual(['.gitignore', 'history.db']);
  });
});

describe('a file that another process holds', () => {
  it('is told after the wait', () => {
    const { root } = filledHistory(1);
    rawDatabase(root).exec('BEGIN IMMEDIATE');
    expect(thrownCode(() => openHistory(root, { busyTimeoutMs: 20 }))).toBe('history-locked');
    expect(closing(readHistory(root, { busyTimeoutMs: 20 }) ?? fail()).runs()).toHaveLength(1);
  });
});

describe('the runtime', () => {
  it.each([
    ['22.15.0', '10', true],
    ['22.23.2', '10', true],
    ['24.0.0', '10', true],
    ['100.1.0', '12', true],
    ['22.14.0', '10', false],
    ['20.20.2', '9', false],
    ['20.20.2', '10', false],
    ['22.15.0', '9', false],
    ['22.15.0', undefined, false],
  ])('Node %s with Node-API %s', (node, napi, isFit) => {
    const problem = runtimeProblem({ node, napi });
    if (isFit) expect(problem).toBeNull();
    else expect(problem).toContain('22.15');
  });
});

function rootWith(bytes: Buffer): string {
  const root = temporaryRoot();
  fs.mkdirSync(path.join(root, '.touchstone'));
  fs.writeFileSync(historyPath(root), bytes);
  return root;
}

function filledHistory(samples: number): { readonly root: string; readonly file: string } {
  const { root, history } = newHistory();
  const sink = history.sink();
  sink.begin(header('run-1'));
  for (let index = 0; index < samples; index += 1) sink.add(answered(index), testCase(index));
  sink.finish(summary(header('run-1')));
  history.close();
  return { root, file: history.path };
}

function emptyDatabase() {
  return closing(openDatabase(path.join(temporaryRoot(), 'x.db'), { readonly: false, busyTimeoutMs: 0 }));
}

/** Neither opening nor reading works, and not a byte of the file changes. */
function expectRefusal(root: string, code: string): void {
  const before = fs.readFileSync(historyPath(root));
  expect(thrownCode(() => openHistory(root))).toBe(code);
  expect(thrownCode(() => readHistory(root))).toBe(code);
  expect(fs.readFileSync(historyPath(root)).equals(before)).toBe(true);
}

/** Runs something as one who may read below a root but not write; root itself may always write, so it becomes nobody for that time. */
function withoutRights(root: string, work: () => void): void {
  const { getuid, geteuid, seteuid } = process;
  if (getuid?.() === 0 && geteuid && seteuid) {
    seteuid(65_534);
    try {
      work();
    } finally {
      seteuid(0);
    }
    return;
  }
  const folders = [root, path.join(root, '.touchstone')].filter((folder) => fs.existsSync(folder));
  for (const folder of folders) fs.chmodSync(folder, 0o555);
  try {
    work();
  } finally {
    for (const folder of folders) fs.chmodSync(folder, 0o755);
  }
}

function fail(): never {
  throw new Error('There is no history.');
}
