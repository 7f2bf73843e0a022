import { hostname } from 'node:os';
import { TouchstoneError } from '../../engine/error.ts';
import type { RunFilter } from '../../engine/history/runFilter.ts';
import { metricDefinition } from '../../engine/metric/registry.ts';
import type {
  GitState,
  RunHeader,
  RunPrompt,
  RunStatus,
  RunSummary,
  RunVariant,
  VariantSummary,
} from '../../engine/run/run.ts';
import type { RunListItem } from '../../protocol/history.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { isAlive, processExists } from './liveness.ts';
import { columns, parseColumn, parseRow, type RunRow, runRow, type VariantRow, variantRow } from './rows.ts';
import { toMarks } from './runMarkStore.ts';
import { createSampleSummary } from './sampleSummary.ts';
import { searchExpression } from './searchText.ts';

/** Which runs; paths are relative to the workspace root, with forward slashes, as runs record them. */
export type RunQuery = {
  readonly promptPath?: string;
  readonly suite?: string;
  /** Also runs of past revisions, which say nothing of the files as they are; by default they are left out. */
  readonly past?: boolean;
  /** Also runs that were put away; by default they are left out. */
  readonly archived?: boolean;
  /** Only runs in whose answers, case ids, name or tags these words stand. */
  readonly words?: string;
  /** Only runs that it accepts. */
  readonly filter?: Pick<RunFilter, 'accepts'>;
  readonly limit?: number;
};

/** What is to be known of a run before it is marked or deleted. */
export type ListedRow = Pick<RunListItem, 'id' | 'status' | 'marks'> & { readonly seq: number };

/** What can be counted without reading what runs came to. */
export type CountQuery = Omit<RunQuery, 'limit' | 'filter'>;

/** A run as the other readers need it. */
export type KnownRun = { readonly seq: number; readonly header: RunHeader };

export type RunReader = {
  /** Newest first; 100 unless told otherwise. */
  runs(query?: RunQuery): RunListItem[];
  count(query?: CountQuery): number;
  /**
   * @param id a run's id, an unambiguous beginning of one, its name, or `latest`
   * @throws TouchstoneError invalid-argument when several runs begin so, or have that name
   */
  run(id: string): RunSummary | null;
  find(id: string): KnownRun | null;
  /** @throws TouchstoneError not-found; else as `run` */
  listed(id: string): ListedRow;
};

const DEFAULT_LIMIT = 100;
const RUN_COLUMNS = `run.seq, run.id, rescore_of AS rescoreOf, revision, decided_after AS decidedAfter, suite, suite_text AS suiteText, status, started_at AS startedAt, finished_at AS finishedAt,
  git_commit AS gitCommit, git_dirty AS gitDirty, selection, repeats, policy, planned_samples AS plannedSamples, metrics, host, pid,
  heartbeat_ms AS heartbeatMs, digest, dataset_version.path, format, cases, columns, name, tags, pinned, archived`;
const MARKED_RUN = 'run LEFT JOIN run_mark ON run_mark.run = run.seq';
const RUN_TABLES = `${MARKED_RUN} JOIN dataset_version ON dataset_version.id = run.dataset`;
const OF_PROMPT = `seq IN (SELECT variant.run FROM prompt_version JOIN variant ON variant.prompt_version = prompt_version.id
  WHERE prompt_version.path = @promptPath)`;
const IN_MARKS = `instr(lower(coalesce(name, '')), lower(@typed)) > 0 OR instr(lower(coalesce(tags, '')), lower(@typed)) > 0`;
const HAS_WORDS = `(${IN_MARKS} OR seq IN (SELECT sample.run FROM sample WHERE sample.id IN
  (SELECT rowid FROM output_search WHERE output_search MATCH @expression)))`;
/** Signs alone are in no index; the outputs are read. */
const CONTAINS_SIGNS = `(${IN_MARKS} OR EXISTS (SELECT 1 FROM sample JOIN sample_payload ON sample_payload.sample = sample.id
  WHERE sample.run = seq AND instr(coalesce(output, sample_payload.error), @typed) > 0))`;
