import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { inCodePoints, type Span } from '../safety/spans.ts';
import { signature } from '../signature.ts';
import { foldPlaces } from '../text/foldPlaces.ts';
import { foldText } from '../text/foldText.ts';
import { wordPlaces } from '../text/hasWord.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';

const MAX_OUTPUT = 2_000_000;
const MAX_PLACES = 1000;
const SHOWN = 5;
const KEPT = 100;

export const bannedPhrases = defineMetric({
  kind: 'banned-phrases',
  family: 'style',
  summary:
    'The output has no phrase of a list, such as "as an AI" or "delve"; a reason tells which, how often and where.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Whole words or phrases, NFKC and case folding, white space as one space; in scripts without spaces anywhere. Places in code points.',
  options: () =>
    z.strictObject({
      phrases: z
        .array(z.string().trim().min(1))
        .min(1)
        .max(1000)
        .meta({ description: 'Words or phrases that must not be there.' }),
      path: fields.path,
    }),
  shorthand: 'phrases',
  create: ({ phrases, path }) => {
    const folded = [...new Set(phrases.map(foldText))].filter((phrase) => phrase !== '').sort();
    if (folded.length === 0) return { error: 'The list holds no phrase: give at least one that is more than a mark.' };
    return {
      signature: signature('banned-phrases', { path, phrases: folded, norm: 'fold' }),
      role: 'decides',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > MAX_OUTPUT) return unscored(`The output has more than ${MAX_OUTPUT} characters.`);
        const spans = placesOf(text, folded);
        if (spans.length === 0) return binary(true, `None of ${count(folded.length, 'phrase')} is there.`);
        const places = inCodePoints(text, spans.slice(0, KEPT));
        const shown = places.slice(0, SHOWN).map(({ kind, start, end }) => `${quote(kind)} (${start}-${end})`);
        const more = spans.length > SHOWN ? ` and ${spans.length - SHOWN} more` : '';
        const number = `${count(spans.length, 'place')}${spans.length >= MAX_PLACES ? ' or more' : ''}`;
        return {
          ...binary(false, `The output has banned phrases at ${number}: ${shown.join(', ')}${more}.`),
          details: { spans: places },
        };
      },
    };
  },
});

/** In the order of the text, none within another. */
function placesOf(original: string, phrases: readonly string[]): Span[] {
  const { text, starts, ends } = foldPlaces(original);
  const spans: Span[] = [];
  for (const phrase of phrases) {
    let number = 0;
    for (const at of wordPlaces(text, phrase)) {
      spans.push({ kind: phrase, start: starts[at] ?? 0, end: ends[at + phrase.length - 1] ?? original.length });
      number += 1;
      if (number >= MAX_PLACES) break;
    }
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  const apart = spans.filter(({ start, end }) => {
    const isApart = start >= reached;
    if (isApart) reached = end;
    return isApart;
  });
  return apart.slice(0, MAX_PLACES);
}
