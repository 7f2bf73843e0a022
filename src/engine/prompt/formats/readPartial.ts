import { parsePrompt } from '../parsePrompt.ts';
import type { ProgramLanguage } from '../program.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { parseJinjaFile } from './parseJinjaFile.ts';

/** Reads a file that a prompt takes in, in the language of that prompt. */
export function readPartial(text: string, path: string, language: ProgramLanguage): PromptDocument {
  return language === 'jinja' ? parseJinjaFile(text, path) : parsePrompt(text, path);
}
