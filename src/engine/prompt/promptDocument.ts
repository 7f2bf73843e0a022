import type { Json, JsonObject } from '../json.ts';
import type { Problem, SourceRange } from '../problem.ts';
import type { Role } from './message.ts';
import type { ProgramLanguage, PromptProgram } from './program.ts';

/** A JSON Schema, draft 2020-12 or 7; Picoschema is expanded into one. */
export type JsonSchema = JsonObject | boolean;

/** Whose file it is. `text` is plain text or Markdown, `chat` a list of messages in JSON. */
export type PromptFormat = 'dotprompt' | 'prompty' | 'github-models' | 'chat' | 'text' | 'jinja';

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
  readonly program: PromptProgram | null;
  /** Variables that the template reads from its input, block parameters and `@`-data left out; in source order. */
  readonly variables: readonly Reference[];
  readonly partials: readonly Reference[];
  /** Where a turn begins, in source order; the role is null where a value decides. */
  readonly roles: readonly { readonly role: Role | null; readonly range: SourceRange }[];
  /** Other files that the front matter takes values from, as it names them. */
  readonly files: readonly Reference[];
  /** Values that the file itself gives to try it with; empty for formats that have none. */
  readonly samples: readonly JsonObject[];
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

/** Finds the file of a partial or an include; undefined when there is none. The path is what its problems will name. */
export type PartialReader = (
  name: string,
  language: ProgramLanguage,
) => Promise<{ readonly path: string; readonly text: string } | undefined>;

/** The values that a prompt is rendered with. */
export type RenderInput = {
  readonly vars: { readonly [name: string]: Json };
  /** Earlier turns, for `{{history}}`. */
  readonly history?: readonly import('./message.ts').Message[];
  /** `@`-variables (`{{@state.x}}`). */
  readonly context?: JsonObject;
};
