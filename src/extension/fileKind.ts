import { DATASET_EXTENSIONS, datasetFormat } from '../engine/dataset/datasetFormat.ts';
import { isPromptPath, mayBePromptPath } from '../engine/prompt/formats/promptPath.ts';

/** What Touchstone sees in a file, by its name alone: content is the worker's to judge. A `text` may be a prompt of a suite. */
export type FileKind = 'prompt' | 'suite' | 'dataset' | 'config' | 'text' | 'other';

/** The documents that carry lenses and problems, for `vscode.languages`. Patterns work whoever owns the extension. */
export const PROMPT_GLOB = '**/*.{prompt,prompty,prompt.yml,prompt.yaml,chat.json,messages.json}';
/** These carry them where a suite names them. */
export const TEXT_GLOB = '**/*.{txt,md,markdown,json,jinja,jinja2,j2}';
export const SUITE_GLOB = '**/*.eval.{yaml,yml}';
/** Files whose change may change what lenses and problems say. */
export const WATCHED_GLOB = `**/*{.prompt,.prompty,.jinja,.jinja2,.j2,.md,.txt,${DATASET_EXTENSIONS.join(',')}}`;

export function fileKind(path: string): FileKind {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (isPromptPath(name)) return 'prompt';
  if (/\.eval\.ya?ml$/.test(name)) return 'suite';
  if (name === 'touchstone.yaml') return 'config';
  if (datasetFormat(name) !== null) return 'dataset';
  return mayBePromptPath(name) ? 'text' : 'other';
}

/** Whether a suite may name the file as a prompt although its name says nothing. */
export function isText(path: string): boolean {
  return mayBePromptPath(path);
}

/** A partial (`_name.prompt`) is read by other prompts and is not run by itself. */
export function isPartial(path: string): boolean {
  return /(^|[/\\])_[^/\\]*\.prompt$/.test(path);
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
