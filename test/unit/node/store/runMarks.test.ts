import { describe, expect, it } from 'vitest';
import { readRunFilter } from '../../../../src/engine/history/runFilter.ts';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import type { History } from '../../../../src/node/store/history.ts';
import { answered, failedCall, header, summary, testCase } from './sampleRun.ts';
import { newHistory, rawDatabase, reopened, thrownCode } from './temporaryRoot.ts';

const TABLES = [
  ...['run', 'variant', 'sample', 'sample_payload', 'score', 'score_evidence', 'run_mark'],
  ...['test_case', 'dataset_case', 'dataset_version', 'prompt_version'],
];

describe('marks', () => {
  it('stay with the run, and find it', () => {
    const { history } = newHistory();
    write(history, 'run-1', ['yes']);
    write(history, 'run-2', ['no']);
    expect(history.marks('run-1')).toEqual(NO_MARKS);
    history.mark('run-1', { name: 'Before', addTags: ['slow'], pinned: true });
    history.mark('Before', { addTags: ['release'] });
    const marks = { name: 'Before', tags: ['release', 'slow'], pinned: true, archived: false };
    const again = reopened(history);
    expect(again.marks('run-1')).toEqual(marks);
    expect(again.runs().map((run) => run.marks)).toEqual([NO_MARKS, marks]);
    expect(again.run('Before')?.header.id).toBe('run-1');
    expect(again.run('before')).toBeNull();
  });

  it('are refused as a whole', () => {
    const { history } = newHistory();
    write(history, 'run-1', []);
    expect(thrownCode(() => history.mark('run-1', { pinned: true, addTags: ['a b'] }))).toBe('invalid-argument');
    expect(thrownCode(() => history.mark('run-7', { pinned: true }))).toBe('not-found');
    expect(history.marks('run-1')).toEqual(NO_MARKS);
  });

  it('a name that two runs have finds neither', () => {
    const { history } = newHistory();
    for (const id of ['run-1', 'run-2']) {
      write(history, id, []);
      history.mark(id, { name: 'same' });
    }
    expect(() => history.run('same')).toThrow('Several runs are called "same"');
  });

  it('leave an archived run out, unless it is asked for', () => {
    const { history } = newHistory();
    write(history, 'run-1', []);
    write(history, 'run-2', []);
    history.mark('run-2', { archived: true });
    expect(history.runs().map(({ id }) => id)).toEqual(['run-1']);
    expect(history.countRuns()).toBe(1);
    expect(history.run('latest')?.header.id).toBe('run-1');
    expect(history.runs({ archived: true }).map(({ id }) => id)).toEqual(['run-2', 'run-1']);
    expect(history.countRuns({ archived: true })).toBe(2);
    expect(history.run('run-2')?.header.id).toBe('run-2');
    history.mark('run-2', { archived: false });
    expect(history.countRuns()).toBe(2);
  });
});

describe('runs are found', () => {
  const found = (history: History, words: string) => history.runs({ words }).map(({ id }) => id);

  it('by words of answers, errors, case ids, names and tags', () => {
    const { history } = newHistory();
    write(history, 'run-1', ['The refund is on its way']);
    write(history, 'run-2', ['返金は処理中です']);
    write(history, 'run-3', ['{"ok":true} && yes']);
    write(history, 'run-4', [null]);
    history.mark('run-4', { name: 'Rückzahlung', addTags: ['nightly'] });
    expect(found(history, 'REFUND way')).toEqual(['run-1']);
    expect(found(history, '返金')).toEqual(['run-2']);
    expect(found(history, '&&')).toEqual(['run-3']);
    expect(found(history, 'rate limit')).toEqual(['run-4']);
    expect(found(history, 'case-0')).toEqual(['run-4', 'run-3', 'run-2', 'run-1']);
    expect(found(history, 'night')).toEqual(['run-4']);
    expect(found(history, 'zahlung')).toEqual(['run-4']);
    expect(found(history, 'no such')).toEqual([]);
    expect(history.countRuns({ words: 'refund' })).toBe(1);
  });

  it('by a filter, as many as are asked for', () => {
    const { history } = newHistory();
    for (const id of ['run-1', 'run-2', 'run-3', 'run-4']) write(history, id, []);
    for (const id of ['run-1', 'run-2', 'run-4']) history.mark(id, { addTags: ['release'] });
    const filter = readRunFilter('tag = release');
    if ('error' in filter) throw new Error(filter.error);
    expect(history.runs({ filter }).map(({ id }) => id)).toEqual(['run-4', 'run-2', 'run-1']);
    expect(history.runs({ filter, limit: 2 }).map(({ id }) => id)).toEqual(['run-4', 'run-2']);
  });
});

