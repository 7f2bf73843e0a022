import * as z from 'zod';
import { bounded, boundFields, boundsError, boundsRole, brokenBounded } from '../bounds.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { type TextCounts, textCounts } from './textCounts.ts';

type Formula = Pick<MetricDefinition, 'kind' | 'summary' | 'direction' | 'range'> & {
  readonly name: string;
  readonly formula: string;
  readonly of: (counts: TextCounts) => number;
};

const COUNTED =
  'Words and sentences by Unicode UAX 29 (Intl.Segmenter): a line ends a sentence. Made for English; a text that is mostly in another script is unscored.';
const SYLLABLES =
  'Syllables by spelling: groups of vowels without a silent e, and the commonest exceptions; the same as in the CMU Pronouncing Dictionary for 93 % of its words and 99 % of the running words of software documentation. A number has one.';

function readability(given: Formula): MetricDefinition {
  const { kind, summary, direction, range, name, formula, of } = given;
  const usesSyllables = /syllables/.test(formula);
  return defineMetric({
    kind,
    family: 'style',
    summary,
    direction,
    level: 'row',
    range,
    source: `${formula}. ${COUNTED}${usesSyllables ? ` ${SYLLABLES}` : ''}`,
    options: () => z.strictObject({ path: fields.path, ...boundFields }),
    shorthand: direction === 'higher' ? 'min' : 'max',
    create: ({ path, min, max }) => {
      const bounds = { min, max };
      return (
        boundsError(bounds) ?? {
          signature: signature(kind, { path, unit: usesSyllables ? 'uax29+spelling' : 'uax29', min, max }),
          role: boundsRole(bounds),
          score: (input) => {
            const picked = pickOutput(input, path);
            if ('broken' in picked) return brokenBounded(sentence(picked.broken), bounds);
            const counts = textCounts(asText(picked.value));
            if ('reason' in counts) return unscored(counts.reason);
            const value = of(counts);
            const { words, sentences } = counts;
            return bounded(
              value,
              bounds,
              `${name} ${digits(value)} for ${count(words, 'word')} in ${count(sentences, 'sentence')}`,
            );
          },
        }
      );
    },
  });
}

export const READABILITY: readonly MetricDefinition[] = [
  readability({
    kind: 'flesch-reading-ease',
    summary:
      'How easy the output is to read: about 100 is very easy, 60 plain English, under 30 hard. Higher is easier.',
    direction: 'higher',
    range: [-Infinity, 121.22],
    name: 'Reading ease',
    formula: 'Flesch (1948): 206.835 - 1.015 words/sentences - 84.6 syllables/words',
    of: ({ words, sentences, syllables }) => 206.835 - 1.015 * (words / sentences) - 84.6 * (syllables / words),
  }),
  readability({
    kind: 'flesch-kincaid-grade',
    summary:
      'The school grade (US) that the output asks of its reader, by the length of sentences and words in syllables.',
    direction: 'lower',
    range: [-3.4, null],
    name: 'Grade',
    formula: 'Kincaid et al. (1975): 0.39 words/sentences + 11.8 syllables/words - 15.59',
    of: ({ words, sentences, syllables }) => 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59,
  }),
  readability({
    kind: 'gunning-fog',
    summary:
      'The years of school that the output asks of its reader, by the length of sentences and the share of long words.',
    direction: 'lower',
    range: [0.4, null],
    name: 'Fog index',
    formula:
      'Gunning (1952): 0.4 (words/sentences + 100 complex/words), complex words having three syllables or more, names and endings included',
    of: ({ words, sentences, complex }) => 0.4 * (words / sentences + (100 * complex) / words),
  }),
  readability({
    kind: 'smog',
    summary:
      'The years of school that the output asks of its reader, by long words per sentence; fit for 30 sentences or more.',
    direction: 'lower',
    range: [3.1291, null],
    name: 'SMOG grade',
    formula: 'McLaughlin (1969): 3.1291 + 1.043 sqrt(30 polysyllables/sentences), words of three syllables or more',
    of: ({ sentences, complex }) => 3.1291 + 1.043 * Math.sqrt((30 * complex) / sentences),
  }),
  readability({
    kind: 'automated-readability',
    summary:
      'The school grade (US) that the output asks of its reader, by the length of sentences and words in characters.',
    direction: 'lower',
    range: [-16.22, null],
    name: 'Readability index',
    formula:
      'Senter and Smith (1967): 4.71 characters/words + 0.5 words/sentences - 21.43, characters being letters and digits',
    of: ({ words, sentences, characters }) => 4.71 * (characters / words) + 0.5 * (words / sentences) - 21.43,
  }),
  readability({
    kind: 'coleman-liau',
    summary: 'The school grade (US) that the output asks of its reader, by letters and sentences per 100 words.',
    direction: 'lower',
    range: [-45.4, null],
    name: 'Coleman-Liau index',
    formula: 'Coleman and Liau (1975): 0.0588 L - 0.296 S - 15.8, letters and sentences per 100 words',
    of: ({ words, sentences, letters }) => (0.0588 * 100 * letters) / words - (0.296 * 100 * sentences) / words - 15.8,
  }),
];
