import type { Json, JsonObject } from '../json.ts';
import type { Problem, SourceRange } from '../problem.ts';
import type { TemplateProgram } from './template.ts';

/** A JSON Schema, draft 2020-12 or 7; Picoschema is expanded into one. */
export type JsonSchema = JsonObject | boolean;

type PromptFormat = 'dotprompt';

/** What the front matter says, read and checked. Absent keys are undefined. */
export type PromptMetadata = {
  readonly name?: string;
  readonly description?: string;
  /** `provider/name`, or a bare name as dotprompt allows it. */
  readonly model?: string;
  readonly config: JsonObject;
  readonly input: { readonly schema?: JsonSchema; readonly default: JsonObject };
  readonly output: { readonly format?: string; readonly schema?: JsonSchema };
  readonly tools: readonly string[];
  readonly toolDefinitions: readonly JsonObject[];
  /** Namespaced keys such as `touchstone.suite`, by namespace. */
  readonly extensions: { readonly [namespace: string]: JsonObject };
  /** The front matter as parsed, before anything was expanded. */
  readonly raw: JsonObject;
};

/** A place where the template names something. `name` is the first step of a path: `user` for `{{user.name}}`. */
export type Reference = { readonly name: string; readonly path: string; readonly range: SourceRange };

/** One prompt file, read. Parsing never throws: what is wrong stands in `problems`. */
export type PromptDocument = {
  readonly path: string;
  readonly text: string;
  readonly format: PromptFormat;
  readonly metadata: PromptMetadata;
  /** From the first `---` to the end of the second; null without front matter. */
  readonly frontMatterRange: SourceRange | null;
  /** Ranges of front-matter values by dotted path (`model`, `config.temperature`, `input.schema.ticket`). */
  readonly keyRanges: ReadonlyMap<string, SourceRange>;
  readonly template: string;
  readonly templateRange: SourceRange;
  /** null where the template does not parse. */
  readonly program: TemplateProgram | null;
  /** Variables that the template reads from its input, block parameters and `@`-data left out; in source order. */
  readonly variables: readonly Reference[];
  readonly partials: readonly Reference[];
  readonly problems: readonly Problem[];
};

/** A prompt with every partial that it reaches. */
export type PromptClosure = {
  readonly document: PromptDocument;
  /** By the name used in `{{>name}}`. */
  readonly partials: ReadonlyMap<string, PromptDocument>;
  /** Those of the document and of its partials, with missing partials and cycles. */
  readonly problems: readonly Problem[];
};

/** Finds a partial's file; undefined when there is none. The path is what its problems will name. */
export type PartialReader = (name: string) => Promise<{ readonly path: string; readonly text: string } | undefined>;

/** The values that a prompt is rendered with. */
export type RenderInput = {
  readonly vars: { readonly [name: string]: Json };
  /** Earlier turns, for `{{history}}`. */
  readonly history?: readonly import('./message.ts').Message[];
  /** `@`-variables (`{{@state.x}}`). */
  readonly context?: JsonObject;
};
