import { html, type Markup } from './markup.ts';

const WIDTH = 120;
const INSET = 4;

/**
 * A value with its interval as a picture of 120 x 14; the numbers stand beside it, so it is hidden from screen readers.
 *
 * @param range what the ends of the axis stand for
 */
export function whisker(
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  range: readonly [from: number, to: number],
): Markup {
  const [from, to] = range;
  const x = (at: number) => {
    const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
    return (INSET + share * (WIDTH - 2 * INSET)).toFixed(1);
  };
  const zero = from < 0 ? html`<line class="axis" x1="${x(0)}" x2="${x(0)}" y1="0" y2="14"/>` : html``;
  return html`<svg class="whisker" viewBox="0 0 120 14" aria-hidden="true"><line class="axis" x1="4" x2="116" y1="7" y2="7"/>${zero}<line class="range" x1="${x(low)}" x2="${x(high)}" y1="7" y2="7"/><line class="range" x1="${x(low)}" x2="${x(low)}" y1="3.5" y2="10.5"/><line class="range" x1="${x(high)}" x2="${x(high)}" y1="3.5" y2="10.5"/><circle class="point" cx="${x(value)}" cy="7" r="3.2"/></svg>`;
}
