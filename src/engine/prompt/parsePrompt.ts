import { LineIndex, type Problem, type SourceRange } from '../problem.ts';
import { checkTemplate, type TemplateUse } from './checkTemplate.ts';
import { type Draft, placeDraft } from './draft.ts';
import { divide, type FrontMatter, readYaml } from './frontMatter.ts';
import type { Span } from './handlebarsTree.ts';
import { undeclared } from './inputVariables.ts';
import { type NamedSchemas, propertyName } from './picoschema.ts';
import type { PromptDocument, PromptMetadata, Reference } from './promptDocument.ts';
import { readMetadata } from './readMetadata.ts';
import { parseTemplate } from './template.ts';

/**
 * Reads a dotprompt file: YAML front matter and a Handlebars template. Never throws; what is wrong is a problem with
 * its place in the file.
 *
 * @param path as the problems shall name the file
 * @param schemas that the front matter may name; files by themselves have none
 */
export function parsePrompt(text: string, path: string, schemas: NamedSchemas = {}): PromptDocument {
  const lines = new LineIndex(text);
  const division = divide(text);
  const front: FrontMatter = division.frontMatter === null ? NOTHING : readYaml(text, division.yaml);
  const { metadata, problems: metadataProblems } = readMetadata(front, schemas);

  const [bodyStart] = division.body;
  const template = text.slice(...division.body);
  const parsed = parseTemplate(template);
  const use = 'program' in parsed ? checkTemplate(parsed.program) : NO_USE;
  const templateProblems: Draft[] = 'error' in parsed ? [{ severity: 'error', ...parsed.error }] : [...use.problems];
  if (front.problems.length === 0) templateProblems.push(...undeclaredVariables(use, metadata));

  const inFile = [...division.problems, ...front.problems, ...metadataProblems];
  const problems = [
    ...inFile.map((draft) => placeDraft(draft, path, lines)),
    ...templateProblems.map((draft) => placeDraft(draft, path, lines, bodyStart)),
  ].sort(bySource);

  const reference = (name: string, written: string, [start, end]: Span): Reference => ({
    name,
    path: written,
    range: lines.range(bodyStart + start, bodyStart + end),
  });
  return {
    path,
    text,
    format: 'dotprompt',
    metadata,
    frontMatterRange: division.frontMatter && lines.range(...division.frontMatter),
    keyRanges: keyRangesOf(front, lines),
    template,
    templateRange: lines.range(...division.body),
    program: 'program' in parsed ? parsed.program : null,
    variables: use.variables
      .filter(({ parts }) => parts.length > 0)
      .map((variable) => reference(variable.parts[0] ?? '', variable.path, variable.span)),
    partials: use.partials.map((partial) => reference(partial.name, partial.name, partial.span)),
    problems,
  };
}

const NOTHING: FrontMatter = { value: {}, keys: new Map(), values: new Map(), problems: [] };
const NO_USE: TemplateUse = { variables: [], partials: [], inlines: new Set(), problems: [] };

function undeclaredVariables(use: TemplateUse, metadata: PromptMetadata): Draft[] {
  return use.variables.flatMap((variable) => undeclared(variable, metadata) ?? []);
}

/** With the names of Picoschema properties beside the keys that declare them: `input.schema.product` for `product?`. */
function keyRangesOf(front: FrontMatter, lines: LineIndex): Map<string, SourceRange> {
  const ranges = new Map<string, SourceRange>();
  for (const [path, span] of front.values) {
    const range = lines.range(...span);
    ranges.set(path, range);
    const property = /^((?:in|out)put\.schema)\.(.+)$/.exec(path);
    if (property?.[1] && property[2]) ranges.set(`${property[1]}.${propertyPath(property[2])}`, range);
  }
  return ranges;
}

function propertyPath(path: string): string {
  return path
    .split(/\.(?![^(]*\))/)
    .map(propertyName)
    .join('.');
}

function bySource(a: Problem, b: Problem): number {
  return a.range.start.offset - b.range.start.offset;
}