const NEWEST_FIRST = 'ORDER BY started_at DESC, seq DESC';

export function createRunReader(database: Database, clock: Clock): RunReader {
  const summarise = createSampleSummary(database, (kind) => metricDefinition(kind)?.level === 'corpus');
  const byId = database.prepare(`SELECT ${RUN_COLUMNS} FROM ${RUN_TABLES} WHERE run.id = ?`);
  const newest = database.prepare(
    `SELECT ${RUN_COLUMNS} FROM ${RUN_TABLES} WHERE revision IS NULL AND archived IS NOT 1 ${NEWEST_FIRST} LIMIT 1`,
  );
  // Every text that begins so lies between it and itself with the last code point behind.
  const byPrefix = database.prepare(
    `SELECT ${RUN_COLUMNS} FROM ${RUN_TABLES} WHERE run.id >= @prefix AND run.id < @prefix || char(0x10ffff) LIMIT 2`,
  );
  const byName = database.prepare(`SELECT ${RUN_COLUMNS} FROM ${RUN_TABLES} WHERE name = ? LIMIT 2`);
  const variantsOf = database.prepare(
    `SELECT ordinal, variant_id AS id, path AS prompt, version AS promptVersion, text AS promptText,
       partials AS partialTexts, model, params, signatures, summary
     FROM variant JOIN prompt_version ON prompt_version.id = variant.prompt_version WHERE run = ? ORDER BY ordinal`,
  );
  return { runs, count, run, find, listed };

  function runs(query: RunQuery = {}): RunListItem[] {
    const { where, values } = condition(query);
    const limit = query.limit ?? DEFAULT_LIMIT;
    const bound = query.filter ? '' : 'LIMIT @limit';
    const statement = database.prepare(`SELECT ${RUN_COLUMNS} FROM ${RUN_TABLES} ${where} ${NEWEST_FIRST} ${bound}`);
    const found: RunListItem[] = [];
    for (const row of statement.all(query.filter ? values : { ...values, limit })) {
      const item = toItem(parseRow(runRow, row), query.promptPath);
      if (query.filter?.accepts(item) !== false) found.push(item);
      if (found.length === limit) break;
    }
    return found;
  }

  function count(query: CountQuery = {}): number {
    const { where, values } = condition(query);
    return Number(database.prepare(`SELECT count(*) FROM ${MARKED_RUN} ${where}`).pluck().get(values));
  }

  function run(id: string): RunSummary | null {
    const row = findRow(id);
    if (!row) return null;
    const variants = readVariants(row.seq);
    return {
      header: toHeader(row, variants),
      status: statusOf(row),
      finishedAt: row.finishedAt,
      variants: variants.map((variant) => toSummary(row, variant)),
      ...(row.decidedAfter !== null && { decidedAfter: row.decidedAfter }),
    };
  }

  function find(id: string): KnownRun | null {
    const row = findRow(id);
    return row && { seq: row.seq, header: toHeader(row, readVariants(row.seq)) };
  }

  function listed(id: string): ListedRow {
    const row = findRow(id);
    if (!row)
      throw new TouchstoneError('not-found', `There is no run "${id}" in the history.`, {
        remedy: 'List the runs with `touchstone history --archived`.',
      });
    return { seq: row.seq, id: row.id, status: statusOf(row), marks: toMarks(row) };
  }

  function findRow(id: string): RunRow | null {
    const exact = id === 'latest' ? newest.get() : byId.get(id);
    if (exact !== undefined) return parseRow(runRow, exact);
    if (id === '' || id === 'latest') return null;
    const [first, second] = byPrefix.all({ prefix: id });
    if (second !== undefined)
      throw new TouchstoneError('invalid-argument', `Several runs begin with "${id}".`, {
        remedy: 'Give more of the id.',
      });
    if (first !== undefined) return parseRow(runRow, first);
    const [named, other] = byName.all(id);
    if (other !== undefined)
      throw new TouchstoneError('invalid-argument', `Several runs are called "${id}".`, { remedy: 'Give an id.' });
    return named === undefined ? null : parseRow(runRow, named);
  }

  function readVariants(seq: number): VariantRow[] {
    return variantsOf.all(seq).map((row) => parseRow(variantRow, row));
  }

  function toItem(row: RunRow, promptPath: string | undefined): RunListItem {
    const variants = readVariants(row.seq).filter(({ prompt }) => promptPath === undefined || prompt === promptPath);
    return {
      id: row.id,
      rescoreOf: row.rescoreOf,
      revision: row.revision,
      suite: row.suite,
      status: statusOf(row),
      startedAt: row.startedAt,
      finishedAt: row.finishedAt,
      git: toGit(row),
      dataset: row.digest,
      cases: row.cases,
      selection: parseColumn(columns.selection, row.selection),
      marks: toMarks(row),
      variants: variants.map((variant) => toSummary(row, variant)),
    };
  }

  function toSummary(row: RunRow, variant: VariantRow): VariantSummary {
    const stored = variant.summary === null ? null : parseColumn(columns.summary, variant.summary);
    const known = toVariant(variant);
    if (stored) return { variant: known, ...stored };
    const metrics = parseColumn(columns.metrics, row.metrics);
    const policy = parseColumn(columns.policy, row.policy);
    const { repeats } = row;
    return { variant: known, ...summarise(row.seq, variant.ordinal, { metrics, repeats, policy }, known.signatures) };
  }

  function statusOf(row: RunRow): RunStatus {
    if (row.status !== 'running') return row.status;
    return isAlive(row, { host: hostname(), nowMs: clock.nowMs(), processExists }) ? 'running' : 'interrupted';
  }
}

