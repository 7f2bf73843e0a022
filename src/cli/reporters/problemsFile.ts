import fs from 'node:fs';
import type { CaseProblem } from './problemLines.ts';

/**
 * The file of `--problems-file`: a JSON line for each failing sample. An editor reads it when the process has ended, for what
 * a problem matcher finds in a terminal lacks lines when that ends at once, and keeps one for each row.
 */
export function problemsFile(file: string | null): (problems: readonly CaseProblem[]) => void {
  if (file === null) return () => {};
  fs.writeFileSync(file, '');
  return (problems) => fs.appendFileSync(file, problems.map((problem) => `${JSON.stringify(problem)}\n`).join(''));
}
