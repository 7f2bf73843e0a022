import type { ComparedIds, ComparisonMessage } from '../../protocol/comparison.ts';
import type { HostMessage } from '../../protocol/views.ts';
import { inOrder } from '../comparedIds.ts';
import { errorWords } from '../errorWords.ts';
import { LatestQuestion } from '../latestQuestion.ts';
import type { RemoteWorker } from '../workerClient.ts';
import type { PlaygroundPorts } from './playgroundPorts.ts';

export type ComparisonPorts = Pick<PlaygroundPorts, 'post' | 'worker' | 'log'> &
  Pick<PlaygroundPorts['actions'], 'openDiff' | 'pickRun'> & { readonly file: () => string | null };

/** Two kept runs beside each other: the host's half of the comparison. */
export class PlaygroundComparisons {
  readonly #ports: ComparisonPorts;
  readonly #comparison: LatestQuestion<ComparedIds, HostMessage | null>;

  constructor(ports: ComparisonPorts) {
    this.#ports = ports;
    this.#comparison = new LatestQuestion({
      ask: async (ids): Promise<HostMessage | null> => {
        const file = ports.file();
        return file === null ? null : comparisonSlice(ports.worker(), file, ids);
      },
      onAnswer: (message) => message && ports.post(message),
      onError: (error) => ports.log(errorWords(error).text),
    });
  }

  handle(message: ComparisonMessage): void {
    switch (message.type) {
      case 'get-comparison':
        return void this.#comparison.ask({ before: message.before, after: message.after });
      case 'get-compared-rows':
        return void this.#do(async (worker, file) =>
          this.#ports.post({ type: 'compared-rows', page: await worker.comparedRows(file, message.query) }),
        );
      case 'get-compared-case': {
        const { ids } = message;
        return void this.#do(async (worker, file) => {
          const sample = (runId: string, id: number | null) => (id === null ? null : worker.sample(file, runId, id));
          const [before, after] = await Promise.all([
            sample(ids.before, message.before),
            sample(ids.after, message.after),
          ]);
          this.#ports.post({ type: 'compared-case', ids, before, after });
        });
      }
      case 'compare-with':
        return void this.#do(async (worker, file) => {
          const { runs } = await worker.runs(file, { text: '', archived: true });
          const other = await this.#ports.pickRun(runs, message.runId);
          if (other === null) return;
          const ids = inOrder(runs, message.runId, other);
          this.#ports.post({ type: 'open-comparison', ids });
        });
      case 'open-diff':
        return void this.#do(async (worker, file) => {
          const texts = await worker.comparedTexts(file, message.ids, message.wanted);
          if (texts) await this.#ports.openDiff(texts);
        });
      default:
        message satisfies never;
    }
  }

  async #do(work: (worker: RemoteWorker, file: string) => Promise<void>): Promise<void> {
    const file = this.#ports.file();
    if (file === null) return;
    try {
      await work(this.#ports.worker(), file);
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }
}

/** What keeps two runs from being compared stands in the view. */
async function comparisonSlice(worker: RemoteWorker, file: string, ids: ComparedIds): Promise<HostMessage> {
  try {
    return { type: 'comparison', state: await worker.comparison(file, ids) };
  } catch (error) {
    return { type: 'comparison', state: { ids, found: null, note: errorWords(error).text } };
  }
}
