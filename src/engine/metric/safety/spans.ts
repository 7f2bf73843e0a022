import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { binary } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { asText } from '../textMetric.ts';
import { count } from '../words.ts';

/** A place in a text, in UTF-16 units; `end` is after it. */
export type Span = { readonly kind: string; readonly start: number; readonly end: number };

/** What one kind looks like. Patterns are global and begin where no run of their own characters goes on: time stays linear. */
export type Detector = {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Whether a match is one, e.g. by its check digits; a number is where it ends, before the end of the match. */
  readonly accepts?: (match: string, text: string, start: number) => boolean | number;
};

/** More than this is not looked for: the number is as bad as any. */
const MAX_SPANS = 10_000;
const SHOWN = 5;
const KEPT = 100;

/** Places of all kinds; where two overlap, the one whose detector comes first. In the order of the text. */
export function findSpans(text: string, detectors: readonly Detector[]): Span[] {
  const found: Span[] = [];
  for (const detector of detectors) {
    const free = gapsOf(found);
    const added = detect(text, detector, MAX_SPANS - found.length).filter(free);
    found.push(...added);
    found.sort((a, b) => a.start - b.start);
  }
  return found;
}

function detect(text: string, { kind, pattern, accepts }: Detector, most: number): Span[] {
  const spans: Span[] = [];
  const search = new RegExp(pattern);
  for (let match = search.exec(text); match !== null && spans.length < most; match = search.exec(text)) {
    const start = match.index;
    const accepted = accepts?.(match[0], text, start) ?? true;
    const end = typeof accepted === 'number' ? accepted : start + match[0].length;
    if (accepted !== false) spans.push({ kind, start, end });
    // Within a pair of surrogates a pattern would begin at the pair again, for ever.
    const next = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    search.lastIndex = accepted === false ? next : Math.max(end, next);
  }
  return spans;
}

/** Whether a span is free of those found, which are in order and do not overlap. Asked in order as well. */
function gapsOf(found: readonly Span[]): (span: Span) => boolean {
  const taken = [...found];
  let at = 0;
  return ({ start, end }) => {
    while ((taken[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    return (taken[at]?.start ?? Number.POSITIVE_INFINITY) >= end;
  };
}

/** Fails when there is a span. Tells kinds, counts and places in code points, never what stands there. */
export function nothingFound(text: string, spans: readonly Span[], noun: string, where = 'The output'): ScoreOutcome {
  if (spans.length === 0) return binary(true, `${where} holds no ${noun}.`);
  const places = inCodePoints(text, spans.slice(0, KEPT));
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, number]) => `${number} ${kind}`).join(', ');
  const shown = places.slice(0, SHOWN).map(({ start, end }) => `${start}-${end}`);
  const more = spans.length > SHOWN ? ` and ${spans.length - SHOWN} more` : '';
  const number = `${count(spans.length, 'place')}${spans.length >= MAX_SPANS ? ' or more' : ''}`;
  const reason = `${where} holds ${noun} at ${number} (${kinds}): characters ${shown.join(', ')}${more}.`;
  return { ...binary(false, reason), details: { spans: places } };
}

/** The text to look into; an output that breaks its format is told without a word of it. */
export function safeText(input: MetricInput, path: string | undefined): string | { readonly outcome: ScoreOutcome } {
  const picked = pickOutput(input, path);
  if ('value' in picked) return asText(picked.value);
  return { outcome: binary(false, `The output is not JSON with something at \`${path}\`.`) };
}

/** @param spans in the order of their starts, and none within another */
export function inCodePoints(text: string, spans: readonly Span[]): Span[] {
  let unit = 0;
  let points = 0;
  const pointAt = (target: number) => {
    for (; unit < target; points += 1) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
    return points;
  };
  return spans.map(({ kind, start, end }) => ({ kind, start: pointAt(start), end: pointAt(end) }));
}
