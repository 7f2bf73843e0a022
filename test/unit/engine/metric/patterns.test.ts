import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricOf, PLAIN, score, tryMetric, valueIn } from './scoring.ts';

const passes = async (kind: string, options: object, output: string, expected?: string | number | string[]) =>
  valueIn(await score(kind, options, output, expected));

describe('numeric', () => {
  it.each<[string, string | number, object, number | null]>([
    ['1,000', '1000.0', {}, 1],
    ['The total is $1,000.', 1000, {}, 1],
    ['**42**', 42, {}, 1],
    ['It is -5 °C', -5, {}, 1],
    ['It is \u22125', -5, {}, 1],
    ['between 3-4', 4, {}, 1],
    ['-$3.50', -3.5, {}, 1],
    ['€ 12', 12, {}, 1],
    ['12%', 12, {}, 1],
    ['1.5e3', 1500, {}, 1],
    ['.5', 0.5, {}, 1],
    ['共４２元', 42, {}, 1],
    ['答えは 1,234 円です。', 1234, {}, 1],
    ['first 1, then 2', 2, {}, 1],
    ['first 1, then 2', 1, {}, 0],
    ['first 1, then 2', 1, { location: 'begin' }, 1],
    ['first 1, then 2, then 3', 2, { location: 'any' }, 1],
    ['$1,000.00', 1000, { location: 'whole' }, 1],
    ['about 1000', 1000, { location: 'whole' }, 0],
    ['1.000,5', '1000.5', { locale: 'de' }, 1],
    ['1.000', '1.000', { locale: 'de' }, 1],
    ['1.000', 1000, { locale: 'de' }, 1],
    ['1.000', 1, { locale: 'de' }, 0],
    ['1\u202f000,5', 1000.5, { locale: 'fr' }, 1],
    ["1'000.5", 1000.5, { locale: 'de-CH' }, 1],
    ['1,00,000', 100000, { locale: 'en-IN' }, 1],
    ['3.14159', 3.14, { tolerance: 0.01 }, 1],
    ['3.2', 3.14, { tolerance: 0.01 }, 0],
    ['0.3', 0.1, { tolerance: 0.2 }, 1],
    ['GPT4 says so', 4, {}, 0],
    ['none', 4, {}, 0],
    ['', 4, {}, 0],
    ['4', 'four', {}, null],
    ['1,2,3', 3, {}, 1],
  ])('%j / %j %j', async (output, expected, options, value) => {
    expect(await passes('numeric', options, output, expected)).toBe(value);
  });

  it('takes any number however it is grouped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (number) => {
        expect(await passes('numeric', {}, `It is ${number.toLocaleString('en')}.`, number)).toBe(1);
        expect(await passes('numeric', { locale: 'de' }, `Es sind ${number.toLocaleString('de')}.`, number)).toBe(1);
      }),
    );
  });

  it('says what is no language, and takes hostile texts', async () => {
    expect(tryMetric('numeric', { locale: '-' })).toMatchObject({ error: expect.stringContaining('language tag') });
    for (const piece of ['1,11', '1,111', '1', '.', '-$', '9e9', '\ud800'])
      expect((await score('numeric', {}, piece.repeat(200_000), 7)).outcome).toBe('scored');
  });
});

