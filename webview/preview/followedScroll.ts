import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** A place of a rendered text. */
export type Place = { readonly message: number; readonly part: number; readonly offset: number };

const INPUTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** A hand's scrolling goes on this long after its last input; what the page scrolls by itself has none before it. */
const BY_HAND_MS = 400;

/**
 * Tells which place of the rendered texts stands at the top while the reader scrolls, once a frame. What scrolls without the
 * reader, after the editor's cursor or because a text grew shorter, is not told: the two sides would chase each other.
 */
export function useFollowedScroll(scroller: RefObject<HTMLElement | null>, onPlace: (place: Place) => void): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let byHandUntil = 0;
    let frame = 0;
    const hand = () => {
      byHandUntil = performance.now() + BY_HAND_MS;
    };
    const scrolled = () => {
      if (performance.now() > byHandUntil) return;
      // A long pull of the scroll bar is one input and many scrolls.
      hand();
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const place = placeAtTop(element);
        if (place) onPlace(place);
      });
    };
    for (const input of INPUTS) element.addEventListener(input, hand, { passive: true });
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      for (const input of INPUTS) element.removeEventListener(input, hand);
      element.removeEventListener('scroll', scrolled);
    };
  }, []);
}

function placeAtTop(scroller: HTMLElement): Place | null {
  const { top } = scroller.getBoundingClientRect();
  for (const text of scroller.querySelectorAll<HTMLElement>('[data-place]')) {
    if (text.getBoundingClientRect().bottom <= top) continue;
    const [message, part] = (text.dataset['place'] ?? '').split('.').map(Number);
    const stretch = [...text.querySelectorAll<HTMLElement>('[data-start]')].find((one) => isBelow(one, top));
    if (message === undefined || part === undefined || !stretch) return null;
    return { message, part, offset: Number(stretch.dataset['start']) + charactersAbove(stretch.firstChild, top) };
  }
  return null;
}

/** How many characters of a text stand above a line of the screen. */
function charactersAbove(node: ChildNode | null, top: number): number {
  let low = 0;
  let high = node?.textContent?.length ?? 0;
  while (node && low < high) {
    const middle = (low + high) >> 1;
    const range = document.createRange();
    range.setStart(node, middle);
    range.setEnd(node, middle + 1);
    if (isBelow(range, top)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isBelow(box: { getBoundingClientRect(): DOMRect }, top: number): boolean {
  return box.getBoundingClientRect().bottom > top;
}
