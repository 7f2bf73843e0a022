import { useState } from 'preact/hooks';
import { countOf } from '../format.ts';
import { foldedLength } from './fold.ts';

/** A text as it is, in the editor's font. The rest of a long one comes on demand, so that one answer cannot bury a view. */
export function FoldedText({ text, maxLines }: { readonly text: string; readonly maxLines?: number }) {
  const [isOpen, setOpen] = useState(false);
  const folded = foldedLength(text, maxLines);
  if (text === '') return <div class="verbatim is-empty">(empty)</div>;
  if (folded === text.length) return <div class="verbatim">{text}</div>;
  return (
    <div>
      <div class="verbatim">
        {isOpen ? text : text.slice(0, folded)}
        {isOpen ? null : '…'}
      </div>
      <FoldButton length={text.length} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
    </div>
  );
}

export function FoldButton({ length, isOpen, onToggle }: FoldButtonProps) {
  return (
    <button type="button" class="link-button" aria-expanded={isOpen} onClick={onToggle}>
      {isOpen ? 'Show less' : `Show all ${countOf(length, 'character')}`}
    </button>
  );
}

type FoldButtonProps = { readonly length: number; readonly isOpen: boolean; readonly onToggle: () => void };
