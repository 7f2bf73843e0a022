import type { Draft } from '../prompt/draft.ts';
import type { Span } from '../prompt/handlebarsTree.ts';
import type { PromptDocument } from '../prompt/promptDocument.ts';

/** A tag that begins a message. Offsets in the file. */
export type RolePlace = {
  /** `history` for `{{history}}`; null where the role is a variable. */
  readonly role: string | null;
  /** Of the whole tag. */
  readonly span: Span;
};

const TAG =
  /\\?\{\{(?:!--[\s\S]*?--\}\}|![^}]*\}\}|~?\s*(?:role\s+(?:"([^"\n]*)"|'([^'\n]*)'|[^}\s]+)|(history))\s*~?\}\})/g;

/** The tags of a prompt that begin messages, in order; found in the text, so that a half-typed template has them too. */
export function rolePlaces({ text, templateRange }: PromptDocument): RolePlace[] {
  const base = templateRange.start.offset;
  const body = text.slice(base, templateRange.end.offset);
  return [...body.matchAll(TAG)].flatMap((match): RolePlace[] => {
    const [tag, double, single, history] = match;
    if (tag.startsWith('\\') || /^\{\{!/.test(tag)) return [];
    const at = base + match.index;
    return [{ role: double ?? single ?? history ?? null, span: [at, at + tag.length] }];
  });
}

/** Roles that begin in the middle of a line: the text before them belongs to the message before. Offsets in the file. */
export function rolesInLines(document: PromptDocument): Draft[] {
  const { text, templateRange } = document;
  return rolePlaces(document).flatMap(({ role, span }): Draft[] => {
    if (role === 'history') return [];
    const lineStart = Math.max(templateRange.start.offset, text.lastIndexOf('\n', span[0] - 1) + 1);
    const before = text.slice(lineStart, span[0]).replace(/\{\{[^}]*\}\}\}?/g, '');
    if (before.trim() === '') return [];
    return [
      {
        severity: 'info',
        code: 'role-in-line',
        message: 'A message begins in the middle of this line: the text before it belongs to the message before.',
        remedy: 'Put the role on a line of its own.',
        span,
      },
    ];
  });
}
