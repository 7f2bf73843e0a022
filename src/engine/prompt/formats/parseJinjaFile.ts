import type { Draft } from '../draft.ts';
import { parseJinja } from '../jinja/parseJinja.ts';
import type { PromptProgram, RichKind, TurnRule } from '../program.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { toDocument } from '../toDocument.ts';
import { NO_METADATA } from './noMetadata.ts';

/** Reads a file that is a Jinja2 template and nothing else: one message of the user. */
export function parseJinjaFile(text: string, path: string): PromptDocument {
  const body = [0, text.length] as const;
  return toDocument({
    path,
    text,
    format: 'jinja',
    metadata: NO_METADATA,
    body,
    problems: [],
    ...readJinja(text, 'user'),
  });
}

/** A Jinja2 template as a part of a document. */
export function readJinja(
  template: string,
  turns: TurnRule,
  rich: ReadonlyMap<string, RichKind> = new Map(),
): { readonly program: PromptProgram | null; readonly templateProblems: readonly Draft[] } {
  const parsed = parseJinja(template);
  if ('tree' in parsed) return { program: { language: 'jinja', tree: parsed.tree, turns, rich }, templateProblems: [] };
  const { code, message, remedy, span } = parsed.error;
  return { program: null, templateProblems: [{ severity: 'error', code, message, remedy, span }] };
}