describe('choice', () => {
  it.each<[string, string, object, number | null]>([
    ['B', 'B', {}, 1],
    ['b', 'B', {}, 1],
    ['(B).', 'B', {}, 1],
    ['**B**', 'b', {}, 1],
    ['ANSWER: B', 'B', {}, 1],
    ['Let me think. A is wrong.\nAnswer: B', 'B', {}, 1],
    ['Answer: A\nNo, wait.\nAnswer: C', 'C', {}, 1],
    ['answer: c,', 'C', {}, 1],
    ['The answer is B.', 'B', {}, 1],
    ['The answer is a matter of taste', 'A', {}, 0],
    ['B) Paris', 'B', {}, 1],
    ['(B) because of that', 'B', {}, 1],
    ['A, C', 'C,A', {}, 1],
    ['ANSWER: A and C', 'A,C', {}, 1],
    ['ANSWER: A', 'A,C', {}, 0],
    ['答案：Ｂ', 'B', {}, 1],
    ['答案是B。', 'B', {}, 1],
    ['正解はCです', 'C', {}, 1],
    ['정답: D', 'D', {}, 1],
    ['Die Antwort lautet B.', 'B', {}, 1],
    ['La réponse est C.', 'C', {}, 1],
    ['La respuesta es D', 'D', {}, 1],
    ['$\\boxed{C}$', 'C', {}, 1],
    ['Answer: E', 'E', { choices: 'ABCD' }, null],
    ['Answer: E', 'D', { choices: 'ABCD' }, 0],
    ['Answer: Because', 'B', {}, 0],
    ['I do not know.', 'B', {}, 0],
    ['', 'B', {}, 0],
    ['B', 'Paris', {}, null],
  ])('%j / %j %j', async (output, expected, options, value) => {
    expect(await passes('choice', options, output, expected)).toBe(value);
  });

  it('takes alternatives, and hostile texts', async () => {
    expect(await passes('choice', {}, 'B', ['A', 'B'])).toBe(1);
    for (const piece of ['answer ', 'answer:A, ', 'A,', '( ', 'answer is ( '])
      expect((await score('choice', {}, piece.repeat(100_000), 'Z')).outcome).toBe('unscored');
    for (const piece of ['answer ', 'answer:A, ', 'A,', '( ', 'answer is ( ', ') ', ')'])
      expect((await score('choice', {}, `${piece.repeat(100_000)}x`, 'B')).outcome).toBe('scored');
  });
});

describe('fuzzy-match', () => {
  it.each<[string, string, number | null]>([
    ['Paris', 'Paris, France', 1],
    ['It is the PARIS.', 'paris', 1],
    ['a cat', 'the cat!', 1],
    ['London', 'Paris', 0],
    ['', 'Paris', 0],
    ['。。', 'Paris', 0],
    ['Paris', '...', null],
    ['我住在北京。', '北京', 1],
    ['東京', '「東京」です', 1],
  ])('%j / %j', async (output, expected, value) => {
    expect(await passes('fuzzy-match', {}, output, expected)).toBe(value);
  });
});

describe('regex-full and regex-extract', () => {
  it.each([
    ['\\d+', '123', {}, 1],
    ['\\d+', '123\n', {}, 0],
    ['a|b', 'ab', {}, 0],
    ['a|ab', 'ab', {}, 1],
    ['^b$', 'a\nb', { flags: 'm' }, 0],
    ['.+', '猫😀', {}, 1],
  ])('/%s/ as a whole in %j', async (pattern, output, options, value) => {
    expect(await passes('regex-full', { pattern, ...options }, output)).toBe(value);
  });

  it.each<[object, string, string, number]>([
    [{ pattern: 'Total: (\\d+)' }, 'Total: 42 EUR', '42', 1],
    [{ pattern: 'Total: (\\d+)' }, 'Total: 43 EUR', '42', 0],
    [{ pattern: '\\d+' }, 'Total: 42 EUR', '42', 1],
    [{ pattern: '(\\w+)@(\\w+)', group: 2 }, 'me@home', 'home', 1],
    [{ pattern: '(\\w+)@(\\w+)', group: 0 }, 'to me@home', 'me@home', 1],
    [{ pattern: 'is (.+)', ignoreCase: true }, 'It is  PARIS ', 'paris', 1],
    [{ pattern: 'is (.+)' }, 'It is PARIS', 'paris', 0],
    [{ pattern: '(a)|b' }, 'b', 'a', 0],
    [{ pattern: 'x' }, 'y', 'x', 0],
    [{ pattern: '(?<答>[^。]+)。' }, '北京。', '北京', 1],
  ])('%j in %j', async (options, output, expected, value) => {
    expect(await passes('regex-extract', options, output, expected)).toBe(value);
  });

  it('says before a run what cannot work', () => {
    expect(tryMetric('regex-extract', { pattern: '(a', expected: 'a' })).toHaveProperty('error');
    expect(tryMetric('regex-extract', { pattern: 'a', group: 1, expected: 'a' })).toEqual({
      error: 'The pattern has no group 1: it has 0.',
    });
    expect(tryMetric('regex-full', { pattern: '(a' })).toHaveProperty('error');
  });

  it('is an error where the expression takes too long', async () => {
    const tools = { ...PLAIN.tools, matchRegex: () => 'timeout' as const };
    for (const kind of ['regex-full', 'regex-extract'])
      expect(await score(kind, { pattern: 'a' }, 'a', 'a', { tools })).toMatchObject({ outcome: 'error' });
  });
});

