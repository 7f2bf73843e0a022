import type { TextSource } from '../../engine/prompt/textSources.ts';
import type { PreviewState } from '../../protocol/views.ts';

/** A place in a rendered text. */
export type RenderedPlace = { readonly message: number; readonly part: number; readonly offset: number };

/**
 * Where a place of a rendered text comes from.
 *
 * @returns the source and, in its file, the offset to show: the very character of copied text, the start of a tag
 */
export function sourceAt(
  preview: PreviewState | null,
  { message, part, offset }: RenderedPlace,
): { readonly source: TextSource; readonly offset: number } | null {
  const sources = preview?.sources[message]?.[part] ?? [];
  const source =
    sources.find(({ start, end }) => offset >= start && offset < end) ??
    sources.findLast(({ end }) => end <= offset) ??
    sources[0];
  if (source === undefined) return null;
  const start = source.range.start.offset;
  const within = Math.max(0, Math.min(offset, source.end) - source.start);
  return { source, offset: source.kind === 'text' ? start + within : start };
}

/** Where a place of a file shows in the rendered texts, the nearest before it; null when nothing of the file does. */
export function renderedAt(preview: PreviewState | null, file: string, offset: number): RenderedPlace | null {
  let best: { readonly place: RenderedPlace; readonly distance: number } | null = null;
  for (const [message, parts] of (preview?.sources ?? []).entries()) {
    for (const [part, sources] of parts.entries()) {
      for (const source of sources ?? []) {
        if (source.file !== file) continue;
        const { start, end } = source.range;
        const distance = offset < start.offset ? start.offset - offset : Math.max(0, offset - end.offset);
        if (best !== null && distance >= best.distance) continue;
        const within =
          source.kind === 'text' ? Math.max(0, Math.min(offset - start.offset, source.end - source.start)) : 0;
        best = { place: { message, part, offset: source.start + within }, distance };
      }
    }
  }
  return best?.place ?? null;
}
