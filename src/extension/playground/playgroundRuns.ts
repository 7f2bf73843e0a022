import type { Trial } from '../../engine/trial/trial.ts';
import type { HostMessage, SampleQuery } from '../../protocol/views.ts';
import { errorWords } from '../errorWords.ts';
import { LatestQuestion } from '../latestQuestion.ts';
import type { RemoteWorker } from '../workerClient.ts';
import type { Subject } from './playgroundFrame.ts';
import type { PlaygroundPorts } from './playgroundPorts.ts';

type RunQuestion = { readonly file: string; readonly runId: string | null };

export type RunsPorts = Pick<PlaygroundPorts, 'post' | 'worker' | 'controller' | 'log'> & {
  readonly editSuite: PlaygroundPorts['actions']['editSuite'];
  readonly file: () => string | null;
  readonly subject: () => Subject;
};

/** The results tab: one question at a time, the last one answered. */
export class PlaygroundRuns {
  readonly #ports: RunsPorts;
  readonly #results: LatestQuestion<RunQuestion, HostMessage>;
  /** A slider moves faster than any answer: what lies between is not asked. */
  readonly #trials: LatestQuestion<{ readonly runId: string; readonly trial: Trial }, HostMessage | null>;
  /** null: the newest. */
  #runId: string | null = null;

  constructor(ports: RunsPorts) {
    this.#ports = ports;
    const { worker, post, log } = ports;
    const ends = { onAnswer: post, onError: (error: unknown) => log(errorWords(error).text) };
    this.#results = new LatestQuestion({ ask: (question) => resultsSlice(worker(), question), ...ends });
    this.#trials = new LatestQuestion({
      ask: async ({ runId, trial }): Promise<HostMessage | null> => {
        const file = ports.file();
        const state = file === null ? null : await worker().trial(file, runId, trial);
        return state && { type: 'trial', state };
      },
      onAnswer: (message) => message && post(message),
      onError: ends.onError,
    });
  }

  /** @param runId null: the newest, whichever that becomes */
  select(runId: string | null): void {
    this.#runId = runId;
  }

  get selected(): string | null {
    return this.#runId;
  }

  async send(): Promise<void> {
    const file = this.#ports.file();
    if (file !== null) await this.#results.ask({ file, runId: this.#runId ?? this.#liveRun() });
  }

  /** A page or a sample is asked again when it is looked at again, so a failure goes to the log. */
  async sendPage(query: SampleQuery): Promise<void> {
    await this.#answer(async (worker, file) => ({ type: 'page', page: await worker.samples(file, query) }));
  }

  async sendSample(runId: string, sampleId: number): Promise<void> {
    await this.#answer(async (worker, file) => ({
      type: 'sample',
      detail: await worker.sample(file, runId, sampleId),
    }));
  }

  async sendTrial(runId: string, trial: Trial): Promise<void> {
    await this.#trials.ask({ runId, trial });
  }

  /** Writes a trial into the suite of its run. */
  async writeWeights(runId: string, trial: Trial): Promise<void> {
    const file = this.#ports.file();
    if (file === null) return;
    try {
      await this.#ports.editSuite(await this.#ports.worker().writtenWeights(file, runId, trial));
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }

  async sendJudges(runId: string): Promise<void> {
    await this.#answer(async (worker, file) => ({
      type: 'judges',
      state: { runId, judges: await worker.judges(file, runId) },
    }));
  }

  /** A run that goes on is the newest. Its header is sent once; its figures come with the frame, at every step. */
  #liveRun(): string | null {
    const { suitePath } = this.#ports.subject();
    return suitePath === null ? null : (this.#ports.controller.evaluation(suitePath)?.progress?.runId ?? null);
  }

  async #answer(ask: (worker: RemoteWorker, file: string) => Promise<HostMessage>): Promise<void> {
    const file = this.#ports.file();
    if (file === null) return;
    try {
      this.#ports.post(await ask(this.#ports.worker(), file));
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }
}

async function resultsSlice(worker: RemoteWorker, { file, runId }: RunQuestion): Promise<HostMessage> {
  const none = {
    run: null,
    metrics: [],
    policy: null,
    variants: [],
    baseline: {},
    toFirst: {},
    ofPrompt: [],
    doubts: [],
    isJudged: false,
    isScoredOtherwise: false,
    isNewest: true,
  };
  try {
    const state = await worker.results(file, runId);
    return { type: 'results', state: state ?? { ...none, note: null } };
  } catch (error) {
    return { type: 'results', state: { ...none, note: errorWords(error).text } };
  }
}
