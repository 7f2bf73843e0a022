import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export type VirtualRows = {
  /** Indices of the rows to draw, a few beyond what is in sight. */
  readonly indices: readonly number[];
  readonly heightPx: number;
  scrollTo(index: number): void;
};

/** Draws only the rows in sight of a list of any length. All rows have the same height; a sticky head lies over the first. */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  options: { readonly count: number; readonly rowPx: number; readonly headPx: number },
): VirtualRows {
  const [, redraw] = useReducer((revision: number) => revision + 1, 0);
  const virtualizer = useRef<Virtualizer<HTMLElement, HTMLElement> | undefined>(undefined);
  const settings = {
    count: options.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => options.rowPx,
    overscan: 6,
    scrollPaddingEnd: options.headPx,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
  };
  virtualizer.current ??= new Virtualizer<HTMLElement, HTMLElement>(settings);
  const rows = virtualizer.current;
  rows.setOptions(settings);
  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => rows._willUpdate());
  return {
    indices: rows.getVirtualItems().map((item) => item.index),
    heightPx: rows.getTotalSize(),
    scrollTo: (index) => rows.scrollToIndex(index),
  };
}
