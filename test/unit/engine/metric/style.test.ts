import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { englishSyllables } from '../../../../src/engine/metric/style/englishSyllables.ts';
import { longestLoop } from '../../../../src/engine/metric/style/loops.ts';
import { foldPlaces } from '../../../../src/engine/metric/text/foldPlaces.ts';
import { foldText } from '../../../../src/engine/metric/text/foldText.ts';
import { markdownParts } from '../../../../src/engine/metric/text/markdownParts.ts';
import { score, tryMetric, valueIn } from './scoring.ts';

const KINDS = [
  'flesch-reading-ease',
  'flesch-kincaid-grade',
  'gunning-fog',
  'smog',
  'automated-readability',
  'coleman-liau',
];

describe('readability', () => {
  // The first four columns by textstat 0.7.13 with the CMU Pronouncing Dictionary; the last two from its counts of letters,
  // words and sentences in Python, for textstat counts punctuation in the fifth and rounds 0.0588 to 0.058 in the sixth.
  it.each<[string, ...number[]]>([
    [
      'The cat sat on the mat. It was warm. The dog ran off.',
      117.83666666666667,
      -2.0999999999999996,
      1.7333333333333334,
      3.1291,
      -5.495641025641026,
      -5.443076923076923,
    ],
    [
      'Please send the invoice by Friday. The office will review the payment and answer within two days.',
      78.77220588235295,
      4.383823529411767,
      3.4000000000000004,
      3.1291,
      4.707647058823532,
      8.042352941176471,
    ],
    [
      'Photosynthesis is the process by which green plants convert light into chemical energy. Chlorophyll absorbs the light.',
      43.93691176470591,
      9.242647058823533,
      12.811764705882354,
      11.20814326018867,
      10.525882352941174,
      15.305882352941175,
    ],
    [
      'The committee recommended a considerable reduction of administrative expenditure. Many representatives objected immediately.',
      -73.08557692307687,
      25.06807692307692,
      30.29230769230769,
      15.247664890283005,
      21.673846153846156,
      29.399999999999995,
    ],
    ['Go.', 121.22, -3.4, 0.4, 3.1291, -11.51, -33.64],
    [
      'International organizations frequently coordinate humanitarian assistance after natural disasters.',
      -121.9,
      32.497777777777785,
      39.15555555555556,
      19.287186520377343,
      29.646666666666665,
      39.05777777777778,
    ],
  ])('%j', async (output, ...expected) => {
    const values = await Promise.all(KINDS.map(async (kind) => valueIn(await score(kind, {}, output))));
    for (const [index, value] of values.entries()) expect(value, KINDS[index]).toBeCloseTo(expected[index] ?? 0, 9);
  });

  it.each<[string, string]>([
    ['', 'no word in Latin letters'],
    ['...!', 'no word in Latin letters'],
    ['2026 100', 'no word in Latin letters'],
    ['😀', 'no word in Latin letters'],
    ['猫が好きです。', 'no word in Latin letters'],
    ['Привет, мир.', 'no word in Latin letters'],
    ['今天天气很好,我们用 Python 写程序。', 'Most words'],
    ['a '.repeat(150_001), 'too long'],
  ])('says nothing of %.30j', async (output, reason) => {
    for (const kind of KINDS) {
      const outcome = await score(kind, { max: 5 }, output);
      expect(outcome).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining(reason) });
    }
  });

  it('passes within its limits, which may be below 0', async () => {
    const grade = async (options: object) => score('flesch-kincaid-grade', options, 'Go.');
    expect(await grade({ max: -3 })).toMatchObject({ passed: true, score: 1 });
    expect(await grade({ max: -4 })).toMatchObject({ passed: false, score: 0 });
    expect(await grade({ min: -2 })).toMatchObject({ passed: false, score: 0 });
    expect(await grade({})).toMatchObject({ passed: null, score: null });
    expect(await score('flesch-reading-ease', 60, 'Go.')).toMatchObject({
      passed: true,
      reason: 'Reading ease 121.2 for 1 word in 1 sentence, as asked: at least 60.',
    });
    expect(tryMetric('smog', { min: 3, max: 2 })).toEqual({ error: '`min` is more than `max`.' });
  });

  it('is unscored, or fails its limit, where a part is not there', async () => {
    expect(await score('smog', { path: 'a' }, 'x')).toMatchObject({ outcome: 'unscored' });
    expect(await score('smog', { path: 'a', max: 9 }, 'x')).toMatchObject({ passed: false, score: 0 });
    expect(valueIn(await score('smog', { path: 'a' }, '{"a":"Go."}'))).toBe(3.1291);
  });

  it('stays within its range for any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.constantFrom('ab. ', 'a 1 2 ', '½ x '), async (odd, more) => {
        for (const kind of KINDS) {
          const outcome = await score(kind, {}, `${more}${odd}`);
          expect(outcome.outcome).not.toBe('error');
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('englishSyllables', () => {
  // By the CMU Pronouncing Dictionary.
  it.each<[string, number]>([
    ['make', 1],
    ['makes', 1],
    ['boxes', 2],
    ['table', 2],
    ['wanted', 2],
    ['baked', 1],
    ['media', 3],
    ['nation', 2],
    ['science', 2],
    ['quiet', 2],
    ['patient', 2],
    ['being', 2],
    ['video', 3],
    ['people', 2],
    ['actual', 3],
    ['language', 2],
    ['idea', 3],
    ['create', 2],
    ['prism', 2],
    ["didn't", 2],
    ['fluid', 2],
    ['placement', 2],
    ['sometimes', 2],
    ['filename', 2],
    ['automatically', 5],
    ['million', 2],
    ['unique', 2],
    ['argue', 2],
    ['everyone', 3],
    ['business', 2],
    ['cooperate', 4],
    ['earlier', 3],
    ["judge's", 2],
    ['the', 1],
    ['rhythm', 2],
    ['year', 1],
    ['royal', 2],
    ['variety', 4],
  ])('%s has %i', (word, syllables) => {
    expect(englishSyllables(word.normalize('NFD').replace(/\p{M}/gu, ''))).toBe(syllables);
  });

  it('has one at least', () => {
    for (const word of ['', 'x', "'s", '’', 'zzz', '\ud800']) expect(englishSyllables(word)).toBe(1);
  });
});

describe('repetition-rate', () => {
  it.each<[string, number, number | null]>([
    ['a b c d', 4, 0],
    ['a b c d e f', 4, 0],
    ['a b a b a b', 2, 0.6],
    ['A a a', 1, 2 / 3],
    ['no no no no', 2, 2 / 3],
    ['猫猫猫猫', 1, 0.75],
    ['猫が好き猫が好き', 4, 0.2],
    ['one two', 4, null],
    ['', 1, null],
    ['😀 😀 😀', 1, 2 / 3],
  ])('%j by %i words: %j', async (output, n, value) => {
    const found = valueIn(await score('repetition-rate', { n }, output));
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
  });

  it('is what distinct-n leaves', async () => {
    const words = fc.array(fc.constantFrom('a', 'b', '猫', 'x '), { minLength: 3, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 1, max: 3 }), async (given, n) => {
        const rate = valueIn(await score('repetition-rate', { n }, given.join(' '))) ?? 0;
        const distinct = valueIn(await score('distinct-n', { n }, given.join(' '))) ?? 0;
        expect(rate + distinct).toBeCloseTo(1, 12);
      }),
    );
  });

  it('has a limit', async () => {
    expect(await score('repetition-rate', 0.1, 'a b c d a b c d')).toMatchObject({
      passed: false,
      reason: '0.2: 1 of 5 4-grams stood there before, not: at most 0.1.',
    });
    expect(await score('repetition-rate', {}, 'a b c d')).toMatchObject({ passed: null, score: null });
  });
});

