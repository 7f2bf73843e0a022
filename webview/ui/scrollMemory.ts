import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Tab } from '../../src/protocol/views.ts';
import type { Store } from '../state/store.ts';

const SETTLED_MS = 150;

/** Puts a tab back where the reader left it, as soon as it is filled, and remembers where they go. */
export function useScrollMemory(
  store: Store,
  tab: Tab,
  element: RefObject<HTMLElement | null>,
  isFilled: boolean,
): void {
  const isRestored = useRef(false);
  useLayoutEffect(() => {
    const scroller = element.current;
    if (!scroller || !isFilled) return;
    if (!isRestored.current) scroller.scrollTop = store.navigation.peek().scroll[tab];
    isRestored.current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = () => {
      clearTimeout(timer);
      timer = setTimeout(() => store.rememberScroll(tab, scroller.scrollTop), SETTLED_MS);
    };
    scroller.addEventListener('scroll', remember, { passive: true });
    return () => {
      clearTimeout(timer);
      scroller.removeEventListener('scroll', remember);
    };
  }, [store, tab, element, isFilled]);
}
