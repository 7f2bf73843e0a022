import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the end of a growing answer in sight, until the reader scrolls up, and again once they are back at the end.
 *
 * @param grown changes with every piece
 */
export function useFollow(isStreaming: boolean, grown: unknown, end: { readonly current: HTMLElement | null }): void {
  const before = useRef({ isStreaming, isFollowing: false, top: 0 });
  useLayoutEffect(() => {
    const scroller = end.current?.closest('.scroller');
    const { isStreaming: wasStreaming, top, isFollowing } = before.current;
    before.current.isStreaming = isStreaming;
    if (!end.current || !scroller || (!isStreaming && !wasStreaming)) return;
    const below = end.current.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom;
    const hasLeft = isFollowing && scroller.scrollTop < top - 4;
    before.current.isFollowing = !wasStreaming || below < 20 || (isFollowing && !hasLeft);
    if (before.current.isFollowing && below > 0) scroller.scrollTop += below;
    before.current.top = scroller.scrollTop;
  }, [isStreaming, grown, end]);
}
