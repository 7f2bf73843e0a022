import fs from 'node:fs';
import { CaseResults } from '../../engine/compare/caseResults.ts';
import type { OutputSample } from '../../engine/compare/comparedRows.ts';
import type { ComparedCase } from '../../engine/compare/compareRuns.ts';
import type { MarkChange, RunMarks } from '../../engine/history/runMarks.ts';
import type { Rating } from '../../engine/rating/rating.ts';
import type { RunSink, RunSummary } from '../../engine/run/run.ts';
import type { TrialSample } from '../../engine/trial/runTrial.ts';
import type { RunListItem, TrendMeasure } from '../../protocol/history.ts';
import type { SampleDetail, SamplePage, SampleQuery, SampleRow } from '../../protocol/views.ts';
import { createCaseMeans } from './caseMeans.ts';
import { type Clock, systemClock } from './clock.ts';
import { createComparedCases } from './comparedCases.ts';
import { type Database, openDatabase, prepareForWriting, sqliteCode } from './database.ts';
import { deleteRun } from './deleteRun.ts';
import { type CountedSamples, createHeldSamples } from './heldSamples.ts';
import { historyPath, inspectHistoryFile, makeHistoryFolder, withoutJournal } from './historyFile.ts';
import { createJudgedRows, type JudgedRow } from './judgedRows.ts';
import { createKeptAnswers, type KeptAnswers } from './keptAnswers.ts';
import { MIGRATIONS, migrate, userVersion } from './migrations.ts';
import { createRatingReader, createRatingWriter, type RatingReader } from './ratingStore.ts';
import { createReviewRows, type ReviewRow } from './reviewRows.ts';
import { markRun } from './runMarkStore.ts';
import { type CountQuery, createRunReader, type RunQuery } from './runReader.ts';
import { createRunSink, type StoredRunSink } from './runSink.ts';
import { createSampleReader } from './sampleReader.ts';
import type { StoredSample } from './storedSample.ts';
import { corruptHistory, newerHistory, toStoreError } from './storeError.ts';
import { createTrialRows } from './trialRows.ts';

export type { RunQuery };

/** What was run in a workspace, to be read. Every method throws TouchstoneError of a `history-` code when the file fails. */
export type HistoryReader = {
  /** The absolute path of the database. */
  readonly path: string;
  /** Newest first; 100 unless told otherwise. Paths are relative to the workspace root, with forward slashes. */
  runs(query?: RunQuery): readonly RunListItem[];
  countRuns(query?: CountQuery): number;
  /**
   * @param id a run's id, an unambiguous beginning of one, its name, or `latest`
   * @throws TouchstoneError invalid-argument when several runs begin so, or have that name
   */
  run(id: string): RunSummary | null;
  /** What people set on a run; id and errors as of `run`. */
  marks(id: string): RunMarks;
  /** A page of the grid; empty for a run that is not known. */
  samples(query: SampleQuery): SamplePage;
  sample(runId: string, sampleId: number): SampleDetail | null;
  /** One sample with its case, as they were; null when the run does not have it. */
  storedSample(runId: string, sampleId: number): StoredSample | null;
  /** The answers of a run that asks people, by their numbers; empty for another. */
  reviewRows(runId: string): readonly ReviewRow[];
  /** What a metric said of each answer of a run that asks people; empty for another. */
  judgedRows(runId: string, metric: string): readonly JudgedRow[];
  /** The numbers of all samples of a run, in the order of the dataset. */
  trialRows(runId: string): TrialSample[];
  /** Rows of the grid, in the order of their ids; those that the run does not have are left out. */
  rowsById(runId: string, sampleIds: readonly number[]): SampleRow[];
  /** Ids of the samples that a query finds, whatever their status; in no order. */
  matchingIds(query: SampleQuery): ReadonlySet<number>;
  /** All of a run in the order of the dataset, with requests and raw responses; read in chunks, so of any size. */
  allSamples(runId: string): Iterable<StoredSample>;
  /** What each case came to under a metric or altogether, by variant; empty for a run that is not known. */
  caseMeans(runId: string, measure: TrendMeasure): ReadonlyMap<string, readonly number[]>;
  /** Tags of the cases of a run's dataset, sorted. */
  caseTags(runId: string): readonly string[];
  /** The numbers of a run by variant and case, for a comparison; what the cases say is read when it is asked for. `others` as of `comparedCases`. */
  caseResults(runId: string, others?: readonly string[]): CaseResults;
  /** What tells the answers of a run apart; read in chunks. */
  outputs(runId: string): Iterable<OutputSample>;
  /** The cases that a run has samples of, by id; `others` are the models of the run that it is compared with. */
  comparedCases(runId: string, others?: readonly string[]): ReadonlyMap<string, ComparedCase>;
  /** Looks for answers that need not be asked for again; it knows what was kept when it was made. */
  keptAnswers(): KeptAnswers;
  /** What a run holds, so that it can go on; null for a run that is not known. */
  heldSamples(runId: string): CountedSamples | null;
  /** What people said of answers. */
  readonly ratings: RatingReader;
  /** Ends the runs that are being written, as interrupted; the file is closed. Calling it again does nothing. */
  close(): void;
};

