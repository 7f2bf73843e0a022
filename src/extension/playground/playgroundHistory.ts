import type { HistoryMessage, HistoryState, RunListItem, RunListQuery } from '../../protocol/history.ts';
import { inOrder } from '../comparedIds.ts';
import { errorWords } from '../errorWords.ts';
import { LatestQuestion } from '../latestQuestion.ts';
import type { RemoteWorker } from '../workerClient.ts';
import type { PlaygroundPorts } from './playgroundPorts.ts';

export type HistoryPorts = Pick<PlaygroundPorts, 'post' | 'worker' | 'log'> &
  Pick<PlaygroundPorts['actions'], 'chooseRunAction' | 'pickRun' | 'useAsBaseline' | 'saveReport' | 'tell'> & {
    readonly file: () => string | null;
    /** The last run may be another now; `deleted` is one that is no more. */
    readonly onChanged: (deleted: string | null) => void;
  };

const ALL: RunListQuery = { text: '', archived: false };

/** The history tab: which runs are listed, and what the reader does with them. */
export class PlaygroundHistory {
  readonly #ports: HistoryPorts;
  readonly #list: LatestQuestion<{ readonly file: string; readonly query: RunListQuery }, HistoryState>;
  #query = ALL;
  #shown: readonly RunListItem[] = [];

  constructor(ports: HistoryPorts) {
    this.#ports = ports;
    this.#list = new LatestQuestion({
      ask: ({ file, query }) => historySlice(ports.worker(), file, query),
      onAnswer: (state) => {
        this.#shown = state.runs;
        ports.post({ type: 'history', state });
      },
      onError: (error) => ports.log(errorWords(error).text),
    });
  }

  /** Another file is on show, of which all runs are listed. */
  restart(): void {
    this.#query = ALL;
  }

  async send(): Promise<void> {
    const file = this.#ports.file();
    if (file !== null) await this.#list.ask({ file, query: this.#query });
  }

  handle(message: HistoryMessage): void {
    switch (message.type) {
      case 'find-runs':
        this.#query = message.query;
        return void this.send();
      case 'get-trend':
        return void this.#do(async (worker, file) => {
          const state = await worker.trend(file, message);
          if (state) this.#ports.post({ type: 'trend', state });
        });
      case 'pin-run':
        return void this.#do(async (worker, file) => {
          await worker.markRun(file, message.runId, { pinned: message.pinned });
          this.#changed(null);
        });
      case 'save-report':
        return void this.#do((_worker, file) => this.#ports.saveReport(file, message));
      case 'run-actions':
        return void this.#do((worker, file) => this.#act(worker, file, message.runId));
      default:
        message satisfies never;
    }
  }

  async #act(worker: RemoteWorker, file: string, runId: string): Promise<void> {
    const run = this.#shown.find(({ id }) => id === runId);
    const action = run ? await this.#ports.chooseRunAction(run) : null;
    if (!run || action === null) return;
    switch (action.kind) {
      case 'mark':
        await worker.markRun(file, runId, action.change);
        return this.#changed(null);
      case 'delete':
        await worker.deleteRun(file, runId);
        return this.#changed(runId);
      case 'compare':
        return this.#compare(worker, file, runId);
      case 'report':
        return this.#ports.saveReport(file, { runId, before: null });
      case 'use-as-baseline':
        return this.#ports.useAsBaseline(file, runId);
    }
  }

  async #compare(worker: RemoteWorker, file: string, runId: string): Promise<void> {
    const { runs } = await worker.runs(file, { text: '', archived: true });
    const other = await this.#ports.pickRun(runs, runId);
    if (other !== null) this.#ports.post({ type: 'open-comparison', ids: inOrder(runs, runId, other) });
  }

  #changed(deleted: string | null): void {
    this.#ports.onChanged(deleted);
    void this.send();
  }

  /** What a reader asked for and did not get is told, not logged. */
  async #do(work: (worker: RemoteWorker, file: string) => Promise<void>): Promise<void> {
    const file = this.#ports.file();
    if (file === null) return;
    try {
      await work(this.#ports.worker(), file);
    } catch (error) {
      this.#ports.tell(errorWords(error).text);
    }
  }
}

/** What keeps a history from being read stands in the note of its tab. */
async function historySlice(worker: RemoteWorker, file: string, query: RunListQuery): Promise<HistoryState> {
  try {
    return { ...(await worker.runs(file, query)), query, note: null };
  } catch (error) {
    return { runs: [], total: 0, problem: null, words: null, caseTags: [], query, note: errorWords(error).text };
  }
}
