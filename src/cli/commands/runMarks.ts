import { TouchstoneError } from '../../engine/error.ts';
import { changeMarks, type MarkChange, NO_MARKS, type RunMarks } from '../../engine/history/runMarks.ts';
import { type History, openHistory } from '../../node/store/history.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plural } from '../format.ts';
import { plainText } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type MarkOptions = WorkspaceOption & {
  /** false: take the name away. */
  readonly name?: string | false;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly pin?: boolean;
  readonly archive?: boolean;
};

/** `touchstone history mark`: names, tags, pins or archives runs. All of them, or none. */
export async function historyMarkCommand(
  ids: readonly string[],
  options: MarkOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { name, tag, untag, pin, archive } = options;
  const change: MarkChange = {
    ...(name !== undefined && { name: name === false ? null : name }),
    ...(tag && { addTags: tag }),
    ...(untag && { removeTags: untag }),
    ...(pin !== undefined && { pinned: pin }),
    ...(archive !== undefined && { archived: archive }),
  };
  if (Object.keys(change).length === 0)
    throw new TouchstoneError('invalid-argument', 'Nothing is said about the run.', {
      remedy: 'Add --name, --tag, --untag, --pin or --archive.',
    });
  if (typeof name === 'string' && ids.length > 1)
    throw new TouchstoneError('invalid-argument', 'Several runs cannot have one name: a name finds one.');
  changeMarks(NO_MARKS, change);
  return writing(ids, options, shell, (history, known) => {
    for (const id of known) {
      const marks = history.mark(id, change);
      shell.stdout.write(`${plainText([id, ...markWords(marks)].join('  '))}\n`);
    }
  });
}

/** `touchstone history delete`: takes runs out of the history for good. All of them, or none. */
export async function historyDeleteCommand(
  ids: readonly string[],
  options: WorkspaceOption,
  shell: Shell,
): Promise<ExitCode> {
  return writing(ids, options, shell, (history, known) => {
    const kept = known.find((id) => history.marks(id).pinned);
    if (kept !== undefined)
      throw new TouchstoneError('invalid-argument', `Run ${kept} is pinned; nothing was deleted.`, {
        remedy: `Unpin it first: touchstone history mark ${kept} --no-pin`,
      });
    for (const id of known) history.deleteRun(id);
    shell.stderr.write(`Deleted ${plural(known.length, 'run')}. What people rated is kept.\n`);
  });
}

/** `"Before" release slow pinned`: what was set on a run, and nothing for the rest. */
export function markWords({ name, tags, pinned, archived }: RunMarks): string[] {
  return [
    ...(name === null ? [] : [`"${name}"`]),
    ...tags,
    ...(pinned ? ['pinned'] : []),
    ...(archived ? ['archived'] : []),
  ];
}

/** Finds all runs first, so that a mistyped one keeps the others from being touched. */
async function writing(
  ids: readonly string[],
  options: WorkspaceOption,
  shell: Shell,
  work: (history: History, known: readonly string[]) => void,
): Promise<ExitCode> {
  return withHistory(options, shell, (reader, { root }) => {
    const known = [...new Set(ids.map((id) => findRun(reader, id).header.id))];
    const history = openHistory(root);
    try {
      work(history, known);
      return EXIT.ok;
    } finally {
      history.close();
    }
  });
}
