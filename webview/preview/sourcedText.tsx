import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TextSource } from '../../src/engine/prompt/textSources.ts';
import { foldedLength } from '../ui/fold.ts';
import { FoldButton } from '../ui/foldedText.tsx';
import { type StretchOfText, stretches } from './stretches.ts';

/**
 * A rendered text in which every value shows what it stands for. A click goes to where the text comes from; a variable
 * without a value is a mark that leads to its field.
 */
export function SourcedText({ text, place, sources, cursor, onReveal, onMissing, originOf }: SourcedTextProps) {
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const folded = foldedLength(text);
  const length = isOpen || (cursor !== null && cursor > folded) ? text.length : folded;
  useLayoutEffect(() => {
    if (cursor !== null) showCursor(element.current, cursor);
  }, [cursor]);
  return (
    <div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the editor, where a keyboard user writes, is what the click leads to */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a text to be read and selected */}
      <div
        ref={element}
        class="verbatim sourced"
        data-place={place}
        onClick={(event) => revealClicked(event, onReveal)}
      >
        {stretches(text, sources, length).map((stretch) => (
          <Stretch key={stretch.start} {...stretch} onMissing={onMissing} originOf={originOf} />
        ))}
        {length < text.length ? '…' : null}
      </div>
      {folded === text.length ? null : (
        <FoldButton length={text.length} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      )}
    </div>
  );
}

type SourcedTextProps = {
  readonly text: string;
  /** `message.part`, by which a place that is scrolled to is told. */
  readonly place: string;
  readonly sources: readonly TextSource[];
  /** Offset of the place that the editor's cursor is at; null when it is elsewhere. */
  readonly cursor: number | null;
  readonly onReveal: (offset: number) => void;
  readonly onMissing: (variable: string) => void;
  /** What the tooltip of a value says. */
  readonly originOf: (variable: string) => string;
};

function Stretch({ start, text, source, onMissing, originOf }: StretchProps) {
  const variable = source?.variable ?? null;
  if (source?.isMissing && variable !== null) {
    const title = `${variable} has no value: fill it in`;
    return (
      <button type="button" class="missing" data-start={start} title={title} onClick={() => onMissing(variable)}>
        {`{{${variable}}}`}
      </button>
    );
  }
  if (source?.kind !== 'value') return <span data-start={start}>{text}</span>;
  return (
    <span data-start={start} class="value" title={variable === null ? 'made by a helper' : originOf(variable)}>
      {text}
    </span>
  );
}

type StretchProps = StretchOfText & Pick<SourcedTextProps, 'onMissing' | 'originOf'>;

/** A click that selects text, or hits a mark, is meant otherwise. */
function revealClicked(event: MouseEvent, onReveal: (offset: number) => void): void {
  const selection = getSelection();
  if (event.target instanceof HTMLButtonElement || !selection?.isCollapsed || !selection.anchorNode) return;
  const span = selection.anchorNode.parentElement?.closest<HTMLElement>('[data-start]');
  if (span) onReveal(Number(span.dataset['start']) + selection.anchorOffset);
}

/** Scrolls to the place and lights up its stretch for a moment. */
function showCursor(element: HTMLElement | null, offset: number): void {
  const spans = element ? [...element.querySelectorAll<HTMLElement>('[data-start]')] : [];
  const span = spans.findLast((one) => Number(one.dataset['start']) <= offset);
  if (!span) return;
  const node = span.firstChild;
  const range = document.createRange();
  const within = Math.min(offset - Number(span.dataset['start']), node?.textContent?.length ?? 0);
  if (node) range.setStart(node, Math.max(0, within));
  const place = node ? range.getBoundingClientRect() : span.getBoundingClientRect();
  const scroller = element?.closest('.scroller');
  if (!scroller) return;
  const view = scroller.getBoundingClientRect();
  if (place.top < view.top || place.bottom > view.bottom) scroller.scrollTop += place.top - view.top - view.height / 3;
}
