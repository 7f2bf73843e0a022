import type { Problem } from '../../engine/problem.ts';

/** What stands in the Problems panel: what is wrong, and what to do. The code stands beside it. */
export function problemText(problem: Problem): string {
  return problem.remedy ? `${problem.message} ${problem.remedy}` : problem.message;
}

/** For a message: the first error, and how many more there are. */
export function problemsSummary(fileName: string, problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const first = errors[0];
  if (!first) return `${fileName} could not be evaluated.`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${fileName} was not evaluated: ${problemText(first)}${more}`;
}
