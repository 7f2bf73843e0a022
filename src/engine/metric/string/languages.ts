/** The languages that are told apart, by ISO 639-1. */
export const LANGUAGES = [
  'am',
  'ar',
  'az',
  'be',
  'bg',
  'bn',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'eu',
  'fa',
  'fi',
  'fr',
  'gu',
  'he',
  'hi',
  'hr',
  'hu',
  'hy',
  'is',
  'it',
  'ja',
  'ka',
  'kn',
  'ko',
  'ku',
  'lo',
  'lt',
  'lv',
  'ml',
  'mr',
  'ms',
  'nl',
  'no',
  'or',
  'pa',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sl',
  'sq',
  'sr',
  'sv',
  'ta',
  'te',
  'th',
  'tl',
  'tr',
  'uk',
  'ur',
  'vi',
  'yo',
  'zh',
] as const;

/** What finds them; part of a signature, for another version may say otherwise. */
export const LANGUAGE_DETECTOR = 'eld-2.1.0-small';

/** Written codes that stand for one of them. */
const SAME = new Map([
  ['nb', 'no'],
  ['nn', 'no'],
  ['id', 'ms'],
  ['iw', 'he'],
  ['fil', 'tl'],
]);

/** The language of a code such as `en`, `pt-BR` or `ZH_tw`; null when it is not among them. */
export function languageOf(code: unknown): string | null {
  if (typeof code !== 'string') return null;
  const [main = ''] = code.trim().toLowerCase().split(/[-_]/);
  return LANGUAGES.find((language) => language === (SAME.get(main) ?? main)) ?? null;
}

/** About 350 bytes of any script that needs up to three for a character. */
const PIECE = 110;
const MAX_PIECES = 60;

/**
 * Pieces of a text to detect its language by, evenly from all of it where it is long: without code, links and addresses,
 * which are of no language.
 */
export function languagePieces(text: string): string[] {
  const prose = text
    .replace(/```[^`]*(?:```|$)|~~~[^~]*(?:~~~|$)|`[^`\n]*`/g, ' ')
    .replace(/[a-z][a-z0-9+.-]{1,20}:\/\/\S+|[^\s@]{1,64}@[^\s@]{1,255}/gi, ' ')
    .replace(/[^\p{L}\p{M}'’]+/gu, ' ')
    .trim();
  const pieces = prose.match(new RegExp(`.{1,${PIECE}}(?=\\s|$)|.{1,${PIECE}}`, 'gsu')) ?? [];
  if (pieces.length <= MAX_PIECES) return pieces;
  return Array.from({ length: MAX_PIECES }, (_, at) => pieces[Math.floor((at * pieces.length) / MAX_PIECES)] ?? '');
}
