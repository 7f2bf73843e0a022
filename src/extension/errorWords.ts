import { TouchstoneError } from '../engine/error.ts';

/** What the user can do next, by the label of a button. */
export type ErrorAction = 'trust' | 'reload' | 'log';

/** The one place where an error becomes words: what happened and the next step. */
export function errorWords(error: unknown): { readonly text: string; readonly actions: readonly ErrorAction[] } {
  if (!(error instanceof TouchstoneError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { text: `Something unexpected went wrong: ${message}`, actions: ['log'] };
  }
  const text = error.remedy ? `${error.message} ${error.remedy}` : error.message;
  switch (error.code) {
    case 'untrusted':
      return { text, actions: ['trust'] };
    case 'internal':
      return { text, actions: ['reload', 'log'] };
    default:
      return { text, actions: [] };
  }
}
