import type { Problem } from '../engine/problem.ts';
import type { HostMessage, Tab } from '../protocol/views.ts';
import type { CaseLocation, PromptState, SuiteState } from '../protocol/worker.ts';
import type { RunController } from './runController.ts';
import type { StateCache } from './stateCache.ts';
import type { RemoteWorker } from './workerClient.ts';

/** What outlives the window. */
export type PlaygroundMemory = {
  readonly file: string | null;
  readonly pinned: boolean;
  readonly tab: Tab;
  readonly caseIndex: number;
};

export type PlaygroundPorts = {
  readonly post: (message: HostMessage) => void;
  readonly worker: () => RemoteWorker;
  readonly controller: RunController;
  readonly prompts: StateCache<PromptState>;
  readonly suites: StateCache<SuiteState>;
  /** The suite chosen for a prompt that several suites name. */
  readonly chosenSuites: Map<string, string>;
  readonly remember: (memory: PlaygroundMemory) => void;
  readonly log: (words: string) => void;
  readonly actions: PlaygroundActions;
};

/** What a view may ask of the editor around it. */
type PlaygroundActions = {
  readonly evaluate: (suitePath: string) => void;
  readonly revealLocation: (location: CaseLocation) => void;
  readonly revealProblem: (problem: Problem) => void;
  readonly connectModel: (promptPath: string | null) => void;
  readonly addCases: (promptPath: string) => void;
  readonly copy: (text: string) => void;
};
