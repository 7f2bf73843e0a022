import type { Problem } from '../../engine/problem.ts';
import type { TextSource } from '../../engine/prompt/textSources.ts';
import type { ComparedTexts } from '../../protocol/comparison.ts';
import type { RunListItem } from '../../protocol/history.ts';
import type { HostMessage, Tab } from '../../protocol/views.ts';
import type { CaseLocation, PromptState, SavedCase, SuiteState, WrittenEdits } from '../../protocol/worker.ts';
import type { LaneQuestions } from '../answers/playgroundAnswers.ts';
import type { ReportOf } from '../reportProcess.ts';
import type { RunAction } from '../runActions.ts';
import type { RunController } from '../runController.ts';
import type { StateCache } from '../stateCache.ts';
import type { RemoteWorker } from '../workerClient.ts';
import type { KeptEdits } from './variableEdits.ts';

/** What outlives the window. */
export type PlaygroundMemory = {
  readonly file: string | null;
  readonly pinned: boolean;
  readonly tab: Tab;
  readonly caseIndex: number;
  readonly edits: KeptEdits;
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
export type PlaygroundActions = LaneQuestions & {
  readonly evaluate: (suitePath: string) => void;
  readonly revealLocation: (location: CaseLocation) => void;
  readonly revealProblem: (problem: Problem) => void;
  readonly revealSource: (source: TextSource, offset: number) => void;
  /** Without focus, selection or opening anything. */
  readonly scrollEditor: (source: TextSource, offset: number) => void;
  /** Opens a text in an editor of its own; `onChange` hears what is typed there. */
  readonly editText: (name: string, text: string, onChange: (text: string) => void) => void;
  /** Applies a case as an edit that can be undone; false when it was not applied, and the user knows why. */
  readonly saveCase: (saved: SavedCase) => Promise<boolean>;
  readonly connectModel: (promptPath: string | null) => void;
  readonly addCases: (promptPath: string) => void;
  readonly useAsBaseline: (file: string, runId: string) => void;
  /** Scores the answers of a run again, by the suite as it is now. */
  readonly rescore: (suitePath: string, runId: string) => void;
  readonly resume: (suitePath: string, runId: string) => void;
  /** Applies edits of a suite that can be undone, and shows it; false when they were not applied, and the user knows why. */
  readonly editSuite: (written: WrittenEdits) => Promise<boolean>;
  /** Shows two texts in the editor's own diff. */
  readonly openDiff: (texts: ComparedTexts) => Promise<void>;
  /** Lets the user choose a run but this one; null when they do not. */
  readonly pickRun: (runs: readonly RunListItem[], not: string) => Promise<string | null>;
  /** Lets the user choose what to do with a run; null when they do not. */
  readonly chooseRunAction: (run: RunListItem) => Promise<RunAction | null>;
  readonly saveReport: (file: string, of: ReportOf) => Promise<void>;
  /** Says what went wrong with what the user asked for. */
  readonly tell: (words: string) => void;
  readonly copy: (text: string) => void;
  /** The name under which the user rates, when they set one. */
  readonly rater: () => string | null;
};
