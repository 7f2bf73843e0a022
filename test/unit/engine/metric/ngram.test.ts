import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NGRAM_COLUMNS, NGRAM_CORPUS, NGRAM_PAIRS, NGRAM_REFERENCES, NGRAM_VALUES } from './ngramTable.ts';
import { asReference, corpusOf, inputOf, metricOf, score, valueIn } from './scoring.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'the', 'Cat', '猫', '。', '😀', 'é', '\n', '.', '__proto__'), { maxLength: 30 })
  .map((parts) => parts.join(' '));

describe.each(NGRAM_COLUMNS.map(([kind, options], column) => [kind, options, column] as const))(
  '%s %j has the values of the reference implementation',
  (kind, options, column) => {
    const metric = metricOf(kind, asReference(kind, options));

    it.each(NGRAM_PAIRS.map((pair, row) => [...pair, NGRAM_VALUES[row]?.[column] ?? null] as const))(
      '%j / %j',
      async (output, expected, value) => {
        const outcome = await metric.score(inputOf(output, { expected }));
        if (value === null) expect(outcome.outcome).toBe('unscored');
        else expect(valueIn(outcome)).toBeCloseTo(value, 12);
      },
    );
  },
);

describe('over a run', () => {
  const rows = NGRAM_PAIRS.map(([output, expected]) => inputOf(output, { expected }));

  it.each([
    ['gleu', {}, NGRAM_CORPUS.gleu],
    ['bleu', { smooth: 'nltk' }, NGRAM_CORPUS.bleu],
    ['ter', {}, NGRAM_CORPUS.ter],
  ])('%s %j has the value of the reference implementation', (kind, options, value) => {
    expect(corpusOf(metricOf(kind, asReference(kind, options)), rows)).toBeCloseTo(value, 12);
  });

  it('NLTK has no effective order, and divides by 1 where there is nothing', () => {
    const short = [inputOf('yes it is', { expected: 'yes it was' }), inputOf('no', { expected: 'no' })];
    expect(corpusOf(metricOf('bleu', { smooth: 'nltk' }), short)).toBeCloseTo(NGRAM_CORPUS.short, 12);
  });
});

describe('several references', () => {
  it.each(NGRAM_REFERENCES)('%j / %j', async (output, expected, gleu, bleu, meteor, ter) => {
    const references = [...expected];
    expect(valueIn(await score('gleu', {}, output, references))).toBeCloseTo(gleu, 12);
    expect(valueIn(await score('bleu', { smooth: 'nltk' }, output, references))).toBeCloseTo(bleu, 12);
    expect(valueIn(await score('meteor', {}, output, references))).toBeCloseTo(meteor, 12);
    expect(valueIn(await score('ter', {}, output, references))).toBeCloseTo(ter, 12);
  });
});

describe('meteor with synonyms', () => {
  const synonyms = [
    ['purchaser', 'buyer', 'Customer'],
    ['quick', 'fast'],
    ['fast', 'firm'],
    ['猫', 'ネコ'],
  ];
  // NLTK 3.10.4, meteor_score with these groups, stemmed by its Porter stemmer, in place of WordNet.
  it.each([
    ['the buyer was quick', 'the purchaser was fast', 0.9921875],
    ['the quick buyer', 'the firm customer', 0.3333333333333333],
    ['fast fast', 'quick firm', 0.9375],
    ['quick', 'firm', 0],
    ['buyer', 'customer', 0.5],
    [
      'running dogs barked loudly at the purchaser',
      'a dog was running and barking loudly at the buyer',
      0.6932463707132337,
    ],
    ['猫 は 好き', 'ネコ は 好き', 0.9814814814814815],
    ['a b', 'c d', 0],
    ['fast car', 'car quick', 0.5],
    ['customer customer buyer', 'buyer purchaser', 0.4761904761904762],
  ])('%j / %j is %d', async (output, expected, value) => {
    const options = { synonyms, tokenize: 'none' };
    expect(valueIn(await score('meteor', options, output as string, expected as string))).toBeCloseTo(
      value as number,
      12,
    );
    expect(valueIn(await score('meteor', options, expected as string, expected as string))).toBeGreaterThanOrEqual(0.5);
  });

  it('is the same where none is met, and names them in its signature', async () => {
    const words = fc.array(fc.constantFrom('buyer', 'purchaser', 'fast', 'firm', 'quick', 'x'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(words, words, async (a, b) => {
        const [output, expected] = [a.join(' '), b.join(' ')];
        const groups = { synonyms: [['x', 'y']] };
        const plain = valueIn(await score('meteor', {}, output, expected));
        expect(valueIn(await score('meteor', groups, output, expected))).toBe(plain);
      }),
    );
    expect(metricOf('meteor').signature).not.toBe(metricOf('meteor', { synonyms }).signature);
  });
});

describe.each([
  ['gleu', {}],
  ['meteor', {}],
  ['rouge-n', { n: 1, unicode: true }],
  ['rouge-lsum', { unicode: true }],
  ['bleu', { smooth: 'nltk' }],
] as const)('%s %j', (kind, options) => {
  it('is within 0..1 or unscored, and highest for the text itself', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const value = valueIn(await score(kind, options, a, b)) ?? 0;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        const itself = valueIn(await score(kind, options, b, b));
        if (itself !== null) expect(value).toBeLessThanOrEqual(itself + 1e-12);
      }),
    );
  });
});