export type History = HistoryReader & {
  /** A sink writes one run; several may be open at once. With `resumes` it goes on with one that was cut off. */
  sink(options?: { readonly resumes?: boolean }): RunSink;
  /** Keeps ratings, each once, and scores again what they are of; gives how many were new. */
  addRatings(ratings: readonly Rating[]): number;
  /**
   * Names, tags, pins or archives a run.
   *
   * @param id as of `run`
   * @throws TouchstoneError not-found; invalid-argument for a name or tag that cannot be
   */
  mark(id: string, change: MarkChange): RunMarks;
  /**
   * Deletes a run, and the cases, prompts and dataset that no other run has; ratings stay. The file keeps its size: what becomes free
   * is used by later runs.
   *
   * @param id as of `run`
   * @throws TouchstoneError not-found; invalid-argument for a run that is pinned or goes on
   */
  deleteRun(id: string): void;
};

export type HistoryOptions = {
  readonly clock?: Clock;
  /** How long to wait for another process before `history-locked`. */
  readonly busyTimeoutMs?: number;
};

const CASE_TAGS = `SELECT DISTINCT tag.value AS name FROM test_case, json_each(test_case.content, '$.tags') AS tag
  WHERE test_case.id IN (SELECT test_case FROM sample WHERE run = ?) ORDER BY name`;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the history of a workspace for writing; makes or migrates it first where that is needed.
 *
 * @param root the workspace's root, absolute
 * @throws TouchstoneError history-newer, history-corrupt, history-locked or history-unwritable; the file is then as it was
 */
export function openHistory(root: string, options: HistoryOptions = {}): History {
  const path = historyPath(root);
  return guarded(path, () => {
    const state = inspectHistoryFile(path, MIGRATIONS.length);
    if (state === 'none') makeHistoryFolder(path);
    const database = openDatabase(path, { readonly: false, busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS });
    return orClose(database, () => {
      checkContent(database, path, state === 'damaged');
      prepareForWriting(database);
      migrate(database);
      // A file that cannot be written opens all the same; asking for the lock tells.
      database.exec('BEGIN IMMEDIATE; ROLLBACK');
      return createHistory(database, path, options.clock ?? systemClock);
    });
  });
}

/**
 * Opens the history of a workspace to look at it: nothing is made, locked or, unless it needs migrating, written.
 *
 * @returns null when there is none
 * @throws as openHistory
 */
export function readHistory(root: string, options: HistoryOptions = {}): HistoryReader | null {
  const path = historyPath(root);
  return guarded(path, () => {
    const state = inspectHistoryFile(path, MIGRATIONS.length);
    if (state === 'none') return null;
    const database = openForReading(path, options.busyTimeoutMs ?? BUSY_TIMEOUT_MS);
    const version = orClose(database, () => {
      checkContent(database, path, state === 'damaged');
      return userVersion(database);
    });
    if (version === MIGRATIONS.length) return createHistory(database, path, options.clock ?? systemClock);
    database.close();
    // Version 0: another process has just made the file, or died while it did.
    return version === 0 ? null : openHistory(root, options);
  });
}

