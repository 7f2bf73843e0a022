import { safeGit } from './safeGit.ts';

/** The name that git gives to who works here; null when it knows none. */
export async function userName(root: string): Promise<string | null> {
  try {
    const git = await safeGit(root);
    return (await git().raw(['config', '--get', 'user.name'])).trim() || null;
  } catch {
    return null;
  }
}
