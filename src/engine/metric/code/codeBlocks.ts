/** A piece of code in an answer; `language` is what its fence says, in lower case, `` for none. */
export type CodeBlock = { readonly code: string; readonly language: string };

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/;

/**
 * The code of an answer: what stands in its fences, or all of it where there is none. A fence that is not closed goes to the end, as
 * where an answer was cut off.
 */
export function codeBlocks(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly fence: string; readonly language: string; readonly lines: string[] } | null = null;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, fence = '', language = ''] = FENCE.exec(line) ?? [];
    if (open === null) {
      if (fence !== '') open = { fence, language: language.toLowerCase(), lines: [] };
    } else if (fence.startsWith(open.fence) && line.trim() === fence) {
      blocks.push({ code: open.lines.join('\n'), language: open.language });
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) blocks.push({ code: open.lines.join('\n'), language: open.language });
  return blocks.length > 0 ? blocks : [{ code: text, language: '' }];
}
