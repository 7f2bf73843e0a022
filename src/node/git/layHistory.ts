import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { isInRepository, safeGit } from './safeGit.ts';

/** The commits of an example, the oldest first: what each file said then; the others are as they are. */
const laidHistory = z.array(z.object({ message: z.string(), files: z.record(z.string(), z.string()) }));

/**
 * Makes a repository of a folder, with these commits. The files are afterwards as they were before: what the last commit has
 * otherwise is an edit that nobody has committed.
 *
 * @param folder absolute
 * @param story the file with the commits
 * @returns false where nothing was made: the folder is in a repository already, or there is no git
 */
export async function layHistory(folder: string, story: string): Promise<boolean> {
  if (isInRepository(folder)) return false;
  const commits = laidHistory.parse(JSON.parse(await fs.readFile(story, 'utf8')));
  const names = [...new Set(commits.flatMap(({ files }) => Object.keys(files)))];
  const now = new Map<string, string>();
  for (const name of names) now.set(name, await fs.readFile(path.join(folder, name), 'utf8'));
  const git = (await safeGit(folder))([
    'user.name=Lantern',
    'user.email=lantern@example.invalid',
    'commit.gpgsign=false',
    'core.autocrlf=false',
  ]);
  try {
    await git.raw(['init', '--quiet', '--initial-branch=main']);
    for (const { message, files } of commits) {
      for (const [name, text] of Object.entries(files)) await fs.writeFile(path.join(folder, name), text);
      await git.raw(['add', '--all']);
      await git.raw(['commit', '--quiet', '--message', message]);
    }
    return true;
  } catch {
    return false;
  } finally {
    for (const [name, text] of now) await fs.writeFile(path.join(folder, name), text);
  }
}
