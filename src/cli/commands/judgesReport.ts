import { TouchstoneError } from '../../engine/error.ts';
import { judgeReports } from '../../node/ratings/judgeReports.ts';
import { wrapWidth } from '../displayWidth.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { oneLine } from '../plainText.ts';
import { judgeReportLines } from '../reporters/judgeReportLines.ts';
import type { Shell } from '../shell.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type JudgesReportOptions = WorkspaceOption & { readonly json?: boolean };

/** `touchstone judges report`: how far the judges of a run agree with people. Ends with 1 when one is below its bar. */
export async function judgesReportCommand(id: string, options: JudgesReportOptions, shell: Shell): Promise<ExitCode> {
  return withHistory(options, shell, (history) => {
    const run = findRun(history, id);
    const held = judgeReports(history, run);
    if (held.length === 0) {
      throw new TouchstoneError('not-found', `Run ${run.header.id} asks no judge.`, {
        remedy: 'Name the run of a suite with one: `touchstone history` lists them.',
      });
    }
    const { columns, colors } = shell.stdout;
    const text = options.json
      ? JSON.stringify(
          held.map(({ report, against }) => ({ ...report, against })),
          null,
          2,
        )
      : held.map((one) => judgeLines(one, columns(), colors).join('\n')).join('\n\n');
    shell.stdout.write(`${text}\n`);
    return held.some(({ report }) => report.standing === 'below') ? EXIT.gate : EXIT.ok;
  });
}

function judgeLines(
  { report, against }: ReturnType<typeof judgeReports>[number],
  width: number,
  colors: Shell['stdout']['colors'],
): string[] {
  const whom =
    against === null
      ? 'The suite asks no people: give it a metric `human`, evaluate or re-score, and rate some answers.'
      : `People's word is \`${[against.metric, against.criterion].filter(Boolean).join('.')}\`.`;
  const [first = '', ...rest] = judgeReportLines(report, width, colors);
  return [first, ...wrapWidth(oneLine(whom), width).map(colors.dim), ...rest];
}