describe('words and texts of a list', () => {
  it.each<[string, object, string, number | null]>([
    ['includes-words', { expected: ['cat', 'dog'] }, 'A Cat and a DOG.', 1],
    ['includes-words', { expected: ['cat', 'dog'] }, 'A cat.', 0],
    ['includes-words', { expected: ['cat', 'dog'], mode: 'any' }, 'A cat.', 1],
    ['includes-words', { expected: 'cat' }, 'concatenate', 0],
    ['includes-words', { expected: 'cat' }, 'concat cat', 1],
    ['includes-words', { expected: 'thank you' }, 'Thank  you!', 1],
    ['includes-words', { expected: 'straße' }, 'STRASSE 5', 1],
    ['includes-words', { expected: '退款' }, '我要退款了', 1],
    ['includes-words', { expected: ['', ' '] }, 'x', null],
    ['includes-words', { expected: 'C++' }, 'I like C++.', 1],
    ['includes-words', { expected: '😀' }, 'ok😀ok', 1],
    ['excludes-words', { expected: ['guarantee', 'always'] }, 'We hope so.', 1],
    ['excludes-words', { expected: ['guarantee', 'always'] }, 'We ALWAYS do.', 0],
    ['excludes-words', { expected: 'ass' }, 'Please assess the class.', 1],
    ['icontains-all', { expected: ['CAT', 'og'] }, 'cat, Dog', 1],
    ['icontains-all', { expected: ['CAT', 'cow'] }, 'cat, Dog', 0],
    ['icontains-any', { expected: ['COW', 'dog'] }, 'cat, Dog', 1],
    ['icontains-any', { expected: ['COW'] }, 'cat, Dog', 0],
  ])('%s %j in %j', async (kind, options, output, value) => {
    expect(await passes(kind, options, output)).toBe(value);
  });

  it('names what is there and what is not', async () => {
    const { reason } = await score('includes-words', { expected: ['cat', 'dog'] }, 'A cat.');
    expect(reason).toBe('1 of 2 words are there; not "dog".');
    expect((await score('excludes-words', { expected: ['Always'] }, 'always')).reason).toBe('The output has "Always".');
  });
});

describe.each([
  ['numeric', { path: 'a' }],
  ['choice', { path: 'a' }],
  ['fuzzy-match', { path: 'a' }],
  ['includes-words', { path: 'a' }],
  ['excludes-words', { path: 'a' }],
  ['regex-extract', { path: 'a', pattern: '.+' }],
])('%s', (kind, options) => {
  it('fails where the output breaks its format, and decides', async () => {
    expect(await score(kind, options, 'no JSON', 'B')).toMatchObject({ value: 0, passed: false });
    expect(metricOf(kind, options).role).toBe('decides');
    expect(await score(kind, options, '{"a":"B"}')).toMatchObject({ outcome: 'unscored' });
  });
});
