import { DATASET_EXTENSIONS, datasetFormat } from '../engine/dataset/datasetFormat.ts';

/** What Touchstone sees in a file, by its name alone: content is the worker's to judge. */
export type FileKind = 'prompt' | 'suite' | 'dataset' | 'config' | 'other';

/** The documents that carry lenses and problems, for `vscode.languages`. Patterns work whoever owns the extension. */
export const PROMPT_GLOB = '**/*.prompt';
export const SUITE_GLOB = '**/*.eval.{yaml,yml}';
/** Files whose change may change what lenses and problems say. */
export const WATCHED_GLOB = `**/*{.prompt,${DATASET_EXTENSIONS.join(',')}}`;

export function fileKind(path: string): FileKind {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (/\.prompt$/.test(name)) return 'prompt';
  if (/\.eval\.ya?ml$/.test(name)) return 'suite';
  if (name === 'touchstone.yaml') return 'config';
  return datasetFormat(name) === null ? 'other' : 'dataset';
}

/** A partial (`_name.prompt`) is read by other prompts and is not run by itself. */
export function isPartial(path: string): boolean {
  return /(^|[/\\])_[^/\\]*\.prompt$/.test(path);
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
