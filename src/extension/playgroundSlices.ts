import type { HostMessage } from '../protocol/views.ts';
import { errorWords } from './errorWords.ts';
import type { RemoteWorker } from './workerClient.ts';

/** The history tab of a prompt or suite; what keeps it from being read stands in its note. */
export async function historySlice(worker: RemoteWorker, file: string): Promise<HostMessage> {
  try {
    return { type: 'history', state: { runs: await worker.runs(file), note: null } };
  } catch (error) {
    return { type: 'history', state: { runs: [], note: errorWords(error).text } };
  }
}

/** The results tab: the run asked for, or the newest of the file. */
export async function resultsSlice(worker: RemoteWorker, file: string, runId: string | null): Promise<HostMessage> {
  const none = { run: null, metrics: [], variants: [], baseline: {} };
  try {
    const id = runId ?? (await worker.runs(file))[0]?.id;
    const state = id === undefined ? null : await worker.results(file, id);
    return { type: 'results', state: state ?? { ...none, note: null } };
  } catch (error) {
    return { type: 'results', state: { ...none, note: errorWords(error).text } };
  }
}
