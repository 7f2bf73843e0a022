/**
 * Words of any script: runs of letters, digits and marks; characters of scripts that are written without spaces (Han,
 * kana, Thai, Lao, Khmer, Myanmar) and pictographs one by one.
 */
export function wordTokens(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Divides words at white space, and characters of scripts without spaces one by one. */
export function spacedTokens(text: string): string[] {
  return text.match(SPACED) ?? [];
}

/** The text with each character of a script without spaces between spaces; any other text as it is. */
export function setApart(text: string): string {
  return text.replace(APART, ' $& ');
}

/** Whether a text has letters of another script than the Latin one. */
export function hasOtherScripts(text: string): boolean {
  return OTHER_LETTER.test(text);
}

/** Whether a token is a character of a script that is written without spaces. */
export function isSpaceless(token: string): boolean {
  return SPACELESS_TOKEN.test(token);
}

const SPACELESS =
  '[[\\p{L}\\p{N}]&&[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]]';
const WORD = new RegExp(`${SPACELESS}\\p{M}*|[[\\p{L}\\p{N}\\p{M}]--${SPACELESS}]+|\\p{Extended_Pictographic}`, 'gv');
const SPACED = new RegExp(`${SPACELESS}\\p{M}*|[^\\s${SPACELESS}]+`, 'gv');
const APART = new RegExp(`${SPACELESS}\\p{M}*`, 'gv');
const OTHER_LETTER = /[\p{L}--[\p{Script=Latin}\p{Lm}]]/v;
const SPACELESS_TOKEN = new RegExp(`^${SPACELESS}\\p{M}*$`, 'v');
