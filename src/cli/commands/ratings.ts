import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { countingRatings, type Rating } from '../../engine/rating/rating.ts';
import { type BadRatingLine, readRatings, writeRatings } from '../../engine/rating/ratingLines.ts';
import { nodeHashing } from '../../node/nodeHashing.ts';
import { openHistory } from '../../node/store/history.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import { portablePath } from '../../node/workspace/paths.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatCount, plural } from '../format.ts';
import { outputFile } from '../outputFile.ts';
import { oneLine } from '../plainText.ts';
import { type Column, textTable } from '../reporters/textTable.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { type WorkspaceOption, withHistory } from './pastRun.ts';

/** `touchstone ratings`: how many answers each person rated under each metric. */
export async function ratingsCommand(
  suite: string | undefined,
  options: WorkspaceOption & { readonly json?: boolean },
  shell: Shell,
): Promise<ExitCode> {
  return withHistory({ ...options, file: suite }, shell, (history, workspace) => {
    const ratings = history.ratings.all(suiteName(workspace.root, suite, shell));
    const counts = countByPerson(ratings);
    const text = options.json ? JSON.stringify(counts, null, 2) : countLines(counts, shell).join('\n');
    shell.stdout.write(`${text}\n`);
    return EXIT.ok;
  });
}

/** `touchstone ratings export`: a file for git, from which others import. */
export async function ratingsExportCommand(
  suite: string | undefined,
  options: WorkspaceOption & { readonly out?: string },
  shell: Shell,
): Promise<ExitCode> {
  const file = outputFile(shell, options.out);
  return withHistory({ ...options, file: suite }, shell, (history, workspace) => {
    const name = suiteName(workspace.root, suite, shell);
    if (suite !== undefined && history.countRuns({ suite: name ?? '' }) === 0) {
      throw new TouchstoneError('not-found', `The history has no run of ${suite}.`, {
        remedy: 'Name a suite that was evaluated: `touchstone history` lists them.',
      });
    }
    const ratings = history.ratings.all(name);
    if (file === null) {
      shell.stdout.write(writeRatings(ratings));
      return EXIT.ok;
    }
    // What others have written into the file since is no less a rating for not being in this history.
    const there = fs.existsSync(file) ? readRatings(fs.readFileSync(file, 'utf8'), nodeHashing) : null;
    if (there) refuseBadLines(file, there.bad, shell);
    fs.writeFileSync(file, writeRatings([...(there?.ratings ?? []), ...ratings]));
    shell.stderr.write(`${plural(ratings.length, 'rating')} in ${shownPath(shell.cwd, file)}: commit it.\n`);
    return EXIT.ok;
  });
}

/** `touchstone ratings import`: what others rated, each once. Lines that are no rating are told and left out. */
export async function ratingsImportCommand(
  files: readonly string[],
  options: WorkspaceOption,
  shell: Shell,
): Promise<ExitCode> {
  const read = files.map((file) => {
    const at = path.resolve(shell.cwd, file);
    if (!fs.existsSync(at)) throw new TouchstoneError('not-found', `There is no file ${file}.`);
    return { file, ...readRatings(fs.readFileSync(at, 'utf8'), nodeHashing) };
  });
  const workspace = openWorkspace(path.resolve(shell.cwd, options.workspace ?? '.'), {
    cwd: shell.cwd,
    within: shell.within,
  });
  const history = openHistory(workspace.root);
  try {
    const ratings = read.flatMap((one) => one.ratings);
    const added = history.addRatings(ratings);
    shell.stderr.write(`${plural(added, 'rating')} added, ${formatCount(ratings.length - added)} known before.\n`);
  } finally {
    history.close();
  }
  const bad = read.filter((one) => one.bad.length > 0);
  for (const one of bad) tellBadLines(one.file, one.bad, shell);
  return bad.length === 0 ? EXIT.ok : EXIT.input;
}

function refuseBadLines(file: string, bad: readonly BadRatingLine[], shell: Shell): void {
  if (bad.length === 0) return;
  tellBadLines(shownPath(shell.cwd, file), bad, shell);
  throw new TouchstoneError('invalid-argument', 'Nothing was written: lines of the file would be lost.', {
    remedy: 'Mend them, or write another file with --out.',
  });
}

function tellBadLines(file: string, bad: readonly BadRatingLine[], shell: Shell): void {
  for (const { line, message } of bad) shell.stderr.write(`${file}:${line}: ${oneLine(message)}\n`);
}

function suiteName(root: string, suite: string | undefined, shell: Shell): string | undefined {
  return suite === undefined ? undefined : portablePath(root, path.resolve(shell.cwd, suite));
}

type PersonCount = {
  readonly metric: string;
  readonly author: string;
  readonly answers: number;
  readonly last: string;
};

function countByPerson(ratings: readonly Rating[]): PersonCount[] {
  const bySubject = [...Map.groupBy(ratings, ({ subject, metric }) => `${subject} ${metric}`).values()];
  const counting = bySubject.flatMap(countingRatings);
  const groups = Map.groupBy(counting, ({ metric, author }) => JSON.stringify([metric, author]));
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const answers = new Set(own.map(({ subject }) => subject)).size;
      const last = own.reduce((latest, { ratedAt }) => (ratedAt > latest ? ratedAt : latest), '');
      return [{ metric: first.metric, author: first.author, answers, last }];
    })
    .sort((a, b) => a.metric.localeCompare(b.metric, 'en') || b.answers - a.answers);
}

function countLines(counts: readonly PersonCount[], shell: Shell): string[] {
  if (counts.length === 0) {
    return [
      'Nobody has rated anything yet. A suite asks people by a metric `human`; they answer in VS Code: Review Outputs.',
    ];
  }
  const column = (title: string, align: 'left' | 'right', textOf: (count: PersonCount) => string): Column => ({
    title,
    align,
    cells: counts.map((count) => ({ text: textOf(count) })),
  });
  return textTable(
    column('metric', 'left', ({ metric }) => oneLine(metric)),
    [
      [
        column('rater', 'left', ({ author }) => oneLine(author)),
        column('answers', 'right', ({ answers }) => formatCount(answers)),
        column('last', 'left', ({ last }) => last.slice(0, 10)),
      ],
    ],
    shell.stdout.columns(),
    shell.stdout.colors.dim,
  );
}
