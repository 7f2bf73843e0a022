/**
 * A text without what people call upper and lower case, compatibility forms and layout: NFKC, case folding, white space
 * collapsed to single spaces and trimmed.
 */
export function foldText(text: string): string {
  return foldCase(text).replace(/\s+/g, ' ').trim();
}

/**
 * NFKC and full case folding: `Straße` and `STRASSE` are the same, `ı` and `i` are not.
 *
 * JavaScript has no case folding. Lower, upper and lower case in turn give the same classes of characters as Unicode's
 * CaseFolding.txt once dotless i (which is its own upper case's stranger) and final sigma (which depends on its place)
 * are set right; checked for every code point of Unicode 14.
 */
export function foldCase(text: string): string {
  const normal = text.normalize('NFKC').toLowerCase();
  if (isAscii(normal)) return normal;
  const folded = normal.split('ı').map((part) => part.toUpperCase().toLowerCase());
  return folded.join('ı').replaceAll('ς', 'σ').normalize('NFKC');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) return false;
  }
  return true;
}
