/** Columns that a text takes in a terminal: 2 for East Asian wide characters and emoji, 0 for marks that join the one before. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

/** Cuts a text to `width` columns, never through a character; `…` stands for what was left out. */
export function fitWidth(text: string, width: number): string {
  if (width <= 0) return '';
  if (displayWidth(text) <= width) return text;
  let taken = '';
  let room = width - 1;
  for (const { segment } of graphemes(text)) {
    room -= graphemeWidth(segment);
    if (room < 0) break;
    taken += segment;
  }
  return `${taken}…`;
}

/** Fills a text with spaces to `width` columns; a longer one is left as it is. */
export function padWidth(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** Breaks a text at spaces into lines of at most `width` columns; a longer word stands alone on its line. */
export function wrapWidth(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Characters of one column that never join others: ASCII, Latin, IPA, punctuation, arrows, mathematics, boxes and shapes. */
const NARROW = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2500-\u25fc]*$/;
const ZERO = /^[\p{Mark}\p{Cf}\p{Cc}]+$/u;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;

/** First and last code points of the blocks that Unicode's EastAsianWidth.txt (16.0) gives as W or F, small gaps closed. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x20000, 0x3fffd],
];

let segmenter: Intl.Segmenter | undefined;

/** Made when the first text needs it: that takes 9 ms, and most tables do without. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

function graphemeWidth(grapheme: string): number {
  if (ZERO.test(grapheme)) return 0;
  if (EMOJI.test(grapheme)) return 2;
  const point = grapheme.codePointAt(0) ?? 0;
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}
