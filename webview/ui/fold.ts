const FOLDED_LINES = 24;
const FOLDED_CHARACTERS = 1_200;

/** How much of a text is shown while it is folded; its length when it is short enough to be shown whole. */
export function foldedLength(text: string, maxLines = FOLDED_LINES): number {
  let end = -1;
  for (let line = 0; line < maxLines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) break;
  }
  const byLines = end === -1 ? text.length : end;
  // A little more than the limit is shown whole: a fold that hides two words is a nuisance.
  return byLines > FOLDED_CHARACTERS * 1.2 ? FOLDED_CHARACTERS : byLines;
}
