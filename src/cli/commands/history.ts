import path from 'node:path';
import type { StatusCounts } from '../../engine/run/sample.ts';
import { isSuitePath } from '../../node/workspace/findSuites.ts';
import { portablePath } from '../../node/workspace/paths.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatAgo, formatScore, formatUsd, plural, UNKNOWN } from '../format.ts';
import { plainText } from '../plainText.ts';
import { jsonVariant } from '../reporters/jsonReport.ts';
import { type Column, textTable } from '../reporters/textTable.ts';
import type { Shell } from '../shell.ts';
import { type WorkspaceOption, withHistory } from './pastRun.ts';

export type HistoryOptions = WorkspaceOption & { readonly json?: boolean; readonly limit?: number };

/** `touchstone history`: the runs of a workspace, of a suite or of a prompt, newest first. */
export async function historyCommand(
  file: string | undefined,
  options: HistoryOptions,
  shell: Shell,
): Promise<ExitCode> {
  const at = options.workspace ?? (file === undefined ? undefined : path.resolve(shell.cwd, file));
  return withHistory({ workspace: at }, shell, (history, { root }) => {
    const portable = file === undefined ? undefined : portablePath(root, path.resolve(shell.cwd, file));
    const query = portable === undefined ? {} : isSuitePath(portable) ? { suite: portable } : { promptPath: portable };
    const runs = history.runs({ ...query, limit: options.limit ?? 20 });
    if (options.json) {
      const list = runs.map(({ variants, id, suite, status, startedAt, finishedAt, git, cases }) => ({
        id,
        suite,
        status,
        startedAt,
        finishedAt,
        git: git && { commit: git.commit, dirty: git.dirty },
        cases,
        variants: variants.map((variant) => withoutRepeats(jsonVariant(variant, 1))),
      }));
      shell.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
      return EXIT.ok;
    }
    if (runs.length === 0) {
      shell.stderr.write(`No run of ${file ?? root} in ${history.path}.\n`);
      return EXIT.ok;
    }
    const { colors } = shell.stdout;
    const column = (title: string, align: Column['align'], textOf: (run: (typeof runs)[number]) => string): Column => ({
      title,
      align,
      cells: runs.map((run) => ({ text: plainText(textOf(run)) })),
    });
    const lines = textTable(
      column('run', 'left', (run) => run.id),
      [
        [column('when', 'left', (run) => formatAgo(Date.parse(run.startedAt), shell.now()))],
        [column('suite', 'left', (run) => run.suite.replace(/\.eval\.ya?ml$/, ''))],
        ...(runs.some((run) => run.status !== 'finished') ? [[column('status', 'left', (run) => run.status)]] : []),
        [
          column('commit', 'left', (run) =>
            run.git ? run.git.commit.slice(0, 8) + (run.git.dirty ? '+' : '') : UNKNOWN,
          ),
        ],
        [
          column('composite', 'right', (run) =>
            run.variants.map((v) => formatScore(v.composite?.mean ?? null)).join(' '),
          ),
        ],
        [column('passing', 'right', (run) => run.variants.map(({ samples }) => passing(samples)).join(' '))],
        [column('cost', 'right', (run) => formatUsd(totalCost(run.variants)))],
      ],
      shell.stdout.columns(),
      colors.dim,
    );
    shell.stdout.write(`${lines.join('\n')}\n`);
    shell.stderr.write(
      `${colors.dim(`${plural(runs.length, 'run')}, newest first; look at one with \`touchstone show <run>\`.`)}\n`,
    );
    return EXIT.ok;
  });
}

/** Of those that were judged. */
function passing({ pass, fail }: StatusCounts): string {
  return `${pass}/${pass + fail}`;
}

function withoutRepeats<T extends { readonly repeats: number }>({ repeats: _, ...rest }: T): Omit<T, 'repeats'> {
  return rest;
}

function totalCost(variants: readonly { readonly costUsd: number | null }[]): number | null {
  return variants.reduce<number | null>(
    (sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd),
    0,
  );
}
