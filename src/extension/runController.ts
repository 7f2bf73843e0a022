import { TouchstoneError } from '../engine/error.ts';
import type { JsonObject } from '../engine/json.ts';
import type { AnswerState } from '../protocol/views.ts';
import type { CaseAnswer, EvaluateAnswer, RunProgress, WorkerApi } from '../protocol/worker.ts';
import { Emitter } from './emitter.ts';

/** An evaluation that is under way. */
export type Evaluation = {
  readonly callId: string;
  readonly suitePath: string;
  /** null before the first sample is planned. */
  readonly progress: RunProgress | null;
};

export type RunPorts = {
  readonly worker: () => Pick<WorkerApi, 'evaluate' | 'runCase' | 'stop'>;
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
  /** The answer of a prompt began, ended or was taken back. */
  readonly answerChanged = new Emitter<string>();
  /** More text of a prompt's answer; `at` is the length before it. */
  readonly delta = new Emitter<{ readonly path: string; readonly at: number; readonly text: string }>();
  /** An evaluation has planned its samples: its run is in the history from here on. */
  readonly runStarted = new Emitter<RunProgress>();
  readonly #ports: RunPorts;
  readonly #evaluations = new Map<string, Evaluation>();
  readonly #cases = new Map<string, { readonly callId: string; text: string }>();
  readonly #answers = new Map<string, AnswerState>();
  #calls = 0;

  constructor(ports: RunPorts) {
    this.#ports = ports;
  }

  evaluations(): readonly Evaluation[] {
    return [...this.#evaluations.values()];
  }

  evaluation(suitePath: string): Evaluation | undefined {
    return this.#evaluations.get(suitePath);
  }

  isRunningCase(path: string): boolean {
    return this.#cases.has(path);
  }

  get isBusy(): boolean {
    return this.#evaluations.size > 0 || this.#cases.size > 0;
  }

  answer(path: string): AnswerState {
    const running = this.#cases.get(path);
    return running ? { status: 'streaming', text: running.text } : (this.#answers.get(path) ?? { status: 'idle' });
  }

  /** Another case or an edit: the answer on show is no longer of what is on show. */
  clearAnswer(path: string): void {
    if (!this.#answers.delete(path)) return;
    this.answerChanged.fire(path);
  }

  /** @returns null when it did not start: refused, already under way, or failed (and reported). */
  async evaluate(suitePath: string): Promise<EvaluateAnswer | null> {
    if (this.#evaluations.has(suitePath) || !this.#mayRun()) return null;
    const callId = this.#nextCall();
    this.#evaluations.set(suitePath, { callId, suitePath, progress: null });
    this.changed.fire();
    try {
      return await this.#ports.worker().evaluate(callId, suitePath);
    } catch (error) {
      this.#report(error);
      return null;
    } finally {
      // After a crash another evaluation may have taken the place.
      if (this.#evaluations.get(suitePath)?.callId === callId) this.#evaluations.delete(suitePath);
      this.changed.fire();
    }
  }

  /** Runs one case; a run of the same prompt that is still streaming goes on instead. */
  async run(path: string, caseIndex: number, suitePath?: string, vars?: JsonObject): Promise<void> {
    if (this.#cases.has(path) || !this.#mayRun()) return;
    const call = { callId: this.#nextCall(), text: '' };
    this.#cases.set(path, call);
    this.#answers.delete(path);
    this.#tell(path);
    let answer: AnswerState = { status: 'idle' };
    try {
      answer = toAnswerState(await this.#ports.worker().runCase(call.callId, path, caseIndex, suitePath, vars));
    } catch (error) {
      this.#report(error);
    } finally {
      if (this.#cases.get(path) === call) {
        this.#cases.delete(path);
        this.#answers.set(path, answer);
      }
      this.#tell(path);
    }
  }

  /** Stops what runs for a prompt or a suite; without a path everything. What has finished is kept. */
  stop(path?: string): void {
    const worker = this.#ports.worker();
    for (const evaluation of this.#evaluations.values())
      if (path === undefined || evaluation.suitePath === path) worker.stop(evaluation.callId);
    for (const [prompt, call] of this.#cases) if (path === undefined || prompt === path) worker.stop(call.callId);
  }

  onProgress(callId: string, progress: RunProgress): void {
    const evaluation = this.#evaluations.get(progress.suitePath);
    if (evaluation?.callId !== callId) return;
    this.#evaluations.set(progress.suitePath, { ...evaluation, progress });
    this.changed.fire();
    if (evaluation.progress?.runId !== progress.runId) this.runStarted.fire(progress);
  }

  onDelta(callId: string, text: string): void {
    for (const [path, call] of this.#cases) {
      if (call.callId !== callId) continue;
      const at = call.text.length;
      call.text += text;
      this.delta.fire({ path, at, text });
    }
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

  #tell(path: string): void {
    this.answerChanged.fire(path);
    this.changed.fire();
  }

  #nextCall(): string {
    this.#calls += 1;
    return `call-${this.#calls}`;
  }
}

function toAnswerState(answer: CaseAnswer): AnswerState {
  if (answer.ok) {
    const { output, latencyMs, firstTokenMs, inputTokens, outputTokens, costUsd } = answer;
    return { status: 'done', text: output, latencyMs, firstTokenMs, inputTokens, outputTokens, costUsd };
  }
  if (answer.cancelled) return { status: 'cancelled', text: answer.partial };
  return { status: 'error', text: answer.partial, error: answer.error };
}
