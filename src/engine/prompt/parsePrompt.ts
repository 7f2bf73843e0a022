import type { Draft } from './draft.ts';
import { divide, type FrontMatter, readYaml } from './frontMatter.ts';
import { handlebarsRoles } from './handlebarsRoles.ts';
import type { Span } from './handlebarsTree.ts';
import { type NamedSchemas, propertyName } from './picoschema.ts';
import type { PromptDocument } from './promptDocument.ts';
import { readMetadata } from './readMetadata.ts';
import { parseTemplate } from './template.ts';
import { toDocument } from './toDocument.ts';

/**
 * Reads a dotprompt file: YAML front matter and a Handlebars template. Never throws; what is wrong is a problem with
 * its place in the file.
 *
 * @param path as the problems shall name the file
 * @param schemas that the front matter may name; files by themselves have none
 */
export function parsePrompt(text: string, path: string, schemas: NamedSchemas = {}): PromptDocument {
  const division = divide(text);
  const front: FrontMatter = division.frontMatter === null ? NO_FRONT_MATTER : readYaml(text, division.yaml);
  const { metadata, problems } = readMetadata(front, schemas);
  return toDocument({
    path,
    text,
    format: 'dotprompt',
    metadata,
    frontMatter: division.frontMatter,
    keys: keySpans(front),
    body: division.body,
    problems: [...division.problems, ...front.problems, ...problems],
    declares: front.problems.length === 0,
    ...readHandlebars(text.slice(...division.body)),
  });
}

const NO_FRONT_MATTER: FrontMatter = { value: {}, keys: new Map(), values: new Map(), problems: [] };

/** A Handlebars template as a part of a document. */
export function readHandlebars(template: string): {
  readonly program: PromptDocument['program'] & ({ readonly language: 'handlebars' } | null);
  readonly roles: ReturnType<typeof handlebarsRoles>;
  readonly templateProblems: readonly Draft[];
} {
  const parsed = parseTemplate(template);
  if ('error' in parsed)
    return { program: null, roles: [], templateProblems: [{ severity: 'error', ...parsed.error }] };
  const { program: tree } = parsed;
  return { program: { language: 'handlebars', tree }, roles: handlebarsRoles(tree), templateProblems: [] };
}

/** With the names of Picoschema properties beside the keys that declare them: `input.schema.product` for `product?`. */
function keySpans(front: FrontMatter): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const [path, span] of front.values) {
    spans.set(path, span);
    const property = /^((?:in|out)put\.schema)\.(.+)$/.exec(path);
    if (property?.[1] && property[2]) spans.set(`${property[1]}.${propertyPath(property[2])}`, span);
  }
  return spans;
}

function propertyPath(path: string): string {
  return path
    .split(/\.(?![^(]*\))/)
    .map(propertyName)
    .join('.');
}
