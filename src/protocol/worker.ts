import type { DatasetSummary } from '../engine/dataset/case.ts';
import type { MarkChange, RunMarks } from '../engine/history/runMarks.ts';
import type { JsonObject } from '../engine/json.ts';
import type { Problem } from '../engine/problem.ts';
import type { Message } from '../engine/prompt/message.ts';
import type { RunSummary } from '../engine/run/run.ts';
import type { SampleError, StatusCounts } from '../engine/run/sample.ts';
import type { TextEdit } from '../engine/textEdit.ts';
import type { Trial } from '../engine/trial/trial.ts';
import type { AnswerFacts, CaseToRun, OutputCheck } from './answers.ts';
import type {
  CompareAnswer,
  ComparedIds,
  ComparedTexts,
  ComparisonPage,
  ComparisonQuery,
  ComparisonState,
  DiffWanted,
  NamedRevision,
} from './comparison.ts';
import type { FoundRuns, RunListQuery, TrendState } from './history.ts';
import type { HeldJudge } from './judges.ts';
import type { LanguageApi } from './language.ts';
import type { ConnectionTest, EditorAnswer, EditorRequest, ModelOffers, NetworkSettings } from './models.ts';
import type { NewRating, ReviewItem, ReviewQuery, ReviewQueue } from './review.ts';
import type { CasesWanted, SuiteTests } from './testing.ts';
import type { BlamedLine, ListedVersion } from './versions.ts';
import type {
  PreviewState,
  RequestState,
  ResultsState,
  SampleDetail,
  SamplePage,
  SampleQuery,
  TrialState,
  VariantProgress,
} from './views.ts';

