import { isScalar, parseDocument, visit } from 'yaml';
import type { Json } from '../json.ts';
import { paramFault } from '../model/modelParams.ts';
import { LineIndex, type Problem, type Severity, type SourceRange } from '../problem.ts';
import { closureReads } from '../prompt/inputVariables.ts';
import { nearest, suggest } from '../suite/nearest.ts';
import { modelFault } from './modelCatalogue.ts';
import { type SuiteView, templatePaths } from './suiteView.ts';

/** Problems of a suite that its own text does not show: models, params, columns and templates that nothing answers to. */
export function suiteLanguageProblems(view: SuiteView): Problem[] {
  return [...modelProblems(view), ...paramProblems(view), ...columnProblems(view), ...templateProblems(view)];
}

function problem(
  view: SuiteView,
  severity: Severity,
  fault: Pick<Problem, 'code' | 'message' | 'remedy'>,
  range: SourceRange,
): Problem {
  const { code, message, remedy } = fault;
  return { severity, code, message, ...(remedy === undefined ? {} : { remedy }), file: view.path, range };
}

function modelProblems(view: SuiteView): Problem[] {
  return (view.parsed.suite?.models ?? []).flatMap(({ value, range }) => {
    const fault = modelFault(value, view.models);
    return fault === null ? [] : [problem(view, fault.code === 'unknown-model' ? 'info' : 'warning', fault, range)];
  });
}

function paramProblems(view: SuiteView): Problem[] {
  return Object.entries(view.parsed.suite?.params ?? {}).flatMap(([name, values]) =>
    values.flatMap((value, index): Problem[] => {
      const fault = paramFault(name, value as Json);
      if (fault === null || (index > 0 && fault.code === 'unknown-param')) return [];
      const range = view.parsed.rangeOf(values.length > 1 ? ['params', name, index] : ['params', name]);
      return [problem(view, fault.code === 'unknown-param' ? 'info' : 'warning', fault, range)];
    }),
  );
}

/** Columns that nothing uses, and columns that the suite maps and the dataset does not have. */
function columnProblems(view: SuiteView): Problem[] {
  const { dataset, parsed, prompts, text } = view;
  if (dataset === null || dataset.columns.length === 0) return [];
  const { vars = {}, id, tags, expected } = parsed.named.columns;
  const mapped: readonly (readonly [readonly string[], string | undefined])[] = [
    ...Object.entries(vars).map(([name, column]) => [['columns', 'vars', name], column] as const),
    ...(
      [
        ['columns', 'id'],
        ['columns', 'tags'],
        ['columns', 'expected'],
      ] as const
    ).map((path, index) => [path, [id, tags, expected][index]] as const),
  ];
  const missing = mapped.flatMap(([path, column]): Problem[] => {
    if (column === undefined || dataset.columns.includes(column)) return [];
    const message = `The dataset has no column \`${column}\`.`;
    const remedy = suggest(column, dataset.columns, 'Its columns are');
    return [problem(view, 'warning', { code: 'unmapped-column', message, remedy }, parsed.rangeOf(path))];
  });
  // A prompt that reads its input as a whole uses every column; so may one that cannot be read.
  const reads = prompts.flatMap(({ closure }) => closureReads(closure));
  const unknowable =
    prompts.length < parsed.named.prompts.length ||
    prompts.some(({ closure }) => closure.document.program === null) ||
    reads.some(({ use }) => use.parts.length === 0);
  if (unknowable || prompts.length === 0) return missing;
  const used = new Set<string>([
    ...reads.map(({ use }) => use.parts[0] ?? ''),
    ...Object.values(vars),
    ...[id ?? 'id', tags ?? 'tags', expected ?? 'expected', 'history'],
    ...[...text.matchAll(/\bvars\.([\w-]+)/g)].map((match) => match[1] ?? ''),
    // A recording's or a replayed column's name stands in the models.
    ...(parsed.suite?.models ?? []).map(({ value }) => value.replace(/^replay\//, '')),
    ...prompts.map(({ closure }) => (closure.document.metadata.model ?? '').replace(/^replay\//, '')),
  ]);
  const unused = dataset.columns.filter((column) => !used.has(column) && !/^(expected|metadata)\./.test(column));
  return [
    ...missing,
    ...unused.map((column): Problem => {
      const message = `No prompt uses the column \`${column}\`.`;
      const meant = nearest(
        column,
        reads.map(({ use }) => use.parts[0] ?? '').filter((name) => !dataset.columns.includes(name)),
      );
      const remedy =
        meant === null
          ? `Use {{${column}}} in a prompt, name it metadata.${column}, or leave it out.`
          : `Did you mean \`${meant}\`?`;
      return {
        severity: 'info',
        code: 'unused-column',
        message,
        remedy,
        file: dataset.path,
        range: dataset.headerRange,
      };
    }),
  ];
}

/** `{{expected.x}}`, `{{vars.x}}` that no case gives. */
function templateProblems(view: SuiteView): Problem[] {
  const { dataset, text } = view;
  if (dataset === null || dataset.columns.length === 0) return [];
  const paths = templatePaths(view);
  const lines = new LineIndex(text);
  const document = parseDocument(text, { logLevel: 'silent' });
  const problems: Problem[] = [];
  visit(document.get('metrics', true) as Parameters<typeof visit>[0], {
    Scalar: (_key, node) => {
      if (!isScalar(node) || typeof node.value !== 'string' || !node.range || !node.value.includes('{{')) return;
      const from = node.range[0];
      for (const match of text
        .slice(from, node.range[1])
        .matchAll(/\{\{\s*((?:expected|vars|metadata)\.[\w.-]+)\s*\}\}/g)) {
        const path = match[1] ?? '';
        if (
          paths.some(
            (known) =>
              known === path || (path.startsWith(`${known}.`) && !isGroup(known)) || known.startsWith(`${path}.`),
          )
        )
          continue;
        const at = from + match.index + match[0].indexOf(path);
        const meant = nearest(path, paths);
        const message = `No case gives \`${path}\`.`;
        const remedy = meant === null ? `There is: ${paths.join(', ')}.` : `Did you mean \`${meant}\`?`;
        problems.push(
          problem(
            view,
            'warning',
            { code: 'unknown-template-value', message, remedy },
            lines.range(at, at + path.length),
          ),
        );
      }
    },
  });
  return problems;
}

/** `expected` alone says nothing of its members when they are known one by one. */
function isGroup(path: string): boolean {
  return path === 'expected';
}
