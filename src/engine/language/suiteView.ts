import type { PromptClosure } from '../prompt/promptDocument.ts';
import type { ParsedSuite } from '../suite/parseSuite.ts';
import type { ModelCatalogue } from './modelCatalogue.ts';
import type { DatasetView } from './promptView.ts';

/** A suite with all that the language functions may know beside its text. */
export type SuiteView = {
  readonly path: string;
  readonly text: string;
  readonly parsed: ParsedSuite;
  /** The prompts that it names and that can be read, as it writes them. */
  readonly prompts: readonly { readonly written: string; readonly path: string; readonly closure: PromptClosure }[];
  readonly dataset: DatasetView | null;
  /** Prompts and datasets that it could name, relative to its folder. */
  readonly files: { readonly prompts: readonly string[]; readonly datasets: readonly string[] };
  readonly models: ModelCatalogue;
};

/** Paths that a metric's template may name with this dataset: `expected.category`, `vars.ticket`, `output`. */
export function templatePaths({ dataset, parsed }: SuiteView): string[] {
  const { vars, id = 'id', tags = 'tags', expected = 'expected' } = parsed.named.columns;
  const columns = dataset?.columns ?? [];
  const given = vars
    ? Object.keys(vars)
    : columns.filter((column) => !isMeant(column, [id, tags, expected, 'history']));
  const members = dataset?.sample?.expected;
  const inExpected =
    typeof members === 'object' && members !== null && !Array.isArray(members)
      ? Object.keys(members).map((key) => `expected.${key}`)
      : [];
  return [
    ...new Set([
      ...(columns.includes(expected) || columns.some((column) => column.startsWith('expected.')) ? ['expected'] : []),
      ...columns.filter((column) => column.startsWith('expected.')),
      ...inExpected,
      ...given.map((name) => `vars.${name}`),
      ...columns.filter((column) => column.startsWith('metadata.')),
      ...['output', 'tags', 'id'],
    ]),
  ];
}

function isMeant(column: string, own: readonly string[]): boolean {
  return own.includes(column) || /^(expected|metadata)\./.test(column);
}