function createHistory(database: Database, path: string, clock: Clock): History {
  const runs = createRunReader(database, clock);
  const samples = createSampleReader(database);
  const comparedCases = createComparedCases(database);
  const caseMeans = createCaseMeans(database);
  const caseTags = database.prepare(CASE_TAGS).pluck();
  const ratings = createRatingReader(database);
  const reviewRows = createReviewRows(database);
  const judgedRows = createJudgedRows(database);
  const trialRows = createTrialRows(database);
  const heldSamples = createHeldSamples(database, samples);
  const sinks = new Set<StoredRunSink>();
  const at = <T>(work: () => T): T => guarded(path, work);
  return {
    path,
    sink: ({ resumes = false } = {}) =>
      at(() => {
        const sink = createRunSink(database, path, clock, resumes);
        sinks.add(sink);
        return sink;
      }),
    runs: (query) => at(() => runs.runs(query)),
    countRuns: (query) => at(() => runs.count(query)),
    run: (id) => at(() => runs.run(id)),
    marks: (id) => at(() => runs.listed(id).marks),
    samples: (query) =>
      at(() => {
        const run = runs.find(query.runId);
        return run ? samples.page(run, query) : { query, total: 0, rows: [] };
      }),
    sample: (runId, sampleId) =>
      at(() => {
        const run = runs.find(runId);
        return run && samples.detail(run, sampleId);
      }),
    storedSample: (runId, sampleId) =>
      at(() => {
        const run = runs.find(runId);
        return run && samples.stored(run, sampleId);
      }),
    reviewRows: (runId) =>
      at(() => {
        const run = runs.find(runId);
        return run ? reviewRows(run) : [];
      }),
    judgedRows: (runId, metric) =>
      at(() => {
        const run = runs.find(runId);
        return run ? judgedRows(run, metric) : [];
      }),
    trialRows: (runId) =>
      at(() => {
        const run = runs.find(runId);
        return run ? trialRows(run) : [];
      }),
    rowsById: (runId, sampleIds) =>
      at(() => {
        const run = runs.find(runId);
        return run ? samples.rowsById(run, sampleIds) : [];
      }),
    matchingIds: (query) =>
      at(() => {
        const run = runs.find(query.runId);
        return run ? samples.matchingIds(run, query) : new Set();
      }),
    *allSamples(runId) {
      const run = at(() => runs.find(runId));
      if (!run) return;
      const all = samples.all(run);
      for (let next = at(() => all.next()); !next.done; next = at(() => all.next())) yield next.value;
    },
    caseResults: (runId, others) =>
      at(() => {
        const run = runs.find(runId);
        if (!run) return new CaseResults();
        const contents = () => at(() => comparedCases(run, others));
        return CaseResults.of(samples.outcomes(run), run.header.policy.repeats, contents);
      }),
    *outputs(runId) {
      const run = at(() => runs.find(runId));
      if (!run) return;
      const all = samples.outputs(run);
      for (let next = at(() => all.next()); !next.done; next = at(() => all.next())) yield next.value;
    },
    caseMeans: (runId, measure) =>
      at(() => {
        const run = runs.find(runId);
        return run ? caseMeans(run, measure) : new Map();
      }),
    caseTags: (runId) =>
      at(() => {
        const run = runs.find(runId);
        return run ? caseTags.all(run.seq).map(String) : [];
      }),
    comparedCases: (runId, others) =>
      at(() => {
        const run = runs.find(runId);
        return run ? comparedCases(run, others) : new Map();
      }),
    keptAnswers: () => {
      const find = createKeptAnswers(database, runs, samples);
      return (variantId, testCase, repeat) => at(() => find(variantId, testCase, repeat));
    },
    heldSamples: (runId) =>
      at(() => {
        const run = runs.find(runId);
        if (!run) return null;
        const held = heldSamples(run);
        return { ...held, find: (...asked) => at(() => held.find(...asked)) };
      }),
    ratings: {
      of: (subject, metric) => at(() => ratings.of(subject, metric)),
      all: (suite) => at(() => ratings.all(suite)),
    },
    addRatings: (added) => at(() => createRatingWriter(database).add(added)),
    mark: (id, change) => at(() => database.transaction(() => markRun(database, runs.listed(id), change)).immediate()),
    deleteRun: (id) => at(() => deleteRun(database, () => runs.listed(id))),
    close: () => {
      for (const sink of sinks) sink.close();
      sinks.clear();
      database.close();
    },
  };
}

/**
 * A database in WAL mode makes files beside itself even to be read. Where it cannot, nobody writes to it either, and a copy
 * in memory is as good.
 */
function openForReading(path: string, busyTimeoutMs: number): Database {
  try {
    return openDatabase(path, { readonly: true, busyTimeoutMs });
  } catch (error) {
    if (!/^SQLITE_(CANTOPEN|READONLY)/.test(sqliteCode(error) ?? '')) throw error;
    return openDatabase(withoutJournal(fs.readFileSync(path)), { readonly: true, busyTimeoutMs });
  }
}

/** What the header could not tell: the newest state may stand in the journal, and a short file may be damaged. */
function checkContent(database: Database, path: string, suspicious: boolean): void {
  const version = userVersion(database);
  if (version > MIGRATIONS.length) throw newerHistory(path, version, MIGRATIONS.length);
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined)
    throw corruptHistory(path, 'it is the database of another program');
  if (!suspicious) return;
  const finding = database.pragma('quick_check(1)', { simple: true });
  if (finding !== 'ok') throw corruptHistory(path, String(finding));
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function orClose<T>(database: Database, work: () => T): T {
  try {
    return work();
  } catch (error) {
    database.close();
    throw error;
  }
}
