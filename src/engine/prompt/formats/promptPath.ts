import type { PromptFormat } from '../promptDocument.ts';

/** The format that a file's name says by itself, whoever asks; null for names that may be anything. */
export function formatOfName(path: string): PromptFormat | null {
  if (/\.prompt$/.test(path)) return 'dotprompt';
  if (/\.prompty$/i.test(path)) return 'prompty';
  if (/\.prompt\.ya?ml$/i.test(path)) return 'github-models';
  return /\.(?:chat|messages)\.json$/i.test(path) ? 'chat' : null;
}

export function isPromptPath(path: string): boolean {
  return formatOfName(path) !== null;
}

/** Files that are prompts only where something says so: a suite that names them, or the user. */
export function mayBePromptPath(path: string): boolean {
  return /\.(?:txt|md|markdown|json|jinja2?|j2)$/i.test(path) && !isPromptPath(path);
}

/** `triage` of `triage.prompt`, `triage.prompt.yml` or `triage.chat.json`. */
export function promptStem(name: string): string {
  return name.replace(/\.(?:prompty?|prompt\.ya?ml|(?:chat|messages)\.json|txt|md|markdown|json|jinja2?|j2)$/i, '');
}