describe('degeneration', () => {
  it.each<[string, number | null]>([
    ['', null],
    ['...', null],
    ['All is well here.', 0],
    ['no no', 0],
    ['no no no', 1],
    ['well, no, No - NO way', 3 / 5],
    ['I am sorry. I am sorry. I am sorry. Bye', 0.9],
    ['I am sorry. I am sorry. I am', 0],
    ['I am sorry. I am sorry. I am sorry. I am', 1],
    ['好的好的好的吗', 6 / 7],
    ['猫猫', 0],
    ['😀😀😀😀', 1],
    ['1. a 2. a 3. a', 0],
  ])('%j: %j', async (output, value) => {
    const found = valueIn(await score('degeneration', {}, output));
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
  });

  it('names the span and how often it comes', async () => {
    const outcome = await score('degeneration', 0.2, 'So I am sorry. I am sorry. I am sorry.');
    expect(outcome).toMatchObject({
      passed: false,
      reason: '0.9: 9 of 10 words are "i am sorry", 3 times in a row, not: at most 0.2.',
    });
    expect(await score('degeneration', { times: 4, max: 0 }, 'no no no')).toMatchObject({ passed: true });
    expect((await score('degeneration', {}, '好的好的好的')).reason).toContain('"好的"');
  });

  it('finds any span of up to 200 words, and the longest stretch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 3, max: 6 }), (span, times) => {
        const words = Array.from({ length: span * times }, (_, at) => `w${at % span}`);
        expect(longestLoop(['x', ...words, 'y'], 3)).toEqual({ start: 1, span, words: span * times });
      }),
    );
    const far = Array.from({ length: 603 }, (_, at) => `w${at % 201}`);
    expect(longestLoop(far, 3)).toBeNull();
  });

  it('takes a megabyte', async () => {
    expect(valueIn(await score('degeneration', {}, 'a b '.repeat(250_000)))).toBe(1);
    expect(await score('degeneration', {}, 'a '.repeat(500_001))).toMatchObject({ outcome: 'unscored' });
  });
});

