import { TouchstoneError } from '../engine/error.ts';
import type { CompareAnswer } from '../protocol/comparison.ts';
import type { CasesWanted } from '../protocol/testing.ts';
import type { EvaluateAnswer, RunProgress } from '../protocol/worker.ts';
import { Answers, type AnswersPorts } from './answers/answers.ts';
import { Emitter } from './emitter.ts';
import type { RemoteWorker } from './workerClient.ts';

/** An evaluation that is under way. */
export type Evaluation = {
  readonly callId: string;
  readonly suitePath: string;
  /** null before the first sample is planned. */
  readonly progress: RunProgress | null;
};

export type RunPorts = Pick<AnswersPorts, 'stored' | 'store'> & {
  readonly worker: () => Pick<RemoteWorker, 'evaluate' | 'rescore' | 'resume' | 'compareWith' | 'runCase' | 'stop'>;
  readonly isTrusted: () => boolean;
  /** Sends what is typed but not yet sent: what you see is what runs. */
  readonly beforeRun: () => void;
  /** Failures in words; cancelling is no failure. */
  readonly onError: (error: unknown) => void;
};

/** What runs right now, one truth for the lenses, the status bar and the playground. */
export class RunController {
  /** Something started, went on or ended. */
  readonly changed = new Emitter<void>();
  readonly answers: Answers;
  /** An evaluation has planned its samples: its run is in the history from here on. */
  readonly runStarted = new Emitter<RunProgress>();
  readonly #ports: RunPorts;
  readonly #evaluations = new Map<string, Evaluation>();
  #calls = 0;

  constructor(ports: RunPorts) {
    this.#ports = ports;
    this.answers = new Answers({ ...ports, mayRun: () => this.#mayRun() });
    this.answers.changed.on(() => this.changed.fire());
  }

  evaluations(): readonly Evaluation[] {
    return [...this.#evaluations.values()];
  }

  evaluation(suitePath: string): Evaluation | undefined {
    return this.#evaluations.get(suitePath);
  }

  get isBusy(): boolean {
    return this.#evaluations.size > 0 || this.answers.isBusy;
  }

  /** @returns null when it did not start: refused, already under way, or failed (and reported). */
  evaluate(suitePath: string, wanted?: CasesWanted): Promise<EvaluateAnswer | null> {
    return this.#start(suitePath, (callId) => this.#ports.worker().evaluate(callId, suitePath, wanted));
  }

  /** Scores the answers of a run again; as `evaluate` otherwise. */
  rescore(suitePath: string, runId: string): Promise<EvaluateAnswer | null> {
    return this.#start(suitePath, (callId) => this.#ports.worker().rescore(callId, suitePath, runId));
  }

  /** Goes on with a run that was cut off; as `evaluate` otherwise. */
  resume(suitePath: string, runId: string): Promise<EvaluateAnswer | null> {
    return this.#start(suitePath, (callId) => this.#ports.worker().resume(callId, suitePath, runId));
  }

  /** Evaluates a suite as a git revision has its prompts, and as they are; as `evaluate` otherwise. */
  compareWith(suitePath: string, revision: string): Promise<CompareAnswer | null> {
    return this.#start(suitePath, (callId) => this.#ports.worker().compareWith(callId, suitePath, revision));
  }

  async #start<Answer>(suitePath: string, run: (callId: string) => Promise<Answer>): Promise<Answer | null> {
    if (this.#evaluations.has(suitePath) || !this.#mayRun()) return null;
    const callId = this.#nextCall();
    this.#evaluations.set(suitePath, { callId, suitePath, progress: null });
    this.changed.fire();
    try {
      return await run(callId);
    } catch (error) {
      this.#report(error);
      return null;
    } finally {
      // After a crash another evaluation may have taken the place.
      if (this.#evaluations.get(suitePath)?.callId === callId) this.#evaluations.delete(suitePath);
      this.changed.fire();
    }
  }

  /** Stops what runs for a prompt or a suite; without a path everything. What has finished is kept. */
  stop(path?: string): void {
    const worker = this.#ports.worker();
    for (const evaluation of this.#evaluations.values())
      if (path === undefined || evaluation.suitePath === path) void worker.stop(evaluation.callId);
    this.answers.stop(path);
  }

  onProgress(callId: string, progress: RunProgress): void {
    const evaluation = this.#evaluations.get(progress.suitePath);
    if (evaluation?.callId !== callId) return;
    this.#evaluations.set(progress.suitePath, { ...evaluation, progress });
    this.changed.fire();
    if (evaluation.progress?.runId !== progress.runId) this.runStarted.fire(progress);
  }

  #mayRun(): boolean {
    if (!this.#ports.isTrusted()) {
      this.#ports.onError(
        new TouchstoneError('untrusted', 'This workspace is not trusted, so no model is called for it.', {
          remedy: 'Previews work; trust the workspace to run and evaluate.',
        }),
      );
      return false;
    }
    this.#ports.beforeRun();
    return true;
  }

  #report(error: unknown): void {
    if (error instanceof TouchstoneError && error.code === 'cancelled') return;
    this.#ports.onError(error);
  }

  #nextCall(): string {
    this.#calls += 1;
    return `call-${this.#calls}`;
  }
}
