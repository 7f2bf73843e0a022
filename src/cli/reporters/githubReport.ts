import path from 'node:path';
import { plainText } from '../plainText.ts';
import type { CaseProblem } from './problemLines.ts';

/** GitHub shows ten annotations of each level for a step. */
const SHOWN = 10;

/**
 * Workflow commands that put failing cases at their rows in the files of a pull request: as many as GitHub shows of each level,
 * then how many there are beyond those.
 *
 * @param root of the checkout, absolute: GitHub takes paths from there
 * @param gateHolds a case that fails is an error where the gate does not hold, and a warning where it does
 */
export function githubAnnotations(problems: readonly CaseProblem[], root: string, gateHolds: boolean): string[] {
  const levelOf = ({ severity }: CaseProblem) => (severity === 'error' || !gateHolds ? 'error' : 'warning');
  const byLevel = Map.groupBy(problems, levelOf);
  return [...byLevel].flatMap(([level, those]) => {
    const shown = those.length > SHOWN ? those.slice(0, SHOWN - 1) : those;
    const left = those.length - shown.length;
    return [
      ...shown.map((problem) => annotation(level, problem, root)),
      ...(left > 0
        ? [`::${level} title=Touchstone::${left} more failing samples are in the summary of this job.`]
        : []),
    ];
  });
}

function annotation(level: string, { file, line, message }: CaseProblem, root: string): string {
  const place = path.relative(root, file).split(path.sep).join('/');
  return `::${level} file=${property(place)},line=${line + 1},title=Touchstone::${data(message)}`;
}

// What the runner decodes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function data(text: string): string {
  return plainText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