describe('banned-phrases', () => {
  it.each<[string, string[], boolean]>([
    ['As an AI language model, I cannot.', ['as an ai'], false],
    ['As  an\nAI model', ['as an AI'], false],
    ['We delved into it.', ['delve'], true],
    ['We DELVE into it.', ['delve'], false],
    ['undelve', ['delve'], true],
    ['这是一个值得注意的问题', ['值得注意'], false],
    ['これは重要です', ['重要'], false],
    ['STRASSE', ['straße'], false],
    ['ﬁne', ['fine'], false],
    ['cafe\u0301', ['café'], false],
    ['cafe\u0301', ['cafe'], true],
    ['😀 ok', ['😀'], false],
    ['', ['x'], true],
    ['__proto__', ['proto'], true],
    ['\ud800 x', ['x'], false],
    ['C++ is', ['c++'], false],
    ['well — known', ['—'], false],
  ])('%j, %j: %j', async (output, phrases, passed) => {
    expect(await score('banned-phrases', phrases, output)).toMatchObject({ passed, value: passed ? 1 : 0 });
  });

  it('tells which and where in code points', async () => {
    expect(await score('banned-phrases', ['fine', 'DELVE'], '😀 delve, ﬁne, delve')).toMatchObject({
      reason: 'The output has banned phrases at 3 places: "delve" (2-7), "fine" (9-12), "delve" (14-19).',
      details: { spans: [{ kind: 'delve', start: 2, end: 7 }, { kind: 'fine', start: 9, end: 12 }, { start: 14 }] },
    });
  });

  it('counts what overlaps once, and refuses an empty list', async () => {
    expect((await score('banned-phrases', ['an ai', 'as an ai'], 'as an AI')).reason).toContain('at 1 place:');
    expect(() => tryMetric('banned-phrases', [])).toThrow();
    expect(() => tryMetric('banned-phrases', ['  '])).toThrow();
  });

  it('takes a megabyte of them', async () => {
    const outcome = await score('banned-phrases', ['a', 'b c'], 'a b c '.repeat(170_000));
    expect(outcome.reason).toContain('at 1000 places or more');
  });
});

