import path from 'node:path';
import { createMetric } from '../../engine/metric/createMetric.ts';
import { AT_START, type Problem } from '../../engine/problem.ts';
import type { ParsedSuite } from '../../engine/suite/parseSuite.ts';
import type { PlannedPrompt } from '../../engine/suite/planVariants.ts';
import { metricPorts } from '../metricPorts.ts';
import { metricTools } from '../metricTools.ts';
import { loadPrompt } from './loadPrompt.ts';
import type { Workspace } from './workspace.ts';
import { fileProblem } from './workspaceFiles.ts';

/**
 * The prompts that a suite names, with their problems.
 *
 * @param only as `SuiteOverrides.prompt`
 */
export async function loadPrompts(
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
export async function metricProblems(
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
export function inOrder(problems: readonly Problem[]): Problem[] {
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
