import path from 'node:path';
import type { DatasetSummary } from '../../engine/dataset/case.ts';
import type { Json } from '../../engine/json.ts';
import { createMetric } from '../../engine/metric/createMetric.ts';
import type { MetricDeclaration } from '../../engine/metric/metric.ts';
import { AT_START, hasErrors, type Problem } from '../../engine/problem.ts';
import type { RunSelection } from '../../engine/run/run.ts';
import { type ParsedSuite, parseSuite } from '../../engine/suite/parseSuite.ts';
import { type PlannedPrompt, planVariants } from '../../engine/suite/planVariants.ts';
import type { CaseSelection } from '../../engine/suite/selectCases.ts';
import type { Suite, Variant } from '../../engine/suite/suite.ts';
import { metricPorts } from '../metricPorts.ts';
import { metricTools } from '../metricTools.ts';
import { type LoadedCases, loadDataset } from './loadDataset.ts';
import { loadPrompt } from './loadPrompt.ts';
import { requireInside } from './paths.ts';
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

async function loadPrompts(
  workspace: Workspace,
  suiteFile: string,
  { named, suite }: ParsedSuite,
  only: string | undefined,
  problems: Problem[],
): Promise<PlannedPrompt[]> {
  const absolute = (written: string): string => path.resolve(path.dirname(suiteFile), written);
  const wanted = named.prompts.filter(
    ({ value }) =>
      only === undefined ||
      [value, absolute(value), path.basename(value)].includes(only) ||
      absolute(value) === path.resolve(workspace.root, only),
  );
  if (wanted.length === 0 && only !== undefined && suite !== null) {
    problems.push({
      severity: 'error',
      code: 'unknown-prompt',
      message: `The suite has no prompt \`${only}\`.`,
      remedy: `Its prompts are: ${named.prompts.map(({ value }) => value).join(', ')}.`,
      file: suiteFile,
      range: AT_START,
    });
  }
  const prompts: PlannedPrompt[] = [];
  for (const { value, range } of wanted) {
    const promptFile = absolute(value);
    try {
      const { closure, version } = await loadPrompt(workspace, promptFile);
      problems.push(...closure.problems);
      prompts.push({ path: value, range, closure, version });
    } catch (error) {
      problems.push(fileProblem(error, promptFile, { file: suiteFile, range }));
    }
  }
  return prompts;
}

/** What only making a metric tells: a pattern that does not compile, a schema that is missing in a prompt. */
async function metricProblems(
  workspace: Workspace,
  { named }: ParsedSuite,
  prompts: readonly PlannedPrompt[],
  suiteFile: string,
): Promise<Problem[]> {
  const tools = await metricTools(
    named.metrics.map(({ value }) => value),
    metricPorts({ workspace, suiteFile, judge: named.judge?.value ?? null }),
  );
  return named.metrics.flatMap(({ value, range }) => {
    for (const prompt of prompts) {
      const outputSchema = prompt.closure.document.metadata.output.schema ?? null;
      const made = createMetric(value, { tools, outputSchema });
      if (!('error' in made)) continue;
      const { remedy = 'Correct the options of the metric.' } = made;
      return [
        {
          severity: 'error',
          code: 'invalid-metric',
          message: made.error,
          remedy,
          file: suiteFile,
          range,
        } satisfies Problem,
      ];
    }
    return [];
  });
}

/** File by file in the order in which they were met, by place in each; the same problem of a shared file once. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  const unique = new Map(
    problems.map((problem) => [
      [problem.file, problem.range.start.offset, problem.code, problem.message].join('\n'),
      problem,
    ]),
  );
  return [...unique.values()].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.range.start.offset - b.range.start.offset,
  );
}
