import type { MetricDefinition } from '../metric.ts';
import { segmentSentences, segmentWords } from '../text/segments.ts';
import { countMetric } from './countMetric.ts';

const UNICODE = 'Unicode UAX 29 with the dictionaries of ICU (Intl.Segmenter)';

export const LENGTH_METRICS: readonly MetricDefinition[] = [
  countMetric({
    kind: 'word-count',
    noun: 'word',
    summary: 'How many words the output has, in any script; with limits, whether that is as asked.',
    source: `${UNICODE}: Chinese, Japanese and Thai too are divided into words.`,
    unit: 'uax29-word',
    count: (text) => segmentWords(text).length,
  }),
  countMetric({
    kind: 'char-count',
    noun: 'character',
    summary: 'How many characters the output has; with limits, whether that is as asked.',
    source: 'Code points, white space included.',
    unit: 'codepoint',
    count: codePoints,
  }),
  countMetric({
    kind: 'sentence-count',
    noun: 'sentence',
    summary: 'How many sentences the output has; with limits, whether that is as asked.',
    source: `${UNICODE}: a sentence holds a letter or a digit; a line ends one, and so does an abbreviation before a capital.`,
    unit: 'uax29-sentence',
    count: (text) => segmentSentences(text).length,
  }),
  countMetric({
    kind: 'token-count',
    noun: 'token',
    summary:
      'How many tokens the output, or a part of it, has, whatever model wrote it; with limits, whether that is as asked.',
    source:
      "OpenAI's public encoding o200k_base, of the right size for other models too. What the provider counted, the prompt included, is the metric tokens.",
    unit: 'o200k_base',
    usesTokens: true,
    count: (text, { countTokens }) => countTokens(text),
  }),
  countMetric({
    kind: 'line-count',
    noun: 'line',
    summary: 'How many lines the output has; with limits, whether that is as asked.',
    source: 'Lines by LF, CRLF or CR, empty ones too; a line break at the end begins no other.',
    unit: 'line',
    count: lines,
  }),
];

function codePoints(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

function lines(text: string): number {
  if (text === '') return 0;
  const breaks = text.match(/\r\n|\n|\r/g)?.length ?? 0;
  return /[\r\n]$/.test(text) ? breaks : breaks + 1;
}
