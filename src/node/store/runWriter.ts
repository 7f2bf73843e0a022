import { hash } from 'node:crypto';
import * as z from 'zod';
import type { DatasetSummary } from '../../engine/dataset/case.ts';
import { TouchstoneError } from '../../engine/error.ts';
import type { RunHeader, RunPrompt, RunSummary } from '../../engine/run/run.ts';
import type { Database } from './database.ts';
import { isAlive, processExists } from './liveness.ts';
import { parseRow } from './rows.ts';

/** A run that is being written: its row, and what its samples refer to by position. */
export type OpenRun = {
  readonly seq: number;
  readonly dataset: number;
  readonly variants: ReadonlyMap<string, number>;
  readonly metrics: ReadonlyMap<string, number>;
  /** Whether people are asked: then each answer is named for their ratings. */
  readonly asksPeople: boolean;
};

export type RunWriter = {
  /** Writes the run, its variants and what they refer to. Call it in a transaction, as the others. */
  begin(header: RunHeader, writer: { readonly host: string; readonly pid: number; readonly nowMs: number }): OpenRun;
  /**
   * Goes on with a run that was cut off, in the name of another writer.
   *
   * @throws TouchstoneError not-found; invalid-argument where its own writer is alive
   */
  resume(header: RunHeader, writer: { readonly host: string; readonly pid: number; readonly nowMs: number }): OpenRun;
  /** Says that the run is alive; one that was taken for dead is running again. */
  beat(run: OpenRun, nowMs: number): void;
  finish(run: OpenRun, summary: RunSummary): void;
  /** The writer gives up without a summary: readers count the samples instead. */
  abandon(run: OpenRun): void;
};

export function createRunWriter(database: Database): RunWriter {
  const insertDataset = database.prepare(
    'INSERT OR IGNORE INTO dataset_version (digest, path, format, cases, columns) VALUES (?, ?, ?, ?, ?)',
  );
  const findDataset = database
    .prepare('SELECT id FROM dataset_version WHERE digest = ? AND path = ? AND format = ? AND columns = ?')
    .pluck();
  const insertPrompt = database.prepare(
    'INSERT OR IGNORE INTO prompt_version (version, path, text, partials, text_hash) VALUES (?, ?, ?, ?, ?)',
  );
  const findPrompt = database
    .prepare('SELECT id FROM prompt_version WHERE path = ? AND version = ? AND text_hash = ?')
    .pluck();
  const insertRun = database.prepare(
    `INSERT INTO run (id, rescore_of, revision, suite, suite_text, status, started_at, git_commit, git_dirty, dataset, selection, repeats, policy,
       planned_samples, metrics, host, pid, heartbeat_ms)
     VALUES (?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertVariant = database.prepare(
    'INSERT INTO variant (run, ordinal, variant_id, prompt_version, model, params, signatures) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const findRun = database.prepare('SELECT seq, status, host, pid, heartbeat_ms AS heartbeatMs FROM run WHERE id = ?');
  const claimRun = database.prepare(
    "UPDATE run SET status = 'running', finished_at = NULL, decided_after = NULL, host = ?, pid = ?, heartbeat_ms = ? WHERE seq = ?",
  );
  // Until it is finished, readers count what is there.
  const clearSummaries = database.prepare('UPDATE variant SET summary = NULL WHERE run = ?');
  const beat = database.prepare("UPDATE run SET heartbeat_ms = ?, status = 'running' WHERE seq = ?");
  const finishRun = database.prepare('UPDATE run SET status = ?, finished_at = ?, decided_after = ? WHERE seq = ?');
  const finishVariant = database.prepare('UPDATE variant SET summary = ? WHERE run = ? AND variant_id = ?');

  return { begin, resume, beat: (run, nowMs) => void beat.run(nowMs, run.seq), finish, abandon };

  function begin(header: RunHeader, writer: { host: string; pid: number; nowMs: number }): OpenRun {
    const dataset = datasetId(header.dataset);
    const seq = Number(
      insertRun.run(
        header.id,
        header.rescoreOf ?? null,
        header.revision ?? null,
        header.suite,
        header.suiteText,
        header.startedAt,
        header.git?.commit ?? null,
        header.git ? Number(header.git.dirty) : null,
        dataset,
        JSON.stringify(header.selection),
        header.repeats,
        JSON.stringify(header.policy),
        header.plannedSamples,
        JSON.stringify(header.metrics),
        writer.host,
        writer.pid,
        writer.nowMs,
      ).lastInsertRowid,
    );
    const prompts = new Map(header.prompts.map((prompt) => [promptKey(prompt), promptId(prompt)]));
    header.variants.forEach(({ id, prompt: path, promptVersion: version, model, params, signatures }, ordinal) => {
      const prompt = prompts.get(promptKey({ path, version }));
      const [paramsText, signaturesText] = [JSON.stringify(params), JSON.stringify(signatures)];
      insertVariant.run(seq, ordinal, id, prompt, model, paramsText, signaturesText);
    });
    return openRun(seq, dataset, header);
  }

  function resume(header: RunHeader, writer: { host: string; pid: number; nowMs: number }): OpenRun {
    const row = findRun.get(header.id);
    if (row === undefined) throw new TouchstoneError('not-found', `There is no run ${header.id} in the history.`);
    const { seq, status, ...last } = parseRow(writtenRow, row);
    if (status === 'running' && isAlive(last, { ...writer, processExists }))
      throw new TouchstoneError('invalid-argument', `Run ${header.id} still goes on, in process ${last.pid}.`, {
        remedy: 'Wait for it, or stop it first.',
      });
    claimRun.run(writer.host, writer.pid, writer.nowMs, seq);
    clearSummaries.run(seq);
    return openRun(seq, datasetId(header.dataset), header);
  }

  function finish(run: OpenRun, summary: RunSummary): void {
    for (const { variant, ...rest } of summary.variants) finishVariant.run(JSON.stringify(rest), run.seq, variant.id);
    finishRun.run(summary.status, summary.finishedAt, summary.decidedAfter ?? null, run.seq);
  }

  function abandon(run: OpenRun): void {
    finishRun.run('interrupted', null, null, run.seq);
  }

  function datasetId(dataset: DatasetSummary): number {
    const columns = JSON.stringify(dataset.columns);
    insertDataset.run(dataset.digest, dataset.path, dataset.format, dataset.cases, columns);
    return Number(findDataset.get(dataset.digest, dataset.path, dataset.format, columns));
  }

  function promptId({ path, version, text, partials: texts }: RunPrompt): number {
    const partials = JSON.stringify(texts);
    const textHash = hash('sha256', `${text}\0${partials}`);
    insertPrompt.run(version, path, text, partials, textHash);
    return Number(findPrompt.get(path, version, textHash));
  }
}

const writtenRow = z.object({
  seq: z.int(),
  status: z.string(),
  host: z.string(),
  pid: z.int(),
  heartbeatMs: z.number(),
});

function openRun(seq: number, dataset: number, { variants, metrics }: RunHeader): OpenRun {
  return {
    seq,
    dataset,
    variants: new Map(variants.map((variant, ordinal) => [variant.id, ordinal])),
    metrics: new Map(metrics.map((metric, position) => [metric.name, position])),
    asksPeople: metrics.some(({ form }) => form !== undefined),
  };
}

function promptKey({ path, version }: Pick<RunPrompt, 'path' | 'version'>): string {
  return `${version} ${path}`;
}
