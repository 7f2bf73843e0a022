import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../../src/engine/json.ts';
import { jsonEqual } from '../../../../src/engine/metric/structured/jsonEqual.ts';
import { foldText } from '../../../../src/engine/metric/text/foldText.ts';
import { score, valueIn } from './scoring.ts';

const letters = fc.constantFrom(
  'a',
  'b',
  'the',
  'Cat',
  '猫',
  'は',
  '。',
  '😀',
  'é',
  ' ',
  '\n',
  '.',
  ',',
  '1',
  '-',
  '&amp;',
);
const text = fc.oneof(
  fc.array(letters, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const OVERLAP = [
  ['levenshtein-similarity', {}],
  ['token-f1', {}],
  ['token-f1', { tokens: 'squad' }],
  ['rouge-1', { unicode: true }],
  ['rouge-2', {}],
  ['rouge-l', { unicode: true }],
  ['bleu', {}],
  ['bleu', { tokenize: 'zh', smooth: 'floor' }],
  ['chrf', {}],
  ['chrf', { wordOrder: 2 }],
] as const;

describe.each(OVERLAP)('%s %j', (kind, options) => {
  it('is within 0..1 or unscored', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (output, expected) => {
        const outcome = await score(kind, options, output, expected);
        expect(outcome.outcome).not.toBe('error');
        if (outcome.outcome !== 'scored') return;
        expect(outcome.value).toBeGreaterThanOrEqual(0);
        expect(outcome.value).toBeLessThanOrEqual(1 + 1e-12);
        expect(outcome.score).toBe(outcome.value);
        expect(outcome.passed).toBeNull();
      }),
    );
  });

  it('is 1 for the expected text itself, where it can be measured', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (expected) => {
        const outcome = await score(kind, options, expected, expected);
        if (outcome.outcome !== 'scored') return;
        // One word has no pair of words: rouge-2 has nothing to share, and rouge_score says 0.
        if (kind === 'rouge-2' && (expected.toLowerCase().match(/[a-z0-9]+/g)?.length ?? 0) < 2) return;
        expect(outcome.value).toBeCloseTo(1, 12);
      }),
    );
  });

  it('never gets worse by another reference', async () => {
    // BLEU measures the brevity against the nearest reference, which another one may change.
    if (kind === 'bleu') return;
    await fc.assert(
      fc.asyncProperty(text, text, text, async (output, expected, other) => {
        const one = valueIn(await score(kind, options, output, expected)) ?? 0;
        const two = valueIn(await score(kind, options, output, [expected, other])) ?? 0;
        expect(two).toBeGreaterThanOrEqual(one - 1e-12);
      }),
    );
  });
});

describe.each([
  ['levenshtein-similarity', {}],
  ['token-f1', {}],
  ['rouge-1', {}],
  ['rouge-l', { unicode: true }],
] as const)('%s %j', (kind, options) => {
  it('is symmetric', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const [there, back] = [await score(kind, options, a, b), await score(kind, options, b, a)];
        if (there.outcome !== 'scored' || back.outcome !== 'scored') return;
        expect(there.value).toBeCloseTo(back.value, 12);
      }),
    );
  });
});

describe('token-f1', () => {
  it('has the tokens of SQuAD where a text is ASCII', async () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(ascii, ascii, async (output, expected) => {
        const mixed = valueIn(await score('token-f1', { tokens: 'mixed' }, output, expected));
        expect(mixed).toBe(valueIn(await score('token-f1', { tokens: 'squad' }, output, expected)));
      }),
    );
  });
});

describe('jsonEqual', () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

  it('says the same as the canonical texts', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(jsonEqual(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
    fc.assert(
      fc.property(json, (a) => {
        expect(jsonEqual(a, JSON.parse(JSON.stringify(a)))).toBe(true);
      }),
    );
  });
});

describe('foldText', () => {
  it('does not change what it has folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (one) => {
        expect(foldText(foldText(one))).toBe(foldText(one));
      }),
    );
  });
});
