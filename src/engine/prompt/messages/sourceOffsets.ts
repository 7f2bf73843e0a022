/**
 * Where each character of a decoded text stands in the source that it was read from, and last where the text ends. Works
 * for YAML's and JSON's texts of every style: quotes, indents and folded lines are passed over, an escape is the place of
 * what it means.
 *
 * @param start offset in the file of the source
 */
export function sourceOffsets(source: string, decoded: string, start: number): number[] {
  const offsets: number[] = [];
  const isQuoted = source.startsWith('"');
  let at = source.startsWith('"') || source.startsWith("'") ? 1 : headerLength(source);
  for (let index = 0; index < decoded.length; index++) {
    const character = decoded[index] ?? '';
    const found = nextPlace(source, at, character, isQuoted);
    offsets.push(start + found.at);
    at = found.end;
  }
  offsets.push(start + at);
  return offsets;
}

/** The line of a block text that says how it is to be read: `|-`. */
function headerLength(source: string): number {
  return /^[|>][-+\d]*[^\n]*\n/.exec(source)?.[0].length ?? 0;
}

function nextPlace(source: string, from: number, character: string, isQuoted: boolean): { at: number; end: number } {
  for (let at = from; at < source.length; at++) {
    const here = source[at];
    if (isQuoted && here === '\\') {
      const length = escapeLength(source, at);
      // An escaped line end means nothing; every other escape is what stands for the character.
      if (length > 0) return { at, end: at + length };
    } else if (here === character) return { at, end: at + 1 };
    // A line that is folded became a space.
    else if (character === ' ' && here === '\n') return { at, end: at + 1 };
    else if (!/[\s'"|>#]/.test(here ?? '')) return { at, end: at + 1 };
  }
  return { at: Math.min(from, source.length), end: from };
}

function escapeLength(source: string, at: number): number {
  const letter = source[at + 1] ?? '';
  if (letter === '\n' || letter === '\r') return 0;
  return letter === 'u' ? 6 : letter === 'U' ? 10 : letter === 'x' ? 4 : 2;
}
