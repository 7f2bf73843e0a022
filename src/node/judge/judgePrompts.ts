import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TouchstoneError } from '../../engine/error.ts';
import { loadClosure } from '../../engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../engine/prompt/parsePrompt.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { promptVersion } from '../../engine/prompt/promptVersion.ts';

export type JudgePrompt = { readonly closure: PromptClosure; readonly version: string };

const ENDING = '.prompt';
const opened = new Map<string, Promise<JudgePrompt>>();

/** The judge's prompt that comes with Touchstone; read once for a process. */
export function ownJudgePrompt(name: string): Promise<JudgePrompt> {
  const known = opened.get(name) ?? open(judgePromptFile(name));
  opened.set(name, known);
  return known;
}

/** The names of the judge's prompts that come with Touchstone, sorted. */
export function judgePromptNames(): string[] {
  const files = fs.readdirSync(judgeFolder()).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length)).sort();
}

/** Where the prompt of this name is, absolute. */
export function judgePromptFile(name: string): string {
  return path.join(judgeFolder(), `${name}${ENDING}`);
}

async function open(file: string): Promise<JudgePrompt> {
  const document = parsePrompt(await fs.promises.readFile(file, 'utf8'), file);
  const closure = await loadClosure(document, async () => undefined);
  return { closure, version: promptVersion(closure) };
}

let folder: string | undefined;

/** `media/judges` of the package: this file may stand in its sources or in any folder of a build. */
function judgeFolder(): string {
  if (folder !== undefined) return folder;
  for (let at = path.dirname(fileURLToPath(import.meta.url)); ; at = path.dirname(at)) {
    const found = path.join(at, 'media', 'judges');
    if (fs.existsSync(found)) {
      folder = found;
      return found;
    }
    if (at === path.dirname(at))
      throw new TouchstoneError('not-found', 'The prompts of the judges are missing.', {
        remedy: 'Install Touchstone again.',
      });
  }
}
