import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { expectedValue } from '../expectedValue.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { foldText } from '../text/foldText.ts';
import { withoutTrailing } from '../text/withoutTrailing.ts';
import { wordTokens } from '../text/wordTokens.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, digits, quote } from '../words.ts';

const LONGEST = 2000;
const MAX_SPANS = 1000;

/** Pairs of quotation marks; what a straight mark opens ends on its line. */
const QUOTED = new RegExp(
  [
    '"([^"\\n]{1,N})"',
    '“([^”“]{1,N})”',
    '„([^“”„]{1,N})[“”]',
    '«([^»«]{1,N})»',
    '「([^」「]{1,N})」',
    '『([^』『]{1,N})』',
  ]
    .join('|')
    .replaceAll('N', String(LONGEST)),
  'gu',
);

export const quotedSpans = defineMetric({
  kind: 'quoted-spans',
  family: 'content',
  summary: 'The share of what the output quotes that stands word for word in a source.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As quoted_spans_alignment of Ragas: quotes of enough words; case, white space and the form of quotation marks do not count.',
  options: () =>
    z.strictObject({
      source: z
        .json()
        .meta({ description: 'Where the quotes should be from, e.g. "{{vars.context}}", or a list of texts.' }),
      path: fields.path,
      minWords: z.int().min(1).optional().meta({ description: 'Shorter quotes do not count; by default 3 words.' }),
      threshold: fields.textFields.threshold,
    }),
  shorthand: 'source',
  create: ({ source, path, minWords = 3, threshold }) => {
    const sources = expectedValue(source);
    if (typeof sources !== 'function') return sources;
    return {
      signature: signature('quoted-spans', { path, source, min: minWords, norm: 'fold' }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const given = sources(input);
        if ('missing' in given) return unscored(sentence(given.missing));
        const texts = sourceTexts(given.value);
        if (texts.length === 0) return unscored('The source holds no text.');
        const picked = pickOutput(input, path);
        if ('broken' in picked) return graded(0, threshold, sentence(picked.broken));
        const spans = spansOf(asText(picked.value), minWords);
        if (spans.length === 0) return unscored(`The output quotes nothing of ${count(minWords, 'word')} or more.`);
        if (spans.length > MAX_SPANS) return unscored(`The output quotes more than ${MAX_SPANS} times.`);
        const strangers = spans.filter((span) => !texts.some((text) => text.includes(plain(span))));
        const value = (spans.length - strangers.length) / spans.length;
        const said = `${spans.length - strangers.length} of ${count(spans.length, 'quote')} in the source`;
        const [first] = strangers;
        return graded(
          value,
          threshold,
          `${digits(value)}: ${said}${first === undefined ? '' : `; not ${quote(first)}`}.`,
        );
      },
    };
  },
});

function sourceTexts(value: Json): string[] {
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => one !== null && one !== '').map((one) => plain(asText(one)));
}

function spansOf(output: string, minWords: number): string[] {
  const spans: string[] = [];
  for (const match of output.matchAll(QUOTED)) {
    const span = match.slice(1).find((one) => one !== undefined);
    if (span !== undefined && wordTokens(span).length >= minWords) spans.push(span);
    if (spans.length > MAX_SPANS) break;
  }
  return spans;
}

/** Without what a sentence puts at the end of a quote. */
function plain(text: string): string {
  const straight = foldText(text)
    .replace(/[“”„«»「」『』]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/^[\s.…]+/, '');
  return withoutTrailing(straight, ' .,;:!?…。、');
}
