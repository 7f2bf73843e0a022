import type { TextSource } from '../../src/engine/prompt/textSources.ts';

/** A part of a text from one source; null where none is known. */
export type StretchOfText = { readonly start: number; readonly text: string; readonly source: TextSource | null };

/** The text cut where its sources change, up to a length. */
export function stretches(text: string, sources: readonly TextSource[], length: number): readonly StretchOfText[] {
  const cut: StretchOfText[] = [];
  let at = 0;
  for (const source of sources) {
    if (source.start > length || (source.start === length && source.end > length)) break;
    if (source.start > at) cut.push({ start: at, text: text.slice(at, source.start), source: null });
    cut.push({ start: source.start, text: text.slice(source.start, Math.min(source.end, length)), source });
    at = source.end;
  }
  if (at < length) cut.push({ start: at, text: text.slice(at, length), source: null });
  return cut;
}
