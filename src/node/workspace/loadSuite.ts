import path from 'node:path';
import type { DatasetSummary } from '../../engine/dataset/case.ts';
import type { Json } from '../../engine/json.ts';
import type { MetricDeclaration } from '../../engine/metric/metric.ts';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import type { RunSelection } from '../../engine/run/run.ts';
import { type ParsedSuite, parseSuite } from '../../engine/suite/parseSuite.ts';
import { planVariants } from '../../engine/suite/planVariants.ts';
import type { CaseSelection } from '../../engine/suite/selectCases.ts';
import type { Suite, Variant } from '../../engine/suite/suite.ts';
import { type LoadedCases, loadDataset } from './loadDataset.ts';
import { requireInside } from './paths.ts';
import { inOrder, loadPrompts, metricProblems } from './suiteParts.ts';
import type { Workspace } from './workspace.ts';
import { fileProblem } from './workspaceFiles.ts';

/** What stands in for the suite's own, from the command line or a button. */
export type SuiteOverrides = CaseSelection & {
  readonly models?: readonly string[];
  readonly params?: { readonly [name: string]: readonly Json[] };
  readonly repeats?: number;
  /** Only this one of the suite's prompts: as the suite writes it, as a path, or its file name. */
  readonly prompt?: string;
};

/** A suite with everything that it names, checked: ready to run. */
export type LoadedSuite = {
  readonly workspace: Workspace;
  readonly suite: Suite;
  readonly variants: readonly Variant[];
  /** Of the whole dataset, whatever the selection. */
  readonly dataset: DatasetSummary;
  readonly suiteText: string;
  /** Which cases `cases()` gives, and how many. */
  readonly selection: RunSelection;
  /** The selected cases in order, read anew; throws TouchstoneError when the dataset has changed since it was checked. */
  readonly cases: LoadedCases;
  readonly metrics: readonly MetricDeclaration[];
  /** Warnings; errors prevent a suite from being loaded. */
  readonly problems: readonly Problem[];
};

/**
 * Reads a suite, its prompts with their partials, and its dataset from end to end.
 *
 * @param signal ends the reading of the dataset, which may take long
 * @returns every problem of all these files at once; `loaded` is null as soon as one of them is an error
 * @throws TouchstoneError `cancelled` when the signal aborts
 */
export async function loadSuite(
  workspace: Workspace,
  suitePath: string,
  overrides: SuiteOverrides = {},
  signal?: AbortSignal,
): Promise<{ loaded: LoadedSuite | null; problems: readonly Problem[] }> {
  const file = path.resolve(workspace.root, suitePath);
  const problems: Problem[] = [...workspace.configProblems];
  let suiteText: string;
  try {
    suiteText = await workspace.files.readText(file);
  } catch (error) {
    return { loaded: null, problems: [...problems, fileProblem(error, file)] };
  }
  const parsed = parseSuite(suiteText, file);
  problems.push(...parsed.problems);

  const prompts = await loadPrompts(workspace, file, parsed, overrides.prompt, problems);
  problems.push(...(await metricProblems(workspace, parsed, prompts, file)));
  const plan = parsed.suite && planVariants(parsed.suite, prompts, overrides);
  problems.push(...(plan?.problems ?? []));
  const dataset = await loadDataset(workspace, file, parsed.named, prompts, overrides, problems, signal);

  problems.push(...(await baselineProblems(workspace, file, parsed)));

  const found = inOrder(problems);
  if (!parsed.suite || !plan || !dataset || hasErrors(found)) return { loaded: null, problems: found };
  const suite = { ...parsed.suite, repeats: overrides.repeats ?? parsed.suite.repeats };
  const metrics = suite.metrics.map(({ value }) => value);
  return {
    loaded: { workspace, suite, suiteText, variants: plan.variants, ...dataset, metrics, problems: found },
    problems: found,
  };
}

/** The baseline is a file that gets written, so a suite that wants it elsewhere does not run at all. */
async function baselineProblems({ root }: Workspace, suiteFile: string, { suite, rangeOf }: ParsedSuite) {
  if (!suite?.baseline) return [];
  const file = path.resolve(path.dirname(suiteFile), suite.baseline);
  try {
    await requireInside(root, file, 'The baseline');
    return [];
  } catch (error) {
    return [fileProblem(error, file, { file: suiteFile, range: rangeOf(['baseline']) })];
  }
}
