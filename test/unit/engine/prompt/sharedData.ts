import fs from 'node:fs';
import path from 'node:path';

/** Files that others wrote stand beside the project, not in it. Tests over them are skipped where they are missing. */
const SHARED = path.resolve(import.meta.dirname, '../../../../../shared/data');

export const SPEC_FOLDER = path.join(SHARED, 'dotprompt-spec');
export const PROMPTS_FOLDER = path.join(SHARED, 'prompt-files/dotprompt');

export type SharedFile = { readonly name: string; readonly text: string };

/** @returns [] where the folder is missing */
export function sharedFiles(folder: string): readonly SharedFile[] {
  if (!fs.existsSync(folder)) {
    console.warn(`${folder} is missing: the tests that read it are skipped.`);
    return [];
  }
  const names = fs.readdirSync(folder).sort();
  return names.map((name) => ({ name, text: fs.readFileSync(path.join(folder, name), 'utf8') }));
}
