import type * as z from 'zod';
import type { Case } from '../dataset/case.ts';
import type { Json, JsonObject } from '../json.ts';
import type { FindJudges } from '../judge/judge.ts';
import type { ModelResponse } from '../model/modelClient.ts';
import type { Message } from '../prompt/message.ts';
import type { JsonSchema } from '../prompt/promptDocument.ts';
import type { Rating, RatingForm } from '../rating/rating.ts';
import type { RatedAnswer } from '../rating/subject.ts';
import type { CodeLanguage } from './code/codeLanguage.ts';
import type { OpenProgram, OwnProgram, ProgramRefusal } from './own/ownProgram.ts';
import type { PartEntry } from './partMetric.ts';
import type { FindModerator } from './safety/moderator.ts';
import type { FindEmbedder } from './semantic/embedder.ts';
import type { SqlTree } from './sql/sqlTree.ts';
import type { SentimentLexicon } from './style/vader.ts';

/**
 * What one metric said of one sample. `value` is in the metric's own unit; `score` is the same as 0..1 with higher better,
 * or null when the metric only measures (latency without a limit) and so has no part in the composite.
 */
export type Score = { readonly metric: string; readonly signature: string } & ScoreOutcome;

export type ScoreOutcome = Evidence &
  (
    | {
        readonly outcome: 'scored';
        readonly value: number;
        readonly score: number | null;
        /** null when the metric has no threshold and so cannot fail by itself. */
        readonly passed: boolean | null;
        readonly reason: string;
      }
    | { readonly outcome: 'unscored'; readonly reason: string }
    | { readonly outcome: 'error'; readonly reason: string }
  );

/** What stands behind a score where its reason does not say it all. */
export type Evidence = {
  /** E.g. the claims of a judge with its verdict on each, or its text where that could not be read. */
  readonly details?: Json;
  /** What finding the score cost by itself; null when that is unknown. Absent where nothing was asked. */
  readonly costUsd?: number | null;
};

/** What a metric may look at. */
export type MetricInput = {
  readonly testCase: Case;
  /** What the model was sent. */
  readonly messages: readonly Message[];
  /** The functions that it was offered, as in the prompt's front matter. */
  readonly tools: readonly JsonObject[];
  readonly output: string;
  readonly response: ModelResponse;
  /** Response's cost, or the price table's; null when unknown. */
  readonly costUsd: number | null;
  /** Aborts when the run is stopped. */
  readonly signal: AbortSignal;
};

/** What the engine cannot have by itself: it may take long, run foreign code or ask a model, so the host bounds it. */
export type MetricTools = {
  /** `timeout` when the match took too long; an invalid pattern is reported before a run by `checkRegex`. */
  readonly matchRegex: (pattern: string, flags: string, text: string) => RegexMatch | 'no-match' | 'timeout';
  /** @returns a validator that lists what does not hold, `[]` when all does; or the error in the schema itself. */
  readonly compileSchema: (schema: JsonSchema) => SchemaValidator | { readonly error: string };
  /** How well a text of at most a few hundred characters fits each of LANGUAGES, 0..1; without those that it does not fit at all. */
  readonly scoreLanguages: (text: string) => ReadonlyMap<string, number>;
  /** How many tokens of the encoding o200k_base a text has. */
  readonly countTokens: (text: string) => number;
  /** What keeps a text from being code of a language; null where nothing does. Nothing is run. */
  readonly codeFault: (language: Exclude<CodeLanguage, 'python'>, text: string) => string | null;
  /** What an English word says, about -4..4; undefined for most. */
  readonly sentimentOf: SentimentLexicon;
  /** The tree of a statement; nothing is run. */
  readonly sqlTree: (text: string) => SqlTree;
  /** A metric of the user's own. Starts nothing: that is for the first question. The refusal says why it will not be run. */
  readonly openProgram: (program: OwnProgram) => OpenProgram | ProgramRefusal;
  /** A model that embeds texts. Nothing is asked before the first text. */
  readonly findEmbedder: FindEmbedder;
  /** An API that moderates texts. Nothing is asked before the first text. */
  readonly findModerator: FindModerator;
  /** The models that judge; their prompts have been read, and nothing else is done until one is asked. */
  readonly findJudges: FindJudges;
  /** What people said, under a human metric, of this answer to this case, of whatever run. */
  readonly ratingsOf: (testCase: Case, answer: RatedAnswer, metric: string) => readonly Rating[];
};
export type RegexMatch = { readonly text: string; readonly index: number; readonly groups: readonly (string | null)[] };
export type SchemaValidator = (value: unknown) => readonly SchemaIssue[];
export type SchemaIssue = { readonly path: string; readonly message: string };

/** What a metric knows of the prompt that it measures. */
export type MetricContext = { readonly tools: MetricTools; readonly outputSchema: JsonSchema | null };

