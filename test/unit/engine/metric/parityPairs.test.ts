import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asReference, inputOf, metricOf, valueIn } from './scoring.ts';

// Values of the reference implementations for 560 pairs of texts in eleven scripts, computed once, Python 3.11: Levenshtein 0.27.5 (distance
// on code points, cer; wer on what str.split gives), RapidFuzz 3.14.6 (Indel, OSA, Hamming, Jaro, JaroWinkler, token ratios), sacreBLEU
// 2.6.0 (sentence BLEU with effective order, chrF2, chrF2++, TER), NLTK 3.10.4 (GLEU on 13a tokens), rouge_score 0.1.2, the SQuAD 2.0
// script; 12 digits. null: not defined (nothing expected), or not comparable (words of a script without spaces are one word there; two empty texts are 0 to its token set alone).
const COLUMNS: readonly (readonly [kind: string, options: object])[] = [
  ['levenshtein', {}],
  ['indel-ratio', {}],
  ['damerau', {}],
  ['hamming', {}],
  ['jaro', {}],
  ['jaro-winkler', {}],
  ['token-sort-ratio', {}],
  ['token-set-ratio', {}],
  ['wer', {}],
  ['cer', {}],
  ['bleu', {}],
  ['bleu', { tokenize: 'zh' }],
  ['bleu', { tokenize: 'char' }],
  ['chrf', {}],
  ['chrf', { wordOrder: 2 }],
  ['ter', {}],
  ['gleu', {}],
  ['rouge-1', {}],
  ['rouge-2', {}],
  ['rouge-l', {}],
  ['token-f1', { tokens: 'squad' }],
];

type Values = readonly (number | null)[];
/** A pair of texts; a long text is given by a piece and how often it stands there. */
type Line =
  | readonly [output: string, expected: string, ...values: Values]
  | readonly [output: string, times: number, expected: string, times: number, ...values: Values];
const lines = fs
  .readFileSync(new URL('./parityPairs.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const rows = lines.map((line) => {
  const row: Line = JSON.parse(line);
  if (typeof row[1] === 'string') return { output: row[0], expected: row[1], values: row.slice(2) as Values };
  const [piece, times, other, otherTimes, ...values] = row as Exclude<Line, readonly [string, string, ...Values]>;
  return { output: piece.repeat(times), expected: other.repeat(otherTimes), values };
});

it('has 500 pairs and more', () => {
  expect(rows.length).toBeGreaterThanOrEqual(500);
  expect(rows.every(({ values }) => values.length === COLUMNS.length)).toBe(true);
});

describe.each(COLUMNS.map((column, index) => [...column, index] as const))('%s %j', (kind, options, index) => {
  it('has the values of the reference implementation to 1e-9', async () => {
    const metric = metricOf(kind, asReference(kind, options));
    const wrong: unknown[] = [];
    for (const { output, expected, values } of rows) {
      const wanted = values[index];
      if (wanted === null || wanted === undefined) continue;
      const value = valueIn(await metric.score(inputOf(output, { expected })));
      if (value === null || Math.abs(value - wanted) > 1e-9) {
        wrong.push({ output: output.slice(0, 60), expected: expected.slice(0, 60), value, wanted });
      }
    }
    expect(wrong).toEqual([]);
  });
});
