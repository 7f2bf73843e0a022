import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Small changes would only move things about. */
const STEP_PX = 8;

/** The width of an element in pixels, as it changes; 0 before the first look. */
export function useWidthOf(element: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const measure = (px: number) => setWidth(Math.floor(px / STEP_PX) * STEP_PX);
    measure(element.current.clientWidth);
    const observer = new ResizeObserver(([entry]) => entry && measure(entry.contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return widthPx;
}
