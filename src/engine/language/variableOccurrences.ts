import { LineIndex, type SourceRange } from '../problem.ts';
import type { Span } from '../prompt/handlebarsTree.ts';
import { closureReads } from '../prompt/inputVariables.ts';
import { propertyName } from '../prompt/picoschema.ts';
import type { PromptClosure } from '../prompt/promptDocument.ts';
import { columnPlaces, type DatasetText } from './datasetColumns.ts';
import { frontMatterOf } from './promptView.ts';
import { type SuiteText, suiteVariablePlaces } from './suiteVariables.ts';

/** Files in which a variable's name means the same: prompts that share partials or a dataset, with their suites. */
export type VariableFamily = {
  readonly prompts: readonly PromptClosure[];
  readonly suites: readonly SuiteText[];
  readonly datasets: readonly DatasetText[];
};

/** One place of a variable's name. */
export type VariablePlace = {
  readonly path: string;
  readonly kind: 'declaration' | 'default' | 'read' | 'mapping' | 'metric' | 'column';
  /** Of the name alone; offsets in the file. */
  readonly span: Span;
  readonly range: SourceRange;
  /** The name as this place has to write it. */
  readonly written: (name: string) => string;
};

/** Every place of a variable, each once: declarations first, then by file and place. */
export async function variableOccurrences(family: VariableFamily, variable: string): Promise<VariablePlace[]> {
  const found: VariablePlace[] = [
    ...family.prompts.flatMap((closure) => [...declarations(closure, variable), ...reads(closure, variable)]),
    ...family.suites.flatMap((suite) => suiteVariablePlaces(suite, variable)),
  ];
  for (const dataset of family.datasets) found.push(...(await columnPlaces(dataset, variable)));
  const unique = new Map(found.map((place) => [`${place.path}\n${place.span[0]}`, place]));
  const rank = (place: VariablePlace) => (place.kind === 'declaration' ? 0 : 1);
  return [...unique.values()].sort((a, b) => rank(a) - rank(b));
}

function declarations({ document }: PromptClosure, variable: string): VariablePlace[] {
  const { keys, values } = frontMatterOf(document);
  const lines = new LineIndex(document.text);
  const place = (kind: VariablePlace['kind'], start: number): VariablePlace => {
    const span: Span = [start, start + variable.length];
    return { path: document.path, kind, span, range: lines.range(...span), written: (name) => name };
  };
  const inKeys = [...keys].flatMap(([path, span]): VariablePlace[] => {
    const base = KEY_BASES.find((one) => path.startsWith(`${one}.`));
    if (base === undefined || (base === 'input.schema' && keys.has('input.schema.properties'))) return [];
    const key = path.slice(base.length + 1);
    const quoted = /^["']/.test(document.text.charAt(span[0])) ? 1 : 0;
    // A path is joined by dots: only the text itself tells a key with a dot from a key within another.
    if (!document.text.startsWith(key, span[0] + quoted)) return [];
    const isDefault = base === 'input.default';
    if ((isDefault ? key : propertyName(key)) !== variable) return [];
    return [place(isDefault ? 'default' : 'declaration', span[0] + quoted)];
  });
  const required = [...values].flatMap(([path, [start]]): VariablePlace[] => {
    if (!/^input\.schema\.required\.\d+$/.test(path)) return [];
    const quoted = /^["']/.test(document.text.charAt(start)) ? 1 : 0;
    const rest = document.text.slice(start + quoted);
    return new RegExp(`^${escaped(variable)}(?![\\w-])`).test(rest) ? [place('default', start + quoted)] : [];
  });
  return [...inKeys, ...required];
}

const KEY_BASES = ['input.schema.properties', 'input.schema', 'input.default'];

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function reads(closure: PromptClosure, variable: string): VariablePlace[] {
  return closureReads(closure)
    .filter(({ use }) => use.parts[0] === variable)
    .flatMap(({ document, use }): VariablePlace[] => {
      const base = document.templateRange.start.offset;
      const written = document.text.slice(base + use.span[0], base + use.span[1]);
      const [lead = ''] = /^(?:@root[./]|this[./]|\.\.\/|\.\/)*/.exec(written) ?? [];
      const literal = /^[["']/.test(written.slice(lead.length)) ? 1 : 0;
      const start = base + use.span[0] + lead.length + literal;
      if (!document.text.startsWith(variable, start)) return [];
      const span: Span = [start, start + variable.length];
      const range = new LineIndex(document.text).range(...span);
      return [{ path: document.path, kind: 'read', span, range, written: (name) => name }];
    });
}
