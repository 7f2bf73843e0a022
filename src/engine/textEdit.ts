/** Replaces `text[start..end]`; offsets in UTF-16 units of the text before any edit. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/** @param edits none overlaps another; at the same place they apply in their order */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    edited += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return edited + text.slice(at);
}
