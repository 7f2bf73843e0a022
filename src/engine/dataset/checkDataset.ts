import type { Hashing } from '../hash.ts';
import { AT_START, type SourceRange } from '../problem.ts';
import { nearest } from '../suite/nearest.ts';
import type { Case, DatasetSummary } from './case.ts';
import { coerceVars, type VariableTypes } from './coerceVars.ts';
import { DatasetDigest } from './digest.ts';
import type { Need } from './promptNeeds.ts';
import { MAX_PROBLEMS, type ReadOptions, readCaseRows, reportTooMany } from './readCases.ts';
import { rowProblem } from './row.ts';

export type CheckOptions = ReadOptions & {
  readonly types: VariableTypes;
  readonly needs: readonly Need[];
  /** By default the engine's own. */
  readonly hashing?: Hashing;
  /** Awaited now and then, for whoever else is waiting; what it throws ends the check. */
  readonly turn?: () => Promise<void>;
  /** Called with every sound case, its variables coerced; what it returns is wrong with them, by variable. */
  readonly inspect?: (testCase: Case) => readonly { readonly variable: string; readonly message: string }[];
};

/**
 * Reads a dataset once from end to end, before anything runs: every problem of its form, every cell that does not fit the
 * prompts' types, every variable that it does not give (one problem each, however many rows), and its digest.
 */
export async function checkDataset(chunks: AsyncIterable<string>, options: CheckOptions): Promise<DatasetSummary> {
  const { format, path, types } = options;
  const needs = byVariable(options.needs);
  const seen: Seen = { header: null, columns: new Set(), cases: 0, lacking: new Map() };
  let errors = 0;
  const source: ReadOptions = {
    ...options,
    onHeader: (columns, range) => {
      seen.header = range;
      for (const column of columns) seen.columns.add(column);
    },
    onProblem: (problem) => {
      errors += 1;
      options.onProblem(problem);
    },
  };
  const digest = new DatasetDigest(options.hashing);
  for await (const { testCase, row } of readCaseRows(chunks, source)) {
    if (errors > MAX_PROBLEMS) {
      reportTooMany(source, row.locate());
      break;
    }
    seen.cases += 1;
    if (seen.cases % CASES_A_TURN === 0) await options.turn?.();
    digest.add(testCase);
    if (seen.header === null) for (const column of Object.keys(row.values)) seen.columns.add(column);
    const { vars, issues } = coerceVars(testCase.vars, types);
    const unread = new Set(issues.map(({ variable }) => variable));
    for (const { variable, wanted } of issues) {
      const message = `The cell must be ${wanted}, as the prompt declares \`${variable}\`.`;
      const range = row.locate(columnOf(variable, options));
      rowProblem(source, range, 'wrong-cell-type', message, 'Correct the cell, or the type in `input.schema`.');
    }
    const absent = [...needs.values()].filter(
      ({ variable }) => !Object.hasOwn(vars, variable) && !unread.has(variable),
    );
    for (const { variable } of absent) {
      const known = seen.lacking.get(variable);
      if (known) known.rows += 1;
      else seen.lacking.set(variable, { rows: 1, first: row.locate(columnOf(variable, options)) });
    }
    if (issues.length > 0 || absent.some(({ required }) => required)) continue;
    for (const { variable, message } of options.inspect?.({ ...testCase, vars }) ?? []) {
      const remedy = 'Correct the cell, or `input.schema` of the prompt.';
      rowProblem(source, row.locate(columnOf(variable, options)), 'invalid-variable', message, remedy);
    }
  }
  if (seen.cases === 0 && errors === 0) {
    rowProblem(source, seen.header ?? AT_START, 'empty-dataset', 'The dataset has no cases.', 'Add a row.');
  }
  // Without a single row that could be read nothing is known of its columns.
  if (seen.cases > 0 || seen.header !== null) {
    reportMapping(seen, source);
    for (const need of needs.values()) reportLacking(need, needs, seen, options);
  }
  return { path, format, digest: digest.finish(), cases: seen.cases, columns: [...seen.columns] };
}

/** Some milliseconds' worth. */
const CASES_A_TURN = 500;

/** What one pass has come across. */
type Seen = {
  header: SourceRange | null;
  readonly columns: Set<string>;
  cases: number;
  readonly lacking: Map<string, { rows: number; readonly first: SourceRange }>;
};
type SharedNeed = { readonly variable: string; readonly required: boolean; readonly prompts: readonly string[] };

function byVariable(needs: readonly Need[]): Map<string, SharedNeed> {
  const shared = new Map<string, SharedNeed>();
  for (const { variable, required, prompt } of needs) {
    const known = shared.get(variable);
    const name = prompt.slice(Math.max(prompt.lastIndexOf('/'), prompt.lastIndexOf('\\')) + 1);
    shared.set(variable, {
      variable,
      required: required || known?.required === true,
      prompts: [...(known?.prompts ?? []), name],
    });
  }
  return shared;
}

function columnOf(variable: string, { columns: { vars } }: ReadOptions): string {
  return vars !== undefined && Object.hasOwn(vars, variable) ? (vars[variable] ?? variable) : variable;
}

/** Columns that the suite maps but the dataset does not have. */
function reportMapping({ columns, header }: Seen, source: ReadOptions): void {
  const { vars = {}, id, tags, expected } = source.columns;
  for (const column of new Set([...Object.values(vars), id, tags, expected])) {
    if (column === undefined || columns.has(column)) continue;
    const meant = nearest(column, columns);
    const remedy = meant === null ? `The columns are: ${[...columns].join(', ')}.` : `Did you mean \`${meant}\`?`;
    const message = `The suite maps column \`${column}\`, which is not there.`;
    rowProblem(source, header ?? AT_START, 'unknown-column', message, remedy);
  }
}

function reportLacking(need: SharedNeed, needs: Map<string, SharedNeed>, seen: Seen, options: CheckOptions): void {
  const { variable, required } = need;
  const column = columnOf(variable, options);
  const found = seen.lacking.get(variable);
  const hasColumn = seen.columns.has(column);
  const everywhere = !hasColumn || (seen.cases > 0 && found?.rows === seen.cases);
  // A column that the suite maps and the dataset does not have has been reported as that.
  if (!everywhere ? found === undefined : column !== variable && !hasColumn) return;
  const spare = [...seen.columns].filter((name) => !needs.has(name));
  const meant = hasColumn ? null : nearest(variable, spare);
  const orDefault = 'or give it a default in `input.default` of the prompt.';
  options.onProblem({
    severity: required ? 'error' : 'warning',
    code: 'missing-variable',
    message: `${whoNeeds(need)} the variable \`${variable}\`, which ${
      everywhere ? 'no row gives' : `${found?.rows} of ${seen.cases} rows, the first here, do not give`
    }.`,
    remedy:
      meant !== null
        ? `Rename column \`${meant}\`, or map it in the suite: columns: { vars: { ${variable}: ${meant} } }.`
        : hasColumn
          ? `Fill column \`${column}\`, map another in the suite (\`columns.vars\`), ${orDefault}`
          : `Add the column \`${column}\`, ${orDefault}`,
    file: options.path,
    range: everywhere ? (seen.header ?? AT_START) : (found?.first ?? AT_START),
  });
}

function whoNeeds({ prompts, required }: SharedNeed): string {
  const verb = required ? 'need' : 'read';
  return `${prompts.join(' and ')} ${prompts.length === 1 ? `${verb}s` : verb}`;
}
