/** What of Markdown stands in a text: blocks by CommonMark and tables by GFM, links and bold text in a line. */
export const MARKDOWN_PARTS = ['headings', 'lists', 'tables', 'code', 'quotes', 'links', 'images', 'bold'] as const;
type MarkdownPart = (typeof MARKDOWN_PARTS)[number];

/** `line` counts from 1. */
export type MarkdownPlace = { readonly line: number; readonly text: string } & (
  | { readonly part: 'headings'; readonly level: number }
  | { readonly part: 'code'; readonly language: string; readonly isFence: boolean }
  | { readonly part: Exclude<MarkdownPart, 'headings' | 'code'> }
);

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+|> ?)*(`{3,}|~{3,})[ \t]*([^\s`]*)/;
const LIST = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\S/;
const QUOTE = /^ {0,3}>/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
// Each stops where the next of its kind may begin, so that time stays linear.
const CODE = /(?<!`)(`{1,2})(?!`)[^`]+\1(?!`)/g;
const LINK = /(!?)\[[^[\]]*\]\([^()\s][^()]*\)|<https?:\/\/[^<>\s]+>/g;
const BOLD =
  /(?<!\*)\*\*(?![\s*])[^*]+(?<!\s)\*\*(?!\*)|(?<![\p{L}\p{N}_])__(?![\s_])[^_]+(?<!\s)__(?![\p{L}\p{N}_])/gu;

/** In the order of the lines. What stands in code is code and nothing else; code by indentation is not looked for. */
export function* markdownParts(text: string): Generator<MarkdownPlace, undefined> {
  let fence = '';
  let above = '';
  for (const [index, content] of text.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1;
    const mark = FENCE.exec(content);
    const [, opening = '', language = ''] = mark ?? [];
    if (fence !== '') {
      if (opening.startsWith(fence) && content.trim() === opening) fence = '';
      continue;
    }
    if (opening !== '' && !content.slice(mark?.[0].length ?? 0).includes('`')) {
      if (LIST.test(content)) yield { part: 'lists', line, text: content };
      yield { part: 'code', line, text: content, language: language.toLowerCase(), isFence: true };
      fence = opening;
      above = '';
      continue;
    }
    yield* partsOfLine(content, above, line);
    above = content;
  }
}

function* partsOfLine(content: string, above: string, line: number): Generator<MarkdownPlace, undefined> {
  const level = HEADING.exec(content)?.[1]?.length;
  const isRule = RULE.test(content);
  const isParagraphAbove = above.trim() !== '' && !HEADING.test(above) && !LIST.test(above) && !QUOTE.test(above);
  if (level !== undefined) yield { part: 'headings', line, level, text: titleOf(content) };
  else if (isParagraphAbove && UNDERLINE.test(content))
    yield { part: 'headings', line: line - 1, level: content.includes('=') ? 1 : 2, text: above.trim() };
  else if (LIST.test(content) && !isRule) yield { part: 'lists', line, text: content };
  else if (QUOTE.test(content)) yield { part: 'quotes', line, text: content };
  else if (isTableRule(content, above)) yield { part: 'tables', line, text: above };
  for (const { 0: code } of content.matchAll(CODE))
    yield { part: 'code', line, text: code, language: '', isFence: false };
  const plain = content.replace(CODE, ' ');
  for (const [link, image] of plain.matchAll(LINK))
    yield { part: image === '!' ? 'images' : 'links', line, text: link };
  for (const [bold] of plain.matchAll(BOLD)) yield { part: 'bold', line, text: bold };
}

/** Without the marks that may close it. */
function titleOf(heading: string): string {
  const words = heading.trim().replace(/^#+/, '').trim();
  const end = words.search(/#+$/);
  return end === 0 || /\s/.test(words[end - 1] ?? '') ? words.slice(0, Math.max(end, 0)).trim() : words;
}

function isTableRule(content: string, above: string): boolean {
  if (!content.includes('-') || !(content.includes('|') && above.includes('|'))) return false;
  const cells = cellsOf(content);
  return cells.length === cellsOf(above).length && cells.every((cell) => /^:?-+:?$/.test(cell.trim()));
}

function cellsOf(row: string): string[] {
  const inner = row.trim().replace(/^\|/, '').replaceAll('\\|', ' ');
  return (inner.endsWith('|') ? inner.slice(0, -1) : inner).split('|');
}
