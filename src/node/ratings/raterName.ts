import os from 'node:os';
import { userName } from '../git/userName.ts';

/**
 * Who rates, unless they say otherwise: git's name for the user, else that of the account.
 *
 * @param root absolute
 */
export async function raterName(root: string): Promise<string> {
  const name = (await userName(root)) ?? accountName();
  return name.slice(0, 200).trim();
}

/** An account may have no name, as in a container. */
function accountName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return process.env['USER'] || 'unknown';
  }
}