describe('foldPlaces', () => {
  it('folds as foldText does and leads back to the letters', () => {
    const unit = fc.constantFrom('a', 'É', 'ß', 'ﬁ', '猫', 'Σ', 'İ', 'e\u0301', ' ', '\n', '😀', '½');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
        const original = units.join('');
        const { text, starts, ends } = foldPlaces(original);
        expect(text.trim()).toBe(foldText(original));
        for (const [at, start] of starts.entries()) {
          expect(start).toBeLessThan(ends[at] ?? 0);
          expect(foldText(original.slice(start, ends[at]))).toContain((text[at] ?? '').trim());
        }
      }),
    );
  });
});

describe('format-policy', () => {
  it.each<[string, object, boolean]>([
    ['Plain text.', { emoji: 'forbid', markdown: 'forbid' }, true],
    ['Nice 👍🏽', { emoji: 'forbid' }, false],
    ['Nice 👍🏽', { emoji: 'require' }, true],
    ['Nice', { emoji: 'require' }, false],
    ['© 2026 ™ ☺ 1 # *', { emoji: 'forbid' }, true],
    ['❤️ 🇫🇷 👩‍👩‍👧 1️⃣', { emoji: 'forbid' }, false],
    ['# Title', { markdown: 'forbid' }, false],
    ['# Title\n\ntext', { markdown: ['headings'] }, true],
    ['#hashtag and C# and 3 * 4 * 5', { markdown: 'forbid' }, true],
    ['- a\n- b', { markdown: ['headings'] }, false],
    ['1. a\n2) b', { markdown: ['lists'] }, true],
    ['a - b', { markdown: 'forbid' }, true],
    ['| a | b |\n|---|:-:|\n| 1 | 2 |', { markdown: 'forbid' }, false],
    ['a | b', { markdown: 'forbid' }, true],
    ['```ts\n# no heading **x**\n```', { markdown: ['code'] }, true],
    ['use `x` here', { markdown: ['headings'] }, false],
    ['see [it](https://example.com)', { markdown: ['bold'] }, false],
    ['![alt](a.png)', { markdown: ['links'] }, false],
    ['a **bold** word', { markdown: 'forbid' }, false],
    ['2**3 and x ** y', { markdown: 'forbid' }, true],
    ['> quoted', { markdown: 'forbid' }, false],
    ['标题\n===', { markdown: 'forbid' }, false],
    ['**重要**です', { markdown: 'forbid' }, false],
    ['', { markdown: 'forbid', emoji: 'forbid' }, true],
  ])('%j %j: %j', async (output, options, passed) => {
    expect(await score('format-policy', options, output)).toMatchObject({ passed });
  });

  it('tells what was found where', async () => {
    const outcome = await score(
      'format-policy',
      { emoji: 'forbid', markdown: ['bold'] },
      'Hi\n\n## A 😀\n- **b**\n- c',
    );
    expect(outcome.reason).toBe(
      'The output has 1 emoji (😀), first in line 3; headings in 1 place, first line 3 "A 😀"; lists in 2 places, first line 4 "- **b**".',
    );
  });

  it('refuses a policy that allows all', () => {
    expect(tryMetric('format-policy', {})).toMatchObject({ error: expect.stringContaining('allows all') });
  });
});

describe('markdownParts', () => {
  it('never throws and is not slow on marks that are not closed', () => {
    for (const mark of [
      '[',
      '[a](',
      '**a',
      '`',
      '`a``',
      '__a',
      '#',
      '|',
      '> ',
      '- ',
      '```',
      '<http://',
      '\n```\n',
      '![',
      '* ',
      '1) ',
    ])
      expect([...markdownParts(mark.repeat(1_000_000 / mark.length))].length).toBeGreaterThanOrEqual(0);
  });

  it('is the same whatever ends a line', () => {
    const text = '# A\n\n- b\n\n```js\nx\n```\n| a |\n|---|';
    const parts = [...markdownParts(text)];
    expect(parts.map(({ part, line }) => `${part} ${line}`)).toEqual(['headings 1', 'lists 3', 'code 5', 'tables 9']);
    for (const end of ['\r\n', '\r']) expect([...markdownParts(text.replaceAll('\n', end))]).toEqual(parts);
  });
});
