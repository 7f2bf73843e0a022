import { formatCount } from '../format.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** Narrows a list by kind and text; hidden until the script that it needs has begun. */
export function filterBar(kinds: readonly (readonly [kind: string, count: number])[]): Markup {
  const buttons = kinds
    .filter(([, count]) => count > 0)
    .map(
      ([kind, count]) =>
        html`<button type="button" data-kind="${kind}" aria-pressed="false">${kind} ${formatCount(count)}</button>`,
    );
  return html`<div class="filter" hidden>${buttons}<input type="search" aria-label="Find in cases" placeholder="Find in cases"><output class="dim"></output></div>
`;
}

export function noteList(notes: readonly string[]): Markup {
  return notes.length === 0 ? NOTHING : html`<ul class="dim">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}
