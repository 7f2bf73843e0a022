import type { Case } from '../dataset/case.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { SourceRange } from '../problem.ts';
import { divide, type FrontMatter, readYaml } from '../prompt/frontMatter.ts';
import type { Span } from '../prompt/handlebarsTree.ts';
import type { PromptClosure, PromptDocument } from '../prompt/promptDocument.ts';
import type { ParsedSuite } from '../suite/parseSuite.ts';
import type { ModelCatalogue } from './modelCatalogue.ts';

/** A dataset as far as the language looks at it. */
export type DatasetView = {
  readonly path: string;
  readonly columns: readonly string[];
  /** Where the names of the columns stand in a table; of the other formats, the file's beginning. */
  readonly headerRange: SourceRange;
  /** A case to show values of; null when there is none. */
  readonly sample: Case | null;
};

/** A suite that names the prompt, with its dataset; null when it has none that can be read. */
export type SuiteUse = { readonly path: string; readonly parsed: ParsedSuite; readonly dataset: DatasetView | null };

/** A prompt with all that the language functions may know beside its text. What is not known is empty. */
export type PromptView = {
  readonly closure: PromptClosure;
  readonly suites: readonly SuiteUse[];
  /** Partials that could be included from here, by the name that a tag uses. */
  readonly partials: readonly { readonly name: string; readonly path: string }[];
  readonly models: ModelCatalogue;
};

type LocatedFrontMatter = FrontMatter & { readonly yaml: Span | null };

/** Many functions ask for the front matter of one document. */
const known = new WeakMap<PromptDocument, LocatedFrontMatter>();

/** The front matter's keys and values with their places; empty without one. */
export function frontMatterOf(document: PromptDocument): LocatedFrontMatter {
  const found = known.get(document) ?? locate(document);
  known.set(document, found);
  return found;
}

function locate({ text }: PromptDocument): LocatedFrontMatter {
  const { frontMatter, yaml } = divide(text);
  if (frontMatter === null) return { value: {}, keys: new Map(), values: new Map(), problems: [], yaml: null };
  return { ...readYaml(text, yaml), yaml };
}

/** The text that is YAML as long as the front matter is being typed: also one that is not closed yet. */
export function yamlSpan({ text, frontMatterRange }: PromptDocument): Span | null {
  if (frontMatterRange !== null) return divide(text).yaml;
  const opening = /^---[^\S\r\n]*\r?\n/.exec(text);
  return opening ? [opening[0].length, text.length] : null;
}

/** The declared variables by name, as JSON Schema; empty without a schema of its own properties. */
export function schemaProperties({ metadata }: PromptDocument): JsonObject {
  const { schema } = metadata.input;
  return isJsonObject(schema) && isJsonObject(schema['properties']) ? schema['properties'] : {};
}

/** The variables that a suite's dataset gives. */
export function givenVariables({ parsed, dataset }: SuiteUse): readonly string[] {
  const { vars, id = 'id', tags = 'tags', expected = 'expected' } = parsed.named.columns;
  if (vars !== undefined) return Object.keys(vars);
  const own = [id, tags, expected, 'history'];
  return (dataset?.columns ?? []).filter((column) => !own.includes(column) && !/^(expected|metadata)\./.test(column));
}
