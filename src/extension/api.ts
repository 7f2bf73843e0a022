import type { AnswerState } from '../protocol/answers.ts';
import type { PlaygroundState, PreviewState } from '../protocol/views.ts';
import type { PromptState, SuiteState } from '../protocol/worker.ts';
import type { Evaluation } from './runController.ts';

export type ShownTest = {
  readonly label: string;
  readonly description: string;
  readonly children: readonly ShownTest[];
};

/** What `activate` gives to tests: state to look at, nothing to steer with that a user could not. */
export type TouchstoneApi = {
  readonly version: string;
  /** Processor time that `activate` took of the extension host's thread; where Node cannot tell that, the time that passed. */
  readonly activationMs: number;
  /** Resolves when the worker has answered for the first time. */
  readonly workerReady: Promise<void>;
  readonly promptState: (path: string) => PromptState | undefined;
  readonly suiteState: (path: string) => SuiteState | undefined;
  readonly evaluations: () => readonly Evaluation[];
  readonly isBusy: () => boolean;
  /** What the first lane's model said last to the first case of a prompt. */
  readonly answer: (path: string) => AnswerState;
  /** null while no playground is open. */
  readonly playground: () => { readonly frame: PlaygroundState; readonly preview: PreviewState | null } | null;
  /** The items of Test Explorer; empty before somebody has looked at it. */
  readonly tests: () => readonly ShownTest[];
  /** Ends the worker thread as a crash would. */
  readonly crashWorker: () => Promise<void>;
};
