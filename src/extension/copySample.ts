import { cp, mkdir } from 'node:fs/promises';
import { basename } from 'node:path';

/** Copies without overwriting anything; a history does not travel. */
export async function copySample(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, force: false, filter: (source) => basename(source) !== '.touchstone' });
}
