import { type RunFilter, type RunFilterError, readRunFilter } from './runFilter.ts';

/** What somebody typed above a list of runs: a filter, or words to look for. */
export type RunListQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly filter: RunFilter }
  | { readonly kind: 'words'; readonly words: string }
  | ({ readonly kind: 'error' } & RunFilterError);

/** A sign that compares, outside of quotes: nobody types it to look for words. */
const COMPARES = /[=<>~]/;

/**
 * Reads one line as a filter where it is one, or was meant as one, and otherwise as words. Words with a sign of a comparison in
 * them are looked for in quotes: `"a = b"`.
 */
export function readRunListQuery(text: string): RunListQuery {
  const typed = text.trim();
  if (typed === '') return { kind: 'all' };
  const quoted = /^"([^"]*)"$/.exec(typed)?.[1];
  if (quoted !== undefined) return { kind: 'words', words: quoted };
  const read = readRunFilter(typed);
  if (!('error' in read)) return { kind: 'filter', filter: read };
  return COMPARES.test(typed.replaceAll(/'[^']*'|"[^"]*"/g, ''))
    ? { kind: 'error', ...read }
    : { kind: 'words', words: typed };
}
