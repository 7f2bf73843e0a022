import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { safeGit, unfiltered } from './safeGit.ts';

type CommittedLine = {
  readonly text: string;
  /** 40 or 64 hex digits; null for a line that is not committed. */
  readonly commit: string | null;
};

/**
 * Which commit each line of a file, as it is on the disk, came with.
 *
 * @param root absolute
 * @param file absolute, below the root
 * @throws TouchstoneError `not-found` where git does not know the file
 */
export async function blameLines(root: string, file: string, signal?: AbortSignal): Promise<CommittedLine[]> {
  // A filter of the repository's own would be run on the file.
  const git = await unfiltered(await safeGit(root, signal));
  const name = path.relative(root, file).split(path.sep).join('/');
  const text = await git?.raw(['blame', '--line-porcelain', '--no-textconv', '--', name]).catch(() => null);
  if (text === null || text === undefined)
    throw new TouchstoneError('not-found', `git does not know ${name}.`, { remedy: 'Commit it first.' });
  const lines: CommittedLine[] = [];
  let commit: string | null = null;
  for (const line of text.split('\n')) {
    const header = /^([0-9a-f]{40,64}) \d+ \d+/.exec(line)?.[1];
    if (line.startsWith('\t')) lines.push({ text: line.slice(1), commit });
    else if (header !== undefined) commit = /^0+$/.test(header) ? null : header;
  }
  return lines;
}
