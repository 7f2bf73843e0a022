import path from 'node:path';
import type { RunMetric } from '../../engine/run/run.ts';
import { weightsEdit } from '../../engine/suite/weightsEdit.ts';
import { type TrialSample, type TriedRun, tryRun } from '../../engine/trial/runTrial.ts';
import { sortTried } from '../../engine/trial/sortTried.ts';
import type { Trial } from '../../engine/trial/trial.ts';
import type { SamplePage, SampleQuery, SampleRow, TrialState } from '../../protocol/views.ts';
import type { WrittenEdits } from '../../protocol/worker.ts';
import type { HistoryReader } from '../store/history.ts';
import { isReallyInside } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** More would take longer than a slider may, and memory. */
const MOST_SAMPLES = 50_000;

type Loaded = {
  readonly key: string;
  readonly samples: readonly TrialSample[];
  readonly metrics: readonly RunMetric[];
  readonly variantIds: readonly string[];
};
type Tried = { readonly key: string; readonly run: TriedRun };

/** Other weights for a stored run, tried on its scores: its numbers are read once, and each change is arithmetic alone. */
export class Trials {
  #loaded: Loaded | null = null;
  #tried: Tried | null = null;

  /** What people say changes the scores that are tried. */
  forget(): void {
    this.#loaded = null;
    this.#tried = null;
  }

  state(history: HistoryReader, runId: string, trial: Trial): TrialState {
    const found = this.#try(history, runId, trial);
    if (typeof found === 'string') return { runId, trial, variants: {}, changed: 0, note: found };
    const { variants, changed } = found.run;
    return { runId, trial, variants, changed, note: null };
  }

  /** A page of the grid as the trial has it; null where nothing can be tried. */
  page(history: HistoryReader, query: SampleQuery, trial: Trial): SamplePage | null {
    const found = this.#try(history, query.runId, trial);
    if (typeof found === 'string') return null;
    const { variantIds } = found.loaded;
    const wanted = query.text.trim() === '' && query.variantIds.length === 0 ? null : history.matchingIds(query);
    const samples = found.run.samples.filter(({ sampleId }) => wanted?.has(sampleId) ?? true);
    const sorted = sortTried(samples, query, variantIds);
    const shown = sorted.slice(query.offset, query.offset + query.limit);
    const rows = new Map(
      history
        .rowsById(
          query.runId,
          shown.map(({ sampleId }) => sampleId),
        )
        .map((row) => [row.sampleId, row]),
    );
    return {
      query,
      total: sorted.length,
      rows: shown.flatMap(({ sampleId, status, composite }): SampleRow[] => {
        const row = rows.get(sampleId);
        return row ? [{ ...row, status, composite }] : [];
      }),
    };
  }

  #try(history: HistoryReader, runId: string, trial: Trial): { loaded: Loaded; run: TriedRun } | string {
    const loaded = this.#load(history, runId);
    if (typeof loaded === 'string') return loaded;
    const key = `${loaded.key}\n${JSON.stringify(trial)}`;
    if (this.#tried?.key !== key) {
      this.#tried = { key, run: tryRun(loaded.samples, loaded.metrics, trial) };
    }
    return { loaded, run: this.#tried.run };
  }

  #load(history: HistoryReader, runId: string): Loaded | string {
    const run = history.run(runId);
    if (!run) return 'The history does not hold this run any more.';
    if (run.status === 'running') return 'Weights are tried on a run that has ended.';
    const { header } = run;
    if (header.plannedSamples > MOST_SAMPLES)
      return `Weights are tried on up to ${MOST_SAMPLES.toLocaleString('en-US')} samples.`;
    const key = `${history.path}\n${header.id}`;
    if (this.#loaded?.key !== key) {
      const variantIds = header.variants.map(({ id }) => id);
      this.#loaded = { key, samples: history.trialRows(header.id), metrics: header.metrics, variantIds };
    }
    return this.#loaded;
  }
}

/** The edits that write a trial into the suite of its run; nothing is written. */
export async function writtenWeights(
  workspace: Workspace,
  history: HistoryReader,
  runId: string,
  trial: Trial,
): Promise<WrittenEdits> {
  const suite = history.run(runId)?.header.suite;
  if (suite === undefined) return { ok: false, message: 'The history does not hold this run any more.' };
  const file = path.resolve(workspace.root, suite);
  if (!(await isReallyInside(workspace.root, file))) {
    return { ok: false, message: `${suite} lies outside the workspace: nothing is written to it.` };
  }
  const text = await workspace.files.readText(file).catch(() => null);
  if (text === null) return { ok: false, message: `The suite ${suite} is not there any more.` };
  const result = weightsEdit(text, file, trial);
  if ('refusal' in result) return { ok: false, message: result.refusal };
  return { ok: true, path: file, length: text.length, edits: result.edits };
}
