import { TouchstoneError } from '../../engine/error.ts';
import type { Database } from './database.ts';

/** Marks the file as ours ("Tsto"), so that another program's database is never migrated. */
export const APPLICATION_ID = 0x5473746f;

/**
 * Append-only: entry n brings a file from version n to n + 1. A released entry is never edited; add another.
 *
 * The words are those of the design. A case is a `test_case`, because CASE is a keyword. Rows refer to each other by small
 * integers; ids and hashes that people see stand once. `sample` holds what the grid shows and `sample_payload` the rest,
 * because pages and aggregates of a large history are several times faster when they do not step over messages and raw
 * responses. Words such as a status are checked by the readers: a CHECK on each would cost a tenth of a sample's writing.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- The version says what reaches the model; the text is kept exactly, comments and all, so one version may have several.
  CREATE TABLE prompt_version (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    path TEXT NOT NULL,
    text TEXT NOT NULL,
    partials TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    UNIQUE (path, version, text_hash)
  ) STRICT;

  CREATE TABLE dataset_version (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    path TEXT NOT NULL,
    format TEXT NOT NULL,
    cases INTEGER NOT NULL,
    columns TEXT NOT NULL,
    UNIQUE (digest, path, format, columns)
  ) STRICT;

  CREATE TABLE test_case (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    content TEXT NOT NULL,
    excerpt TEXT NOT NULL
  ) STRICT;

  -- Which cases a dataset holds, as far as they were ever run. Its order is that of the lines.
  CREATE TABLE dataset_case (
    dataset INTEGER NOT NULL REFERENCES dataset_version (id),
    test_case INTEGER NOT NULL REFERENCES test_case (id),
    line INTEGER NOT NULL,
    PRIMARY KEY (dataset, test_case)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- The run whose answers it scores again.
    rescore_of TEXT,
    suite TEXT NOT NULL,
    suite_text TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    git_commit TEXT,
    git_dirty INTEGER,
    dataset INTEGER NOT NULL REFERENCES dataset_version (id),
    selection TEXT NOT NULL,
    repeats INTEGER NOT NULL,
    policy TEXT NOT NULL,
    planned_samples INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    -- Who writes it, and when it was last known to be alive (milliseconds since 1970).
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    heartbeat_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX run_newest ON run (started_at);
  CREATE INDEX run_of_suite ON run (suite, started_at);

  CREATE TABLE variant (
    run INTEGER NOT NULL REFERENCES run (seq),
    ordinal INTEGER NOT NULL,
    variant_id TEXT NOT NULL,
    prompt_version INTEGER NOT NULL REFERENCES prompt_version (id),
    model TEXT NOT NULL,
    params TEXT NOT NULL,
    signatures TEXT NOT NULL,
    -- What the variant came to; null until the run has finished.
    summary TEXT,
    PRIMARY KEY (run, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX variant_of_prompt ON variant (prompt_version, run);

  CREATE TABLE sample (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (seq),
    case_index INTEGER NOT NULL,
    variant INTEGER NOT NULL,
    repeat INTEGER NOT NULL,
    test_case INTEGER NOT NULL REFERENCES test_case (id),
    status TEXT NOT NULL,
    composite REAL,
    latency_ms REAL,
    first_token_ms REAL,
    cost_usd REAL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cached_input_tokens INTEGER,
    reasoning_tokens INTEGER,
    attempts INTEGER,
    finish_reason TEXT,
    started_at TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    -- What a rating is of; null in a run that asks no people.
    subject BLOB
  ) STRICT;
  CREATE INDEX sample_of_subject ON sample (subject) WHERE subject IS NOT NULL;
  CREATE UNIQUE INDEX sample_by_case ON sample (run, case_index, variant, repeat);
  -- All that the grid sorts and filters by, in one narrow index that is read from end to end. An index for each order would be
  -- faster to read, but its entries fall all over it: every transaction would write most of its pages.
  CREATE INDEX sample_grid ON sample (run, case_index, variant, repeat, status, composite, latency_ms, cost_usd);

  CREATE TABLE sample_payload (
    sample INTEGER PRIMARY KEY REFERENCES sample (id),
    output TEXT,
    error TEXT,
    messages TEXT NOT NULL,
    tool_calls TEXT,
    raw_request TEXT NOT NULL,
    raw_response TEXT
  ) STRICT;

  -- metric: its position in run.metrics
  CREATE TABLE score (
    sample INTEGER NOT NULL REFERENCES sample (id),
    metric INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    value REAL,
    score REAL,
    passed INTEGER,
    reason TEXT NOT NULL,
    PRIMARY KEY (sample, metric)
  ) STRICT, WITHOUT ROWID;

  -- What stands behind a score, for the few that have more than a reason.
  CREATE TABLE score_evidence (
    sample INTEGER NOT NULL REFERENCES sample (id),
    metric INTEGER NOT NULL,
    details TEXT,
    -- 'unknown' where something was asked whose price nobody knows
    cost_usd ANY,
    PRIMARY KEY (sample, metric)
  ) STRICT, WITHOUT ROWID;

  -- What people said of an answer: rows are only ever added, the last one of an author counts. The answer is named by what it
  -- and its case say, so that a rating holds in every run that got the same answer, and travels without the history.
  CREATE TABLE rating (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    subject BLOB NOT NULL,
    metric TEXT NOT NULL,
    criterion TEXT NOT NULL,
    scale TEXT NOT NULL,
    -- null takes back what the author said before
    value REAL,
    comment TEXT NOT NULL,
    author TEXT NOT NULL,
    rated_at TEXT NOT NULL,
    seen TEXT NOT NULL
  ) STRICT;
  CREATE INDEX rating_of_subject ON rating (subject, metric);
  CREATE TRIGGER rating_is_never_changed BEFORE UPDATE ON rating BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;
  CREATE TRIGGER rating_is_never_deleted BEFORE DELETE ON rating BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;

  -- Words of outputs and case ids by sample id; the texts themselves stand in sample_payload.
  CREATE VIRTUAL TABLE output_search USING fts5 (
    output, case_id, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
  );
  `,
  // The git revision whose prompts the run evaluated; null for the files as they were.
  'ALTER TABLE run ADD COLUMN revision TEXT',
  // Names what was answered, so that two runs are compared without reading their texts; null in samples of earlier versions.
  'ALTER TABLE sample ADD COLUMN answer TEXT',
  // After how many cases a comparison was decided, and the run ended; null for every other run.
  'ALTER TABLE run ADD COLUMN decided_after INTEGER',
  // What people set on a run. Apart from it: a run is never changed. One without a row has no marks.
  `
  CREATE TABLE run_mark (
    run INTEGER PRIMARY KEY REFERENCES run (seq),
    name TEXT,
    tags TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    archived INTEGER NOT NULL
  ) STRICT;
  `,
];

/**
 * Brings a file to the newest version, one transaction for each step. Two processes may do it at once: the second waits
 * for the lock, looks again, and finds nothing to do.
 *
 * @param migrations the released list; a test may give another
 */
export function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): void {
  for (;;) {
    const done = userVersion(database);
    if (done >= migrations.length) return;
    const step = database.transaction(() => {
      if (userVersion(database) !== done) return;
      const sql = migrations[done];
      if (sql === undefined) throw new TouchstoneError('internal', `There is no migration from version ${done}.`);
      database.exec(sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${done + 1}`);
    });
    // Immediate: a deferred transaction that read first could not become a writer beside another one.
    step.immediate();
  }
}

export function userVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