/** A metric as declared in a suite, ready to score. */
export type Metric = {
  readonly name: string;
  readonly kind: string;
  /** Everything that the number depends on, e.g. `bleu|tok:13a|smooth:exp|case:mixed|eff:no|v:1`. */
  readonly signature: string;
  readonly direction: Direction;
  readonly level: Level;
  /** Weight in the composite; > 0. */
  readonly weight: number;
  /** A gate that fails makes the sample fail whatever the composite says. */
  readonly gate: boolean;
  /** By default `decides`. */
  readonly role?: MetricRole;
  /** What people are asked; there for a human metric only. */
  readonly form?: RatingForm;
  /** See the declaration. */
  readonly trust?: TrustBar;
  readonly score: (input: MetricInput) => ScoreOutcome | Promise<ScoreOutcome>;
  /** The value over a whole run for metrics that are not a mean of rows (corpus BLEU). Same unit as `value`. */
  readonly corpus?: () => CorpusTotals;
};

/** Adds up a run for a metric over all of it: numbers only, so that a run of any length fits. */
export type CorpusTotals = {
  /** `value` is what the metric said of this sample, now or when it was scored. */
  readonly add: (input: MetricInput, value: number) => void;
  /** null when nothing that counts was added. */
  readonly value: () => number | null;
  /** How sure the value is, 95 %, where that is known; null when too little was added. */
  readonly interval?: () => ValueInterval | null;
};

export type ValueInterval = { readonly low: number; readonly high: number };

/**
 * What a metric, with the options it has, says of a sample: `decides` whether it passes, `grades` it 0..1 without failing
 * it, or only `measures`: then it has no part in the composite and is not missed in it.
 */
export type MetricRole = 'decides' | 'grades' | 'measures';

type Direction = 'higher' | 'lower';
type Level = 'row' | 'corpus';

/** How a kind of metric is described, checked and made. One in each file of a family; `registry.ts` lists them. */
export type MetricDefinition<Options = unknown> = {
  /** As written in a suite: `equals`, `token-f1`. */
  readonly kind: string;
  readonly family: string;
  readonly summary: string;
  readonly direction: Direction;
  readonly level: Level;
  /** Range of `value`; null is unbounded. */
  readonly range: readonly [number, number | null];
  /** Where the definition comes from. */
  readonly source: string;
  /** Made when it is asked for: a start should not pay for kinds that no suite names. */
  readonly options: () => z.ZodType<Options>;
  /** Options that may be given without a mapping (`- contains: refund`), by the key that they stand for. */
  readonly shorthand?: string;
  /** Whether it calls `compileSchema`, which the host loads only then. */
  readonly usesSchema?: boolean;
  /** Whether it calls `scoreLanguages`. */
  readonly usesLanguages?: boolean;
  /** Whether it calls `countTokens`. */
  readonly usesTokens?: boolean;
  /** Whether it calls `sentimentOf`. */
  readonly usesSentiment?: boolean;
  /** Whether it calls `sqlTree`. */
  readonly usesSql?: boolean;
  /** Whether it calls `codeFault`. */
  readonly usesCode?: boolean;
  /** Whether its option `model` names a model that embeds texts: that it can be asked is told before a run. */
  readonly usesEmbeddings?: boolean;
  /** Whether its option `model` names a model that moderates texts. */
  readonly usesModeration?: boolean;
  /** The name of the judge's prompt where it asks one: the host reads it only then. */
  readonly usesJudge?: string;
  /** Whether people score it, some time after the run. */
  readonly usesRatings?: boolean;
  /** The metric in its options that it is made with, where it has one: the host finds its judges as those of any other. */
  readonly partOf?: (options: Options) => PartEntry;
  readonly create: (options: Options, context: CreateContext) => MetricBody | MetricRefusal;
};
/** `name` is what the suite calls the metric; `createPart` makes one that stands in its options. */
type CreateContext = MetricContext & {
  readonly name: string;
  readonly createPart: (entry: PartEntry) => Metric | MetricRefusal;
};
/** Why a metric cannot be made; by default the remedy is to correct its options. */
export type MetricRefusal = { readonly error: string; readonly remedy?: string };
export type MetricBody = Pick<Metric, 'signature' | 'score' | 'corpus' | 'form'> & { readonly role: MetricRole };

/** Values of a metric, in its own unit; they differ. */
export type Normalisation = { readonly worst: number; readonly best: number };

/** How far a metric, most often a judge, must agree with people: the least Cohen's kappa. */
export type TrustBar = { readonly kappa: number };

/** A metric entry of a suite, checked: the options have been parsed by the definition's schema. */
export type MetricDeclaration = {
  readonly kind: string;
  readonly name: string;
  readonly options: unknown;
  readonly weight: number;
  readonly gate: boolean;
  /** The values that come to 0 and to 1 in the composite, whichever is larger; what lies between is linear. */
  readonly normalise?: Normalisation;
  /** What the metric's agreement with people must reach before its numbers are relied on. */
  readonly trust?: TrustBar;
};
