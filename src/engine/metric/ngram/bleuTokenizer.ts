import * as z from 'zod';
import { splitWords, trimRight } from '../text/whiteSpace.ts';
import { setApart } from '../text/wordTokens.ts';

/** How sacreBLEU divides a text into tokens; by the same names. */
export const BLEU_TOKENIZERS = ['13a', 'zh', 'intl', 'char', 'none'] as const;
type BleuTokenizer = (typeof BLEU_TOKENIZERS)[number];
/** Where nobody chose: the metric's usual one, before which characters of scripts without spaces are set apart. */
export type Tokenizer = BleuTokenizer | 'auto';

export const TOKENIZE =
  'Tokens: 13a, zh for Chinese, char, intl or none, as in sacreBLEU; by default auto: the usual one of the metric, with characters of scripts without spaces one by one.';

/** Options of a metric that divides texts as sacreBLEU does. */
export const tokenFields = {
  tokenize: z
    .enum([...BLEU_TOKENIZERS, 'auto'])
    .optional()
    .meta({ description: TOKENIZE }),
  lowercase: z.boolean().optional().meta({ description: 'Ignores case.' }),
};

/** For a reason: what to do about a score that is low because nothing was divided; else nothing. */
export function undividedHint(score: number, referenceLength: number, tokenizer: Tokenizer): string {
  const isUndivided = score === 0 && (tokenizer === '13a' || tokenizer === 'none') && referenceLength <= 2;
  return isUndivided ? `; ${tokenizer} does not divide Chinese or Japanese: set tokenize to zh or char` : '';
}

/**
 * As sacreBLEU prepares a line.
 *
 * @param usual what `auto` divides other scripts with
 */
export function preparedTokens(
  text: string,
  tokenizer: Tokenizer,
  lowercase: boolean,
  usual: BleuTokenizer = '13a',
): string[] {
  const line = trimRight(lowercase ? text.toLowerCase() : text);
  return tokenizer === 'auto' ? bleuTokens(setApart(line), usual) : bleuTokens(line, tokenizer);
}

/** Source: sacreBLEU 2.6.0, `sacrebleu/tokenizers`; 13a and intl go back to NIST's mteval-v13a.pl and mteval-v14.pl. */
function bleuTokens(text: string, tokenizer: BleuTokenizer): string[] {
  switch (tokenizer) {
    case '13a':
      return splitWords(separatePunctuation(` ${unescapeEntities(text)} `));
    case 'zh':
      return splitWords(separatePunctuation(separateHan(text)));
    case 'intl':
      return splitWords(separateSymbols(text));
    case 'char':
      return splitWords(Array.from(text).join(' '));
    case 'none':
      return splitWords(text);
  }
}

function unescapeEntities(text: string): string {
  const line = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  if (!line.includes('&')) return line;
  // One after another, as the original does: "&amp;lt;" becomes "<".
  return line.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

/** ASCII punctuation but `'`, `,`, `-` and `.` stands alone; `.` and `,` unless between digits; `-` after a digit. */
function separatePunctuation(line: string): string {
  return line
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
}

function separateSymbols(text: string): string {
  return text
    .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
    .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
    .replace(/(\p{S})/gu, ' $1 ');
}

/**
 * Stretches of UTF-16 units that `zh` sets apart one by one: Han characters, CJK punctuation and full-width forms, no kana.
 *
 * The first stretch comes of a slip in sacreBLEU (Python's '\u20000' is two characters), kept because the numbers of the
 * reference depend on it: general punctuation, arrows and mathematics stand alone too, Han beyond U+FFFF does not.
 */
const HAN: readonly (readonly [number, number])[] = [
  [0x2001, 0x2a6d],
  [0x2e80, 0x2fdf],
  [0x2ff0, 0x303f],
  [0x3100, 0x312f],
  [0x31a0, 0x31bf],
  [0x31c0, 0x31ef],
  [0x3200, 0x33ff],
  [0x3400, 0x4db5],
  [0x4e00, 0x9fbb],
  [0xf900, 0xfa2d],
  [0xfa30, 0xfa6a],
  [0xfa70, 0xfad9],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
];

function separateHan(text: string): string {
  let line = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isHan = code >= 0x2001 && HAN.some(([first, last]) => code >= first && code <= last);
    line += isHan ? ` ${text.charAt(at)} ` : text.charAt(at);
  }
  return line;
}
