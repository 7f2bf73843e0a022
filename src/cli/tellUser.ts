import { TouchstoneError } from '../engine/error.ts';
import { formatProblem, type Problem } from '../engine/problem.ts';
import { EXIT, type ExitCode } from './exitCode.ts';
import { plural } from './format.ts';
import { oneLine, plainText } from './plainText.ts';
import type { Shell } from './shell.ts';
import { shownPath } from './shownPath.ts';

/** Problems as `file:line:column: severity: message`, which editors turn into links, in the order of files and lines, each once. */
export function printProblems(shell: Shell, problems: readonly Problem[]): void {
  const { colors, write } = shell.stderr;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.dim };
  const sorted = [...problems].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.column - b.range.start.column,
  );
  // Several suites of one prompt find the same.
  const printed = new Set<string>();
  for (const problem of sorted) {
    const line = oneLine(formatProblem({ ...problem, file: shownPath(shell.cwd, problem.file) }));
    if (!printed.has(line)) write(`${paint[problem.severity](line)}\n`);
    printed.add(line);
  }
}

/** Prints what keeps a command from running, and says that nothing was run. */
export function refuse(shell: Shell, problems: readonly Problem[]): ExitCode {
  printProblems(shell, problems);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  shell.stderr.write(`${plural(errors, 'problem')} to correct; nothing was run.\n`);
  return EXIT.input;
}

/** The one place that turns an error into the user's words, the next step and an exit code. */
export function explainError(shell: Shell, error: unknown): ExitCode {
  if (isSystemError(error)) {
    shell.stderr.write(`${shell.stderr.colors.red('touchstone:')} ${oneLine(error.message)}\n`);
    return EXIT.environment;
  }
  if (!(error instanceof TouchstoneError)) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    shell.stderr.write(`touchstone: something went wrong inside: ${plainText(detail)}\n`);
    return EXIT.environment;
  }
  if (error.code === 'cancelled') return EXIT.cancelled;
  const remedy = error.remedy ? `\n${error.remedy}` : '';
  shell.stderr.write(`${shell.stderr.colors.red('touchstone:')} ${plainText(error.message + remedy)}\n`);
  return error.code === 'not-found' || error.code === 'invalid-argument' || error.code === 'untrusted'
    ? EXIT.input
    : EXIT.environment;
}

/** What the operating system refused: a full disk, a file that may not be written. Its message names the call and the file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}