function condition(query: CountQuery): { where: string; values: Record<string, string> } {
  const conditions = query.past === true ? [] : ['revision IS NULL'];
  const values: Record<string, string> = {};
  if (query.archived !== true) conditions.push('archived IS NOT 1');
  if (query.promptPath !== undefined) {
    conditions.push(OF_PROMPT);
    values['promptPath'] = query.promptPath;
  }
  if (query.suite !== undefined) {
    conditions.push('suite = @suite');
    values['suite'] = query.suite;
  }
  const words = query.words?.trim() ?? '';
  if (words !== '') {
    const expression = searchExpression(words);
    conditions.push(expression === null ? CONTAINS_SIGNS : HAS_WORDS);
    values['typed'] = words;
    if (expression !== null) values['expression'] = expression;
  }
  return { where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', values };
}

function toHeader(row: RunRow, variants: readonly VariantRow[]): RunHeader {
  const { digest, path, format, cases } = row;
  return {
    id: row.id,
    ...(row.rescoreOf !== null && { rescoreOf: row.rescoreOf }),
    ...(row.revision !== null && { revision: row.revision }),
    suite: row.suite,
    suiteText: row.suiteText,
    startedAt: row.startedAt,
    git: toGit(row),
    dataset: { path, format, digest, cases, columns: parseColumn(columns.strings, row.columns) },
    selection: parseColumn(columns.selection, row.selection),
    repeats: row.repeats,
    policy: parseColumn(columns.policy, row.policy),
    variants: variants.map(toVariant),
    prompts: toPrompts(variants),
    metrics: parseColumn(columns.metrics, row.metrics),
    plannedSamples: row.plannedSamples,
  };
}

function toVariant(row: VariantRow): RunVariant {
  return {
    id: row.id,
    prompt: row.prompt,
    promptVersion: row.promptVersion,
    model: row.model,
    params: parseColumn(columns.object, row.params),
    signatures: parseColumn(columns.texts, row.signatures),
  };
}

function toPrompts(variants: readonly VariantRow[]): RunPrompt[] {
  const rows = new Map(variants.map((row) => [`${row.promptVersion} ${row.prompt}`, row]));
  return [...rows.values()].map(({ prompt, promptVersion, promptText, partialTexts }) => ({
    path: prompt,
    version: promptVersion,
    text: promptText,
    partials: parseColumn(columns.texts, partialTexts),
  }));
}

function toGit(row: RunRow): GitState | null {
  return row.gitCommit === null ? null : { commit: row.gitCommit, dirty: row.gitDirty === 1 };
}
