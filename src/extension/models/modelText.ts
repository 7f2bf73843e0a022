/** A change of one stretch of a text; offsets in UTF-16 units. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * The edit that makes a prompt name a model in its front matter, comments and everything else left as they are.
 * A prompt without front matter gets one.
 */
export function setModelEdit(promptText: string, model: string): TextEdit {
  const line = `model: ${model}`;
  const eol = promptText.includes('\r\n') ? '\r\n' : '\n';
  const opening = /^\uFEFF?---[ \t]*\r?\n/.exec(promptText);
  const bodyStart = opening?.[0].length ?? 0;
  const closing = /^---[ \t]*(\r?\n|$)/m.exec(promptText.slice(bodyStart));
  if (!opening || !closing) {
    const start = promptText.startsWith('\uFEFF') ? 1 : 0;
    return { start, end: start, text: `---${eol}${line}${eol}---${eol}` };
  }
  const front = promptText.slice(bodyStart, bodyStart + closing.index);
  // A comment after the value stays: only the value is replaced.
  const existing = /^model:[ \t]*([^\r\n#]*?)[ \t]*(?=(?:#[^\r\n]*)?\r?$)/m.exec(front);
  if (!existing) return { start: bodyStart, end: bodyStart, text: `${line}${eol}` };
  const start = bodyStart + existing.index;
  const value = existing[1] ?? '';
  return { start, end: start + existing[0].trimEnd().length, text: value === model ? existing[0].trimEnd() : line };
}
