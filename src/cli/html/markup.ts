import { plainText } from '../plainText.ts';

/** HTML that is as it should be. Only `html` makes one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** A template whose values are text, whatever they say; only what was made by it is taken as HTML. */
export function html(fixed: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(fixed.reduce((text, piece, at) => text + render(values[at - 1] ?? '') + piece));
}

/** Nothing, for where a part is left out. */
export const NOTHING = new Markup('');

function render(value: Part): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

/** Safe as text and between quotes; what could turn the direction of writing, or is no character, goes. */
function escapeHtml(text: string): string {
  return plainText(text)
    .toWellFormed()
    .replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
