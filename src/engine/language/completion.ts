import type { Span } from '../prompt/handlebarsTree.ts';

/** What a completion offers; a test names a case of each. */
export const COMPLETION_KINDS = [
  'front-matter-key',
  'front-matter-value',
  'schema-type',
  'param',
  'param-value',
  'model',
  'variable',
  'data',
  'column',
  'partial',
  'helper',
  'option',
  'role',
  'block-end',
  'suite-key',
  'suite-value',
  'metric',
  'metric-option',
  'template-value',
  'path',
] as const;
export type CompletionKind = (typeof COMPLETION_KINDS)[number];

/** One offer for the place of the cursor. */
export type Completion = {
  readonly kind: CompletionKind;
  /** What is shown and searched. */
  readonly label: string;
  /** What is written in the place of `span`. */
  readonly insert: string;
  /** Offsets of what it replaces: the word that the cursor is in. */
  readonly span: Span;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Sentences about it, plain text. */
  readonly documentation?: string;
};

/** An offer before it knows what it replaces. */
export type Offer = Omit<Completion, 'span' | 'insert'> & { readonly insert?: string };

export function atSpan(offers: readonly Offer[], span: Span): Completion[] {
  return offers.map((offer) => ({ ...offer, insert: offer.insert ?? offer.label, span }));
}

/** The same for keys of YAML: a key that has its colon already does not get another. */
export function atKey(offers: readonly Offer[], span: Span, text: string): Completion[] {
  const hasColon = /^\s*:/.test(text.slice(span[1]));
  return atSpan(offers, span).map((one) => (hasColon ? { ...one, insert: one.insert.replace(/: ?$/, '') } : one));
}
