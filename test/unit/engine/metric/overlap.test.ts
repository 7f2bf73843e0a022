import { describe, expect, it } from 'vitest';
import { metricDefinition, metricKinds } from '../../../../src/engine/metric/registry.ts';
import { inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

describe('token-f1', () => {
  // Expected values by counting the tokens.
  it.each([
    ['The  cat, sat!', 'a cat sat', 1],
    ['cat cat cat', 'cat dog', 2 / 5],
    ['客户要求退款。', '客户要退款', (2 * 5) / (6 + 5)],
    ['東京タワー', '東京タワー。', 1],
    ['order 42 到了', '42到了', (2 * 3) / (4 + 3)],
    ['ขอบคุณ', 'ขอบคุณ', 1],
    ['환불을 요청', '환불을 거절', 1 / 2],
    ['“quoted”', 'quoted', 1],
    ['', '', 1],
    ['', 'word', 0],
    ['the', 'word', 0],
  ])('%j / %j', async (output, expected, value) => {
    expect(valueIn(await score('token-f1', {}, output, expected))).toBeCloseTo(value, 14);
  });

  it('says what was shared', async () => {
    const { reason } = await score('token-f1', {}, 'cat cat cat', 'cat dog');
    expect(reason).toBe('F1 0.4: 1 shared, 3 tokens in the output, 2 expected.');
  });

  it('looks at a part of the output; one that is not there is worth 0', async () => {
    const options = { path: 'summary', threshold: 0.5 };
    expect(await score('token-f1', options, '{"summary": "cat dog"}', 'cat dog')).toMatchObject({
      value: 1,
      passed: true,
    });
    const broken = await score('token-f1', options, 'cat dog', 'cat dog');
    expect(broken).toMatchObject({ value: 0, score: 0, passed: false, reason: 'The output is not JSON: "cat dog".' });
  });

  it('takes numbers and lists of answers', async () => {
    expect(valueIn(await score('token-f1', {}, '42', 42))).toBe(1);
    expect(valueIn(await score('token-f1', {}, 'two', ['one', 'two']))).toBe(1);
    expect(await score('token-f1', {}, 'x', [])).toMatchObject({ outcome: 'unscored' });
    expect(await score('token-f1', {}, 'x', [null])).toMatchObject({ outcome: 'unscored' });
  });
});

describe('rouge', () => {
  it('counts the words of every script with `unicode`', async () => {
    // 客户 要 求 | 退 款 | order | 42 : of 5 + 2 tokens 4 + 1 are shared.
    const value = valueIn(await score('rouge-1', { unicode: true }, '客户要退款 order 42', '客户求退款 order 7'));
    expect(value).toBeCloseTo(5 / 7, 14);
    expect(valueIn(await score('rouge-1', { unicode: true }, 'Élan über', 'élan ÜBER'))).toBe(1);
    expect(valueIn(await score('rouge-1', { unicode: true }, 'great 👍', 'great 👍'))).toBe(1);
    expect(valueIn(await score('rouge-1', { unicode: true }, 'great 👍', 'great 😀'))).toBe(0.5);
  });

  it('is unscored, with advice, where the expected text has no words', async () => {
    const outcome = await score('rouge-l', { unicode: false }, '猫', '猫');
    expect(outcome).toMatchObject({ outcome: 'unscored' });
    expect(outcome.reason).toContain('set `unicode: true`');
    expect(await score('rouge-l', { unicode: true }, '猫', '。')).toMatchObject({ outcome: 'unscored' });
  });
});

describe('bleu', () => {
  it('advises a tokenizer where 13a cannot divide', async () => {
    const { reason } = await score('bleu', { tokenize: '13a' }, '猫は好きです', '猫が好きです');
    expect(reason).toContain('set tokenize to zh or char');
    // As sacrebleu 2.6.0: sentence_bleu, tokenize char.
    expect(valueIn(await score('bleu', { tokenize: 'char' }, '猫は好きです', '猫が好きです'))).toBeGreaterThan(0.3);
  });

  it('says what was shared', async () => {
    const { reason } = await score('bleu', {}, 'the cat sat on the mat', 'the cat is on the mat');
    expect(reason).toBe('BLEU 0.3799: shared 1- to 4-grams 5/6 3/5 1/4 0/3, brevity penalty 1, 6 tokens against 6.');
  });
});

describe('thresholds', () => {
  it.each(['levenshtein-similarity', 'token-f1', 'rouge-1', 'bleu', 'chrf'])(
    '%s passes at or above its own',
    async (kind) => {
      const [output, expected] = ['the cat sat on the mat', 'the cat is on the mat'];
      const value = valueIn(await score(kind, {}, output, expected)) ?? 0;
      expect(await score(kind, { threshold: value }, output, expected)).toMatchObject({ passed: true, value });
      expect(await score(kind, { threshold: value + 0.001 }, output, expected)).toMatchObject({ passed: false, value });
      expect(await score(kind, {}, output, expected)).toMatchObject({ passed: null, value });
    },
  );

  it.each([0, 1.1, -1, '0.5'])('cannot be %j', (threshold) => {
    expect(() => tryMetric('bleu', { threshold })).toThrow();
  });
});

describe('texts over the limits', () => {
  const long = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

  it.each([
    ['levenshtein-similarity', long('abcdefg', 300_000), long('gfedcba', 300_000)],
    ['rouge-l', long('a b c d e ', 400_000), long('e d c b a ', 190_000)],
    ['rouge-1', 'x', long('a ', 300_000)],
    ['bleu', 'x', long('a ', 300_000)],
    ['chrf', 'x', long('abc', 150_000)],
  ])('%s is unscored with the reason', async (kind, output, expected) => {
    const outcome = await score(kind, {}, output, expected);
    expect(outcome).toMatchObject({ outcome: 'unscored' });
    expect(outcome.reason).toContain('too long');
  });

  it('costs nothing where long texts are the same', async () => {
    const same = long('same text ', 1_000_000);
    expect(valueIn(await score('levenshtein-similarity', {}, `${same}a`, `${same}b`))).toBeCloseTo(
      1 - 1 / 1_000_001,
      12,
    );
    expect(valueIn(await score('levenshtein-similarity', {}, `${same}😀`, `${same}b`))).toBeCloseTo(
      1 - 1 / 1_000_001,
      12,
    );
  });
});

describe('the registry', () => {
  it.each(metricKinds())('%s describes itself', (kind) => {
    const definition = metricDefinition(kind);
    expect(definition?.kind).toBe(kind);
    expect(definition?.summary).toMatch(/\.$/);
    expect(definition?.source).not.toBe('');
    // A misspelt option is a mistake, never ignored.
    expect(definition?.options().safeParse({ noSuchOption: 1 }).success).toBe(false);
  });

  it('knows no other', () => {
    expect(metricDefinition('nothing')).toBeUndefined();
    expect(metricDefinition('constructor')).toBeUndefined();
  });
});

describe('createMetric', () => {
  it.each([
    ['bleu', {}, 'bleu|tok:auto|smooth:exp|case:mixed|eff:yes|v:1'],
    ['bleu', { tokenize: 'zh', smooth: 'floor', lowercase: true }, 'bleu|tok:zh|smooth:floor[0.1]|case:lc|eff:yes|v:1'],
    ['chrf', { wordOrder: 2 }, 'chrf|nc:6|nw:2|beta:2|case:mixed|space:no|eff:yes|v:1'],
    ['rouge-l', { stem: true }, 'rouge-l|tok:auto|stem:porter|measure:f1|v:1'],
    ['token-f1', {}, 'token-f1|tok:mixed|norm:squad|count:bag|v:1'],
    ['equals', { path: 'category' }, 'equals|path:category|v:1'],
    ['equals', '{{expected.category}}', 'equals|expected:{{expected.category}}|v:1'],
    ['levenshtein-similarity', {}, 'levenshtein-similarity|unit:codepoint|norm:max|v:1'],
    ['latency', '2s', 'latency|unit:ms|max:2000|v:1'],
  ])('%s %j has the signature %s', (kind, options, signature) => {
    expect(metricOf(kind, options).signature).toBe(signature);
  });

  it('tells long values apart without writing them out', () => {
    const [one, other] = ['a'.repeat(100), `${'a'.repeat(99)}b`].map((text) => metricOf('contains', text).signature);
    expect(one).toMatch(/^contains\|expected:#[0-9a-f]{8}\|v:1$/);
    expect(one).not.toBe(other);
  });

  it('refuses a gate that cannot fail', () => {
    expect(tryMetric('bleu', {}, {}, true)).toHaveProperty('error');
    expect(tryMetric('latency', {}, {}, true)).toHaveProperty('error');
    expect(tryMetric('bleu', { threshold: 0.3 }, {}, true)).not.toHaveProperty('error');
    expect(tryMetric('equals', {}, {}, true)).not.toHaveProperty('error');
  });

  it('is an error for templates that cannot work', () => {
    for (const kind of ['equals', 'contains', 'bleu', 'chrf', 'rouge-1', 'token-f1', 'levenshtein-similarity']) {
      expect(tryMetric(kind, { expected: '{{category}}' })).toHaveProperty('error');
    }
  });

  it('remembers references without mixing them up', async () => {
    const metric = metricOf('bleu');
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 100; index += 1) {
        const expected = `case number ${index} of many`;
        expect(valueIn(await metric.score(inputOf(expected, { expected })))).toBeCloseTo(1, 12);
      }
      const list = ['a b c d', 'x'];
      expect(valueIn(await metric.score(inputOf(JSON.stringify(list), { expected: list })))).toBeLessThan(0.5);
    }
  });
});
