import type { Draft } from '../draft.ts';
import { readHandlebars } from '../parsePrompt.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { toDocument } from '../toDocument.ts';
import { NO_METADATA } from './noMetadata.ts';

/** Reads plain text or Markdown: one message of the user, in which `{{name}}` is a variable. */
export function parsePlainText(text: string, path: string): PromptDocument {
  const read = readHandlebars(text);
  const templateProblems = [...read.templateProblems, ...read.roles.map(({ span }) => roleInText(span))];
  return toDocument({
    path,
    text,
    format: 'text',
    metadata: NO_METADATA,
    body: [0, text.length],
    problems: [],
    ...read,
    templateProblems,
  });
}

function roleInText(span: Draft['span']): Draft {
  const message = 'A text file is one message of the user and has no roles.';
  const remedy = 'Convert it to a .prompt file, or put \\ before the braces to send them as text.';
  return { severity: 'error', code: 'role-in-text', message, remedy, span };
}