describe('ter', () => {
  it('is 0 for the text itself, and never more than plain edits', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const itself = await score('ter', {}, b, b);
        if (itself.outcome === 'scored') expect(itself.value).toBe(0);
        if (/猫/.test(a + b)) return;
        const moved = valueIn(await score('ter', {}, a, b));
        const edited = valueIn(await score('wer', { lowercase: true }, a, b));
        if (moved !== null && edited !== null) expect(moved).toBeLessThanOrEqual(edited + 1e-12);
      }),
    );
  });

  it('passes at or below a limit, and never where the format is broken', async () => {
    const moved = await score('ter', { max: 0.2 }, 'saturday the cat was here', 'the cat was here saturday');
    expect(moved).toMatchObject({ value: 0.2, score: 1, passed: true });
    expect(moved.reason).toBe('TER 0.2: 1 edit on 5 expected words; within the limit of 0.2.');
    expect(await score('ter', { max: 5, path: 'a' }, 'no', 'yes')).toMatchObject({ value: 1, passed: false });
  });

  it('is for texts that can be searched for moves', async () => {
    const outcome = await score('ter', {}, 'a b '.repeat(1500), 'a b');
    expect(outcome).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining('2000 words') });
    const hostile = await score('ter', {}, 'a b c '.repeat(600), 'c a d '.repeat(600));
    expect(hostile).toMatchObject({ outcome: 'scored' });
  });
});

describe('Chinese and Japanese', () => {
  it.each(['gleu', 'meteor'])('%s advises a tokenizer where the default does not divide', async (kind) => {
    const plain = await score(kind, asReference(kind, {}), '猫は好きです', '猫が好きです');
    expect(plain.reason).toContain('set tokenize to zh or char');
    expect(valueIn(await score(kind, {}, '猫は好きです', '猫が好きです'))).toBeGreaterThan(0.4);
    expect(valueIn(await score(kind, { tokenize: 'char' }, '猫は好きです', '猫が好きです'))).toBeGreaterThan(0.4);
  });

  it('rouge-lsum counts characters with `unicode`', async () => {
    // 退 款 | 已 发 出 against 已 发 | 退 款 了: 4 shared of 5 and 5.
    const value = valueIn(await score('rouge-lsum', { unicode: true }, '退款\n已发出', '已发\n退款了'));
    expect(value).toBeCloseTo(4 / 5, 14);
  });
});

describe('distinct-n', () => {
  // By counting.
  it.each([
    ['a b c d', {}, 1],
    ['a b a b a', {}, 2 / 4],
    ['a a a a', { n: 1 }, 1 / 4],
    ['The the THE cat', { n: 1 }, 2 / 4],
    ['a b c a b c a b c', { n: 3 }, 3 / 7],
    ['好好学习', {}, 1],
    ['退款退款退款', {}, 2 / 5],
    ['__proto__ constructor', { n: 1 }, 1],
    ['😀 😀', { n: 1 }, 1 / 2],
  ])('%j %j', async (output, options, value) => {
    expect(valueIn(await score('distinct-n', options, output))).toBeCloseTo(value, 14);
  });

  it('is unscored where there are too few words, or too many', async () => {
    expect(await score('distinct-n', {}, 'word')).toMatchObject({ outcome: 'unscored' });
    expect(await score('distinct-n', {}, '')).toMatchObject({ outcome: 'unscored' });
    expect(await score('distinct-n', {}, 'a '.repeat(500_001))).toMatchObject({ outcome: 'unscored' });
  });

  it('fails below its threshold', async () => {
    expect(await score('distinct-n', { threshold: 0.5 }, 'a a a a')).toMatchObject({ passed: false });
  });
});

describe.each(['gleu', 'meteor', 'rouge-lsum', 'ter'])('%s', (kind) => {
  it('never hangs on long texts', async () => {
    const outcome = await score(kind, {}, 'ab cd\n'.repeat(170_000), 'cd ef\n'.repeat(30_000));
    expect(outcome.outcome).not.toBe('error');
  });
});