/** What the extension asks of its worker. Paths are absolute; every answer is plain data. */
export interface WorkerApi extends LanguageApi {
  /**
   * The editor's open folders, above which no workspace root is looked for; and whether the user trusts them. Until this is told
   * nothing is trusted, and what calls a model is refused with `untrusted`.
   */
  setFolders(folders: readonly string[], trusted: boolean): void;
  /** Of the editor; connections that are open stay as they are. */
  setNetwork(settings: NetworkSettings): void;
  /** The text of an unsaved buffer stands in for the file; null takes it back. */
  setOverlay(path: string, text: string | null): void;
  /** Problems of one prompt, suite or dataset file and, for a suite, of what it names. */
  check(path: string): Promise<readonly Problem[]>;
  /** Errors for which `evaluate` would not start the suite: those of its files, or else of its models, such as a key that is missing. */
  obstacles(suitePath: string): Promise<readonly Problem[]>;
  /** `suitePath` chooses among the suites that name the prompt; by default the first. */
  promptState(path: string, suitePath?: string): Promise<PromptState>;
  suiteState(path: string): Promise<SuiteState>;
  /** `vars` stand in for those of the case. */
  preview(path: string, caseIndex: number, suitePath?: string, vars?: JsonObject): Promise<PreviewState>;
  /** What `runCase` would send, without sending anything. */
  request(path: string, caseIndex: number, suitePath?: string, vars?: JsonObject): Promise<RequestState>;
  /** Runs the prompt on one case, streaming through `onDelta` and `onCheck`; not kept in the history. */
  runCase(callId: string, path: string, asked: CaseToRun): Promise<CaseAnswer>;
  /** Starts a run; progress comes through `onProgress`, the promise settles when the run has ended. */
  evaluate(callId: string, suitePath: string, wanted?: CasesWanted): Promise<EvaluateAnswer>;
  /** What Test Explorer shows of a suite: of one run, or for null the newest result of each case. null for a suite with errors. */
  suiteTests(suitePath: string, runId: string | null): Promise<SuiteTests | null>;
  /** Scores the answers of a run by what its suite says now; as `evaluate` otherwise. `suitePath` is that of the run. */
  rescore(callId: string, suitePath: string, runId: string): Promise<EvaluateAnswer>;
  /** Goes on with a run that was cut off; as `evaluate` otherwise. `suitePath` is that of the run. */
  resume(callId: string, suitePath: string, runId: string): Promise<EvaluateAnswer>;
  /** Evaluates the suite as a git revision has its prompts, and as they are; as `evaluate` otherwise. */
  compareWith(callId: string, suitePath: string, revision: string): Promise<CompareAnswer>;
  /** What a prompt or suite may be compared with; empty without a repository. */
  revisions(path: string): Promise<readonly NamedRevision[]>;
  /** The versions of a prompt, the newest first, with what each scored. Nothing is asked of a model. */
  versions(path: string): Promise<readonly ListedVersion[]>;
  /** The lines of a prompt as it is on the disk, with what the commit of each did to the score. */
  blame(path: string): Promise<readonly BlamedLine[]>;
  /** What a file says in a commit; null where it is not there. */
  textAt(path: string, commit: string): Promise<string | null>;
  /** Two kept runs beside each other. */
  comparison(path: string, ids: ComparedIds): Promise<ComparisonState>;
  comparedRows(path: string, query: ComparisonQuery): Promise<ComparisonPage>;
  /** Two texts for the editor's own diff; null where the history does not hold one of them. */
  comparedTexts(path: string, ids: ComparedIds, wanted: DiffWanted): Promise<ComparedTexts | null>;
  /** What a run would come to under other weights and rules. */
  trial(path: string, runId: string, trial: Trial): Promise<TrialState | null>;
  /** Writes a trial into the suite of its run, as edits: nothing is written. */
  writtenWeights(path: string, runId: string, trial: Trial): Promise<WrittenEdits>;
  /** What can be asked in the workspace of a file or folder. Nothing is sent. */
  modelOffers(path: string): Promise<ModelOffers>;
  /** Asks a provider for its models; `timeoutMs` is 30 s unless it is given. */
  testProvider(callId: string, path: string, provider: string, timeoutMs?: number): Promise<ConnectionTest>;
  /** Asks a model, `provider/name`, for one word. `replay` and `function` are looked for beside the file. */
  testModel(callId: string, path: string, model: string): Promise<ConnectionTest>;
  /** A piece of what a model of the editor answers. */
  onEditorDelta(callId: string, text: string): void;
  /** Aborts a `runCase`, an `evaluate` or a test; unknown ids are ignored. */
  stop(callId: string): void;
  /** Of a prompt or a suite, newest first: those that are asked for, by default all that are not put away. */
  runs(path: string, query?: RunListQuery): Promise<FoundRuns>;
  /** A metric or the composite over runs. */
  trend(path: string, asked: Pick<TrendState, 'measure' | 'runIds'>): Promise<TrendState | null>;
  /** Names, tags, pins or archives a run of the workspace. */
  markRun(path: string, runId: string, change: MarkChange): Promise<RunMarks>;
  /** Deletes a run for good; one that is pinned or goes on is refused. */
  deleteRun(path: string, runId: string): Promise<void>;
  /** One run for the results tab, by default the newest of the file; null when the history does not know it. */
  results(path: string, runId: string | null): Promise<ResultsState | null>;
  /** The baseline that a run of the prompt or suite makes, by default the newest: nothing is written. */
  baseline(path: string, runId: string | null): Promise<{ readonly path: string; readonly text: string }>;
  samples(path: string, query: SampleQuery): Promise<SamplePage>;
  sample(path: string, runId: string, sampleId: number): Promise<SampleDetail | null>;
  /** What a rater is to go through in a run; null when the history does not know the run. `rater` as `rate`. */
  review(path: string, query: ReviewQuery, rater: string | null): Promise<ReviewQueue | null>;
  reviewItem(
    path: string,
    asked: Pick<ReviewItem, 'runId' | 'metric' | 'key'>,
    rater: string | null,
  ): Promise<ReviewItem | null>;
  /** Keeps what a person said, and scores again what it is of. `rater`: the name that the user set; by default git's, else the account's. */
  rate(path: string, rating: NewRating, rater: string | null): Promise<void>;
  /** How far the judges of a run agree with people; null when the history does not know the run. */
  judges(path: string, runId: string): Promise<readonly HeldJudge[] | null>;
  /** Tokens of each text for a model, `provider/name` or null. The tables of the encodings load with the first question. */
  tokens(model: string | null, texts: readonly string[]): Promise<TokenCounts>;
  /** Where the dataset holds a case; null when there is no such case. */
  caseLocation(path: string, caseIndex: number, suitePath?: string): Promise<CaseLocation | null>;
  /** A first suite and dataset for a prompt, as texts: nothing is written. */
  newCases(path: string): Promise<NewCases>;
  /** A prompt of another format in the native one, with a report of what was lost, in Markdown: nothing is written. */
  convert(path: string): Promise<{ readonly targetPath: string; readonly text: string; readonly report: string }>;
  /** Adds what the playground shows to the prompt's dataset, as edits: nothing is written. */
  savedCase(
    path: string,
    asked: {
      readonly caseIndex: number;
      readonly vars: JsonObject;
      readonly expected: string | null;
      /** What was said after the prompt's own messages, up to what the model is to answer. */
      readonly turns?: readonly Message[];
    },
    suitePath?: string,
  ): Promise<SavedCase>;
  /** Makes a repository of a folder, with the commits of a file of ours; false where that cannot be. */
  layHistory(folder: string, storyFile: string): Promise<boolean>;
  /** Suites below a folder, absolute, sorted. */
  suites(folder: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What the worker tells or asks the extension. */
export interface HostApi {
  onDelta(callId: string, text: string): void;
  /** What the text that has come so far says of the output schema; only when that changes. */
  onCheck(callId: string, check: OutputCheck): void;
  /** At most about ten a second while a run goes on, and one at each end. */
  onProgress(callId: string, progress: RunProgress): void;
  /** The key of a provider from SecretStorage; null when there is none. */
  secret(provider: string): Promise<string | null>;
  /** Asks a model of the editor; its text comes through `onEditorDelta` as well. Failures are in the answer. */
  askEditorModel(callId: string, request: EditorRequest): Promise<EditorAnswer>;
  /** Unknown ids are ignored. */
  stopEditorModel(callId: string): void;
}

export type RunProgress = {
  readonly runId: string;
  readonly suitePath: string;
  readonly done: number;
  readonly planned: number;
  readonly counts: StatusCounts;
  /** Running mean of the composite over scored samples; null before the first. */
  readonly composite: number | null;
  readonly costUsd: number | null;
  readonly variants: { readonly [variantId: string]: VariantProgress };
  readonly finished: boolean;
};

/** The figures that a lens shows of the newest run of a prompt. */
export type LastResult = {
  readonly runId: string;
  readonly finishedAt: string;
  readonly composite: number | null;
  readonly counts: StatusCounts;
  /** How many of its samples there are, when the run was stopped or took only some of the cases; else null. */
  readonly part: { readonly done: number; readonly planned: number } | null;
  /**
   * Mean difference of the composite, case by case, from the committed baseline, else from the files as HEAD has them, else from the
   * run before; null without any.
   */
  readonly delta: { readonly value: number; readonly against: 'baseline' | 'HEAD' | 'previous run' } | null;
  /** The same figures of each prompt, when the run has several; else empty. */
  readonly prompts: readonly PromptResult[];
  /** The prompt, data or suite changed since. */
  readonly edited: boolean;
};

/** `path` is relative to the workspace root, with forward slashes. */
export type PromptResult = Pick<LastResult, 'composite' | 'delta'> & { readonly path: string };

export type PromptState = {
  readonly path: string;
  /** False for a file of another tool, and for a text that no suite names: nothing is shown for it. */
  readonly isPrompt: boolean;
  readonly suites: readonly string[];
  readonly cases: number | null;
  /** Estimated from the last run's cost per sample; null when unknown. */
  readonly estimateUsd: number | null;
  readonly last: LastResult | null;
  readonly runCount: number;
  readonly model: string | null;
  /** False when the model needs a key that is not there, or no model is named. */
  readonly modelReady: boolean;
  readonly errors: number;
  /** The prompt version, 64 hex digits; null when the file cannot be read. */
  readonly version: string | null;
  /** The prompts that a partial is part of; null for a file that is no partial. */
  readonly usedBy: readonly PartialUse[] | null;
  /** What is wrong with the history file, in words; null when nothing is. */
  readonly historyNote: string | null;
};

/** A prompt, absolute, and the line where it names the partial, from 0. */
export type PartialUse = { readonly path: string; readonly line: number };

export type SuiteState = {
  readonly path: string;
  /** The prompts that it names, absolute. */
  readonly prompts: readonly string[];
  readonly dataset: DatasetSummary | null;
  /** Of the dataset's file, absolute; there also when it cannot be read. */
  readonly dataPath: string | null;
  readonly last: LastResult | null;
  readonly runCount: number;
  readonly estimateUsd: number | null;
  readonly errors: number;
  readonly historyNote: string | null;
};

/** `line` counts from 0. */
export type CaseLocation = { readonly path: string; readonly line: number };

/** `exact` where the model's own encoding is public, otherwise estimates. */
type TokenCounts = { readonly counts: readonly number[]; readonly exact: boolean };

/** `length` is that of the text that the edits are for, in UTF-16 units; `caseIndex` is the place of the new case. */
export type SavedCase =
  | {
      readonly ok: true;
      readonly path: string;
      readonly length: number;
      readonly edits: readonly TextEdit[];
      readonly caseIndex: number;
    }
  | { readonly ok: false; readonly message: string };

/** `length` is that of the text that the edits are for, in UTF-16 units. */
export type WrittenEdits =
  | { readonly ok: true; readonly path: string; readonly length: number; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly message: string };

export type NewCases = {
  readonly suitePath: string;
  readonly suiteText: string;
  readonly dataPath: string;
  readonly dataText: string;
};

export type CaseAnswer =
  | ({ readonly ok: true; readonly output: string } & AnswerFacts)
  | { readonly ok: false; readonly cancelled: boolean; readonly partial: string; readonly error: SampleError };

export type EvaluateAnswer =
  | { readonly started: true; readonly summary: RunSummary }
  | { readonly started: false; readonly problems: readonly Problem[] };
