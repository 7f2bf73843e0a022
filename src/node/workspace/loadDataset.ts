import path from 'node:path';
import type { Case, DatasetSummary } from '../../engine/dataset/case.ts';
import { checkDataset } from '../../engine/dataset/checkDataset.ts';
import { coerceVars } from '../../engine/dataset/coerceVars.ts';
import { datasetFormat, isTextOnly } from '../../engine/dataset/datasetFormat.ts';
import { DatasetDigest } from '../../engine/dataset/digest.ts';
import { agreedTypes, promptNeeds } from '../../engine/dataset/promptNeeds.ts';
import { readCases } from '../../engine/dataset/readCases.ts';
import { TouchstoneError } from '../../engine/error.ts';
import { AT_START, hasErrors, type Problem } from '../../engine/problem.ts';
import type { RunSelection } from '../../engine/run/run.ts';
import { ExpectedParts, expectedPaths, missingParts } from '../../engine/suite/expectedPaths.ts';
import type { ParsedSuite } from '../../engine/suite/parseSuite.ts';
import type { PlannedPrompt } from '../../engine/suite/planVariants.ts';
import { type CaseSelection, isSelected } from '../../engine/suite/selectCases.ts';
import { nodeHashing } from '../nodeHashing.ts';
import type { CheckedDataset } from './datasetChecks.ts';
import { inputInspector } from './inputInspector.ts';
import { portablePath, requireInside } from './paths.ts';
import type { Workspace } from './workspace.ts';
import { fileProblem, throwIfStopped } from './workspaceFiles.ts';

/** The selected cases in order. When the signal aborts they end. */
export type LoadedCases = (signal?: AbortSignal) => AsyncIterable<Case>;

type LoadedDataset = {
  readonly dataset: DatasetSummary;
  readonly selection: RunSelection;
  readonly cases: LoadedCases;
};

/**
 * Checks the dataset that a suite names. In a trusted workspace it may lie anywhere on the machine: data is often kept outside
 * the project, and it is only ever read. Everything else that a suite names stays inside.
 */
export async function loadDataset(
  workspace: Workspace,
  suiteFile: string,
  { data, columns, metrics }: ParsedSuite['named'],
  prompts: readonly PlannedPrompt[],
  selection: CaseSelection,
  problems: Problem[],
  signal?: AbortSignal,
): Promise<LoadedDataset | null> {
  const { root, files, checks } = workspace;
  const file = data === null ? null : path.resolve(path.dirname(suiteFile), data.value);
  const format = file === null ? null : datasetFormat(file);
  if (data === null || file === null || format === null) return null;

  const closures = prompts.map(({ closure }) => closure);
  const agreed = agreedTypes(isTextOnly(format) ? closures : []);
  problems.push(...agreed.problems);
  const { types } = agreed;
  const options = { path: file, format, columns };
  // While the prompts disagree on types, what they would say of the cells is only noise.
  const inspect = await inputInspector(agreed.problems.length > 0 ? [] : closures);
  const needs = closures.flatMap(promptNeeds);
  const paths = expectedPaths(metrics);
  const check = async (): Promise<CheckedDataset> => {
    const found: Problem[] = [];
    let exact = false;
    let matching = 0;
    let matchingExactly = 0;
    const expected = new ExpectedParts(paths.map(({ path }) => path));
    const summary = await checkDataset(files.chunks(file, signal), {
      ...options,
      types,
      hashing: nodeHashing,
      needs,
      turn: () => turn(signal),
      onProblem: (problem) => found.push(problem),
      inspect: (testCase) => {
        expected.add(testCase);
        if (isSelected(testCase, selection, false)) matching += 1;
        if (testCase.id === selection.filter) exact = true;
        if (isSelected(testCase, selection, true)) matchingExactly += 1;
        return inspect(testCase);
      },
    });
    const selectedCases = Math.min(exact ? matchingExactly : matching, selection.limit ?? Number.POSITIVE_INFINITY);
    return { summary, problems: found, selectedCases, exact, expected: expected.found };
  };
  let checked: CheckedDataset;
  try {
    await requireReadable(workspace, file);
    // Coercion and inspection follow from the prompts' inputs.
    const inputs = closures.map(({ document }) => document.metadata.input);
    const { filter, ids, tags, limit } = selection;
    const against = {
      columns,
      needs,
      inputs,
      paths: paths.map(({ path }) => path),
      selection: { filter, ids, tags, limit },
    };
    checked = await (checks ? checks.once(file, against, check) : check());
  } catch (error) {
    if (signal) throwIfStopped(signal);
    problems.push(fileProblem(error, file, { file: suiteFile, range: data.range }));
    return null;
  }
  const { summary, selectedCases, exact } = checked;
  problems.push(...checked.problems);
  // Rows with an error are left out, and may be those that have it.
  if (summary.cases > 0 && !hasErrors(checked.problems))
    problems.push(...missingParts(paths, checked.expected, summary.cases, suiteFile));
  if (selectedCases === 0 && summary.cases > 0 && !problems.some(({ severity }) => severity === 'error')) {
    const message = `None of the ${summary.cases} cases is selected.`;
    const remedy = 'Loosen the filter, the tags or the limit.';
    problems.push({ severity: 'error', code: 'no-cases', message, remedy, file: suiteFile, range: AT_START });
  }

  async function* cases(until?: AbortSignal): AsyncGenerator<Case> {
    const digest = new DatasetDigest(nodeHashing);
    let left = selectedCases;
    try {
      const chunks = files.chunks(options.path, until);
      for await (const testCase of readCases(chunks, { ...options, onProblem: changed })) {
        digest.add(testCase);
        if (!isSelected(testCase, selection, exact) || left === 0) continue;
        left -= 1;
        yield { ...testCase, vars: coerceVars(testCase.vars, types).vars };
      }
    } catch (error) {
      if (until?.aborted) return;
      throw error;
    }
    // Only at the end can be known that what ran is what was checked.
    if (digest.finish() !== summary.digest) changed();
  }
  const changed = (): never => {
    throw new TouchstoneError('invalid-argument', `The dataset ${file} changed while it was read.`, {
      remedy: 'Start the run again.',
    });
  };
  const { filter, ids, tags, limit } = selection;
  return {
    dataset: { ...summary, path: portablePath(root, file) },
    selection: {
      ...(filter === undefined || filter === '' ? {} : { filter }),
      ...(ids === undefined ? {} : { ids }),
      ...(tags === undefined || tags.length === 0 ? {} : { tags }),
      ...(limit === undefined ? {} : { limit }),
      cases: selectedCases,
    },
    cases,
  };
}

/** In a workspace that is not trusted a dataset does not lead elsewhere either. @throws TouchstoneError */
export async function requireReadable({ root, trusted }: Workspace, file: string): Promise<void> {
  if (!trusted) await requireInside(root, file, 'The workspace is not trusted, and the dataset');
}

/** A format that is read as a whole gives the event loop no turn between its rows, and a stop would not get through. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal) throwIfStopped(signal);
}
