import { LineIndex, type Problem } from '../problem.ts';
import type { TemplateUse } from './checkTemplate.ts';
import { type Draft, placeDraft } from './draft.ts';
import type { RoleMark } from './handlebarsRoles.ts';
import type { Span } from './handlebarsTree.ts';
import { undeclared } from './inputVariables.ts';
import { type PromptProgram, templateUse } from './program.ts';
import type { PromptDocument, PromptFormat, PromptMetadata, Reference } from './promptDocument.ts';

/** What a format's reader found in a file. Spans are offsets in the file, but where they are said to be the template's. */
export type DocumentParts = {
  readonly path: string;
  readonly text: string;
  readonly format: PromptFormat;
  readonly metadata: PromptMetadata;
  readonly frontMatter?: Span | null;
  readonly keys?: ReadonlyMap<string, Span>;
  readonly body: Span;
  /** null where the template does not parse. */
  readonly program: PromptProgram | null;
  /** Of the template. */
  readonly roles?: readonly RoleMark[];
  readonly files?: readonly { readonly name: string; readonly span: Span }[];
  readonly samples?: PromptDocument['samples'];
  readonly problems: readonly Draft[];
  /** Of the template: with offsets in it. */
  readonly templateProblems?: readonly Draft[];
  /** Whether the front matter was read well enough to say which variables it declares. */
  readonly declares?: boolean;
};

/** A document with everything in its place, its variables checked against what it declares. */
export function toDocument(parts: DocumentParts): PromptDocument {
  const { path, text, format, metadata, body, program } = parts;
  const lines = new LineIndex(text);
  const [base] = body;
  const use = program ? templateUse(program) : NO_USE;
  const ofTemplate = [...(parts.templateProblems ?? []), ...use.problems];
  if (parts.declares !== false) ofTemplate.push(...use.variables.flatMap((one) => undeclared(one, metadata) ?? []));
  const reference = (name: string, written: string, [start, end]: Span, from = base): Reference => ({
    name,
    path: written,
    range: lines.range(from + start, from + end),
  });
  return {
    path,
    text,
    format,
    metadata,
    frontMatterRange: parts.frontMatter ? lines.range(...parts.frontMatter) : null,
    keyRanges: new Map([...(parts.keys ?? [])].map(([key, span]) => [key, lines.range(...span)])),
    template: text.slice(...body),
    templateRange: lines.range(...body),
    program,
    variables: use.variables
      .filter((variable) => variable.parts.length > 0)
      .map((variable) => reference(variable.parts[0] ?? '', variable.path, variable.span)),
    partials: use.partials.map((partial) => reference(partial.name, partial.name, partial.span)),
    roles: (parts.roles ?? []).map(({ role, span }) => ({ role, range: lines.range(base + span[0], base + span[1]) })),
    files: (parts.files ?? []).map(({ name, span }) => reference(name, name, span, 0)),
    samples: parts.samples ?? [],
    problems: [
      ...parts.problems.map((draft) => placeDraft(draft, path, lines)),
      ...ofTemplate.map((draft) => placeDraft(draft, path, lines, base)),
    ].sort(bySource),
  };
}

const NO_USE: TemplateUse = { variables: [], partials: [], inlines: new Set(), problems: [] };

function bySource(a: Problem, b: Problem): number {
  return a.range.start.offset - b.range.start.offset;
}