describe('a run that is deleted', () => {
  it('takes all of its own with it, and nothing of the others', () => {
    const { root, history } = newHistory();
    write(history, 'run-1', ['first answer', null]);
    const before = counts(root);
    write(history, 'run-2', ['second answer', 'third'], 'e'.repeat(64));
    history.mark('run-2', { name: 'gone' });
    history.deleteRun('gone');
    expect(counts(root)).toEqual(before);
    expect(history.runs().map(({ id }) => id)).toEqual(['run-1']);
    expect(history.runs({ words: 'answer' }).map(({ id }) => id)).toEqual(['run-1']);
    history.deleteRun('run-1');
    expect(Object.values(counts(root)).every((count) => count === 0)).toBe(true);
  });

  it('leaves no words behind for runs that come to stand in its place', () => {
    const { history } = newHistory();
    write(history, 'run-1', ['alpha 返金', null]);
    history.deleteRun('run-1');
    write(history, 'run-2', ['beta', 'gamma']);
    expect(history.runs({ words: 'alpha' })).toEqual([]);
    expect(history.runs({ words: '返金' })).toEqual([]);
    expect(history.runs({ words: 'rate' })).toEqual([]);
    expect(history.runs({ words: 'beta' })).toHaveLength(1);
  });

  it('keeps what people rated', () => {
    const { root, history } = newHistory();
    write(history, 'run-1', ['yes']);
    const database = rawDatabase(root);
    database
      .prepare(
        `INSERT INTO rating (uid, subject, metric, criterion, scale, value, comment, author, rated_at, seen)
           VALUES ('u', x'00', 'helpful', '', 'thumbs', 1, '', 'ada', '2026-01-01T00:00:00Z', '{}')`,
      )
      .run();
    history.deleteRun('run-1');
    expect(database.prepare('SELECT count(*) FROM rating').pluck().get()).toBe(1);
  });

  it('is refused while it is pinned or goes on', () => {
    const { history } = newHistory();
    write(history, 'run-1', ['yes']);
    history.mark('run-1', { pinned: true });
    expect(() => history.deleteRun('run-1')).toThrow('pinned');
    const sink = history.sink();
    sink.begin(header('run-2'));
    expect(() => history.deleteRun('run-2')).toThrow('goes on');
    expect(thrownCode(() => history.deleteRun('run-3'))).toBe('not-found');
    sink.finish(summary(header('run-2')));
    history.deleteRun('run-2');
    expect(history.runs()).toHaveLength(1);
  });

  it('leaves a file that SQLite finds whole', () => {
    const { root, history } = newHistory();
    for (const id of ['run-1', 'run-2', 'run-3']) write(history, id, ['one two', 'three', null]);
    history.deleteRun('run-2');
    const database = rawDatabase(root);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
  });
});

/** @param answers null: the call failed */
function write(history: History, id: string, answers: readonly (string | null)[], digest = 'd'.repeat(64)): void {
  const of = header(id, { dataset: { ...header(id).dataset, digest } });
  const sink = history.sink();
  sink.begin(of);
  answers.forEach((output, index) => {
    const sample = output === null ? failedCall(index, 'Rate limit reached') : answered(index, { output });
    sink.add(sample, testCase(index, digest.startsWith('d') ? {} : { vars: { ticket: id } }));
  });
  sink.finish(summary(of));
}

function counts(root: string): Record<string, number> {
  const database = rawDatabase(root);
  const entries = TABLES.map((table) => [
    table,
    Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
  ]);
  database.close();
  return Object.fromEntries(entries);
}
