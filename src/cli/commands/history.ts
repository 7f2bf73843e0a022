import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { type RunFilter, readRunFilter } from '../../engine/history/runFilter.ts';
import { suggest } from '../../engine/suite/nearest.ts';
import type { HistoryReader } from '../../node/store/history.ts';
import { isSuitePath } from '../../node/workspace/findSuites.ts';
import { portablePath } from '../../node/workspace/paths.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatAgo, formatScore, formatUsd, plural, UNKNOWN } from '../format.ts';
import { plainText } from '../plainText.ts';
import { jsonVariant } from '../reporters/jsonReport.ts';
import { type Column, textTable } from '../reporters/textTable.ts';
import type { Shell } from '../shell.ts';
import { type WorkspaceOption, withHistory } from './pastRun.ts';
import { markWords } from './runMarks.ts';

export type HistoryOptions = WorkspaceOption & {
  readonly json?: boolean;
  readonly limit?: number;
  readonly filter?: string;
  readonly search?: string;
  readonly archived?: boolean;
};

/** `touchstone history`: the runs of a workspace, of a suite or of a prompt, newest first. */
export async function historyCommand(
  file: string | undefined,
  options: HistoryOptions,
  shell: Shell,
): Promise<ExitCode> {
  const filter = options.filter === undefined ? undefined : requiredFilter(options.filter);
  const named = file === undefined ? undefined : pathOf(file, options, shell);
  const known = named === undefined ? undefined : fs.statSync(named, { throwIfNoEntry: false });
  if (known?.isDirectory())
    throw new TouchstoneError('invalid-argument', `${file} is a folder.`, {
      remedy: 'Name a prompt or a suite, or the folder of another workspace with --workspace.',
    });
  return withHistory({ workspace: options.workspace, file: named }, shell, (history, { root }) => {
    const portable = named === undefined ? undefined : portablePath(root, named);
    const query = portable === undefined ? {} : isSuitePath(portable) ? { suite: portable } : { promptPath: portable };
    const runs = history.runs({
      ...query,
      past: true,
      archived: options.archived === true || filter?.names.has('archived') === true,
      limit: options.limit ?? 20,
      ...(filter && { filter }),
      ...(options.search !== undefined && { words: options.search }),
    });
    const isNarrowed = filter !== undefined || options.search !== undefined;
    // One that has been deleted may have runs; one that never was has none.
    if (runs.length === 0 && named !== undefined && !known && !isNarrowed)
      throw new TouchstoneError('not-found', `There is no file ${file}, and no run of it.`);
    if (options.json) {
      const list = runs.map(
        ({ variants, id, rescoreOf, revision, suite, status, startedAt, finishedAt, git, cases, marks }) => ({
          id,
          rescoreOf,
          revision,
          suite,
          status,
          startedAt,
          finishedAt,
          git: git && { commit: git.commit, dirty: git.dirty },
          cases,
          ...marks,
          variants: variants.map((variant) => withoutRepeats(jsonVariant(variant, 1))),
        }),
      );
      shell.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
      return EXIT.ok;
    }
    if (runs.length === 0) {
      shell.stderr.write(`${noRuns(history, file ?? root, { isNarrowed, names: filter?.names })}\n`);
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
        ...(runs.some((run) => run.rescoreOf !== null)
          ? [[column('answers of', 'left', (run) => run.rescoreOf ?? '')]]
          : []),
        ...(runs.some((run) => run.revision !== null) ? [[column('of', 'left', (run) => run.revision ?? '')]] : []),
        ...(runs.some(({ marks }) => markWords(marks).length > 0)
          ? [[column('marks', 'left', ({ marks }) => markWords(marks).join(' '))]]
          : []),
        ...(runs.some((run) => run.status !== 'finished') ? [[column('status', 'left', (run) => run.status)]] : []),
        [
          column('commit', 'left', (run) =>
            run.git ? run.git.commit.slice(0, 8) + (run.git.dirty ? '+' : '') : UNKNOWN,
          ),
        ],
        ...(runs.some(isPartial) ? [[column('cases', 'right', tookCases)]] : []),
        [column('composite', 'right', (run) => composites(run.variants))],
        [column('passing', 'right', (run) => passing(run.variants))],
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

function requiredFilter(text: string): RunFilter {
  const filter = readRunFilter(text);
  if (!('error' in filter)) return filter;
  throw new TouchstoneError('invalid-argument', `${filter.error}\n  ${text}\n  ${' '.repeat(filter.at)}^`, {
    remedy: 'A filter reads like: composite > 0.8 and model = openai/gpt-5',
  });
}

/** Why nothing is listed; a metric that no run has is the likeliest slip in a filter. */
function noRuns(
  history: HistoryReader,
  of: string,
  { isNarrowed, names }: { readonly isNarrowed: boolean; readonly names: ReadonlySet<string> | undefined },
): string {
  if (!isNarrowed) return `No run of ${of} in ${history.path}.`;
  const known = new Set(
    history
      .runs({ past: true, archived: true })
      .flatMap(({ variants }) => variants.flatMap(({ metrics }) => Object.keys(metrics))),
  );
  const unknown = [...(names ?? [])]
    .flatMap((name) => (name.startsWith('metrics.') ? [name.slice('metrics.'.length)] : []))
    .filter((name) => name !== 'composite' && !known.has(name));
  const hint = unknown.map((name) => ` No run has a metric "${name}". ${suggest(name, [...known], 'Metrics')}`);
  return `No run of ${of} is found by this.${hint.join('')}`;
}

type Runs = ReturnType<HistoryReader['runs']>;

/** A file as it is named from here or, where there is none, from the folder of the workspace that is asked for. */
function pathOf(file: string, { workspace }: HistoryOptions, shell: Shell): string {
  const here = path.resolve(shell.cwd, file);
  const there = workspace === undefined ? here : path.resolve(shell.cwd, workspace, file);
  return fs.existsSync(here) ? here : there;
}

function isPartial({ selection, cases }: Runs[number]): boolean {
  return selection.cases < cases;
}

function tookCases({ selection, cases }: Runs[number]): string {
  return selection.cases < cases ? `${selection.cases} of ${cases}` : String(cases);
}

/** How many variants have a figure each. */
const SHOWN_VARIANTS = 2;

/** Of each variant; of many the lowest and the highest. */
function composites(variants: Runs[number]['variants']): string {
  const means = variants.map(({ composite }) => composite?.mean ?? null);
  if (means.length <= SHOWN_VARIANTS) return means.map(formatScore).join(' ');
  const known = means.filter((mean) => mean !== null).sort((a, b) => a - b);
  return known.length === 0 ? UNKNOWN : `${formatScore(known[0] ?? null)} to ${formatScore(known.at(-1) ?? null)}`;
}

/** Of those that were judged, by variant; of many variants together. */
function passing(variants: Runs[number]['variants']): string {
  const counts = variants.map(({ samples: { pass, fail } }) => ({ pass, judged: pass + fail }));
  if (counts.length <= SHOWN_VARIANTS) return counts.map(({ pass, judged }) => `${pass}/${judged}`).join(' ');
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((total, count) => total + of(count), 0);
  return `${sum(({ pass }) => pass)}/${sum(({ judged }) => judged)}`;
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
