import { useState } from 'preact/hooks';
import { countOf } from '../format.ts';

const FOLDED_LINES = 24;
const FOLDED_CHARACTERS = 1_200;

/** A text as it is, in the editor's font. The rest of a long one comes on demand, so that one answer cannot bury a view. */
export function FoldedText({ text, maxLines = FOLDED_LINES }: { readonly text: string; readonly maxLines?: number }) {
  const [isOpen, setOpen] = useState(false);
  const beginning = beginningOf(text, maxLines);
  if (text === '') return <div class="verbatim is-empty">(empty)</div>;
  if (beginning === text) return <div class="verbatim">{text}</div>;
  return (
    <div>
      <div class="verbatim">
        {isOpen ? text : beginning}
        {isOpen ? null : '…'}
      </div>
      <button type="button" class="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Show less' : `Show all ${countOf(text.length, 'character')}`}
      </button>
    </div>
  );
}

function beginningOf(text: string, maxLines: number): string {
  let end = -1;
  for (let line = 0; line < maxLines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) break;
  }
  const byLines = end === -1 ? text : text.slice(0, end);
  // A little more than the limit is shown whole: a fold that hides two words is a nuisance.
  return byLines.length > FOLDED_CHARACTERS * 1.2 ? byLines.slice(0, FOLDED_CHARACTERS) : byLines;
}
