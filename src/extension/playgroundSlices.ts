import type { HostMessage } from '../protocol/views.ts';
import { errorWords } from './errorWords.ts';
import { LatestQuestion } from './latestQuestion.ts';
import type { RemoteWorker } from './workerClient.ts';

/** A run of a file; null for its newest. */
export type RunQuestion = { readonly file: string; readonly runId: string | null };

/** The results and history tabs: each asked one question at a time, the last one answered. */
export class PlaygroundSlices {
  readonly #results: LatestQuestion<RunQuestion, HostMessage>;
  readonly #history: LatestQuestion<string, HostMessage>;

  constructor(worker: () => RemoteWorker, post: (message: HostMessage) => void, log: (words: string) => void) {
    const ends = { onAnswer: post, onError: (error: unknown) => log(errorWords(error).text) };
    this.#results = new LatestQuestion({ ask: (question) => resultsSlice(worker(), question), ...ends });
    this.#history = new LatestQuestion({ ask: (file) => historySlice(worker(), file), ...ends });
  }

  sendResults(question: RunQuestion): Promise<void> {
    return this.#results.ask(question);
  }

  sendHistory(file: string): Promise<void> {
    return this.#history.ask(file);
  }
}

/** What keeps a history from being read stands in the note of its tab. */
async function historySlice(worker: RemoteWorker, file: string): Promise<HostMessage> {
  try {
    return { type: 'history', state: { runs: await worker.runs(file), note: null } };
  } catch (error) {
    return { type: 'history', state: { runs: [], note: errorWords(error).text } };
  }
}

async function resultsSlice(worker: RemoteWorker, { file, runId }: RunQuestion): Promise<HostMessage> {
  const none = { run: null, metrics: [], variants: [], baseline: {} };
  try {
    const state = await worker.results(file, runId);
    return { type: 'results', state: state ?? { ...none, note: null } };
  } catch (error) {
    return { type: 'results', state: { ...none, note: errorWords(error).text } };
  }
}
