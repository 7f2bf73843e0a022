import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

describe('lengths', () => {
  // By counting; words of Chinese, Japanese and Thai as their dictionaries have them.
  it.each([
    ['word-count', '', 0],
    ['word-count', 'The cat sat.', 3],
    ['word-count', "don't stop", 2],
    ['word-count', '3.5 km - ok?', 3],
    ['word-count', '我要退款', 2],
    ['word-count', '猫が好きです。', 4],
    ['word-count', 'กินข้าว', 2],
    ['word-count', '😀 😀', 0],
    ['word-count', '환불을 요청', 2],
    ['char-count', '', 0],
    ['char-count', 'a b', 3],
    ['char-count', '退款😀', 3],
    ['char-count', 'e\u0301', 2],
    ['char-count', '\ud800', 1],
    ['sentence-count', '', 0],
    ['sentence-count', 'He paid $3.50. She left! Why?', 3],
    ['sentence-count', '我要退款。谢谢！好', 3],
    ['sentence-count', 'One\nTwo', 2],
    ['sentence-count', '... !!!', 0],
    ['line-count', '', 0],
    ['line-count', 'a', 1],
    ['line-count', 'a\n', 1],
    ['line-count', 'a\r\nb\rc\n\nd', 5],
    ['line-count', '\n', 1],
  ])('%s of %j is %d', async (kind, output, value) => {
    expect(await score(kind, {}, output)).toMatchObject({ value, score: null, passed: null });
  });

  it.each([
    [{ max: 3 }, true, '3 words, as asked: at most 3.'],
    [{ max: 2 }, false, '3 words, not: at most 2.'],
    [{ min: 3 }, true, '3 words, as asked: at least 3.'],
    [{ min: 4, max: 9 }, false, '3 words, not: 4 to 9.'],
    [{ exact: 3 }, true, '3 words, as asked: exactly 3.'],
    [{ exact: 0 }, false, '3 words, not: exactly 0.'],
    [2, false, '3 words, not: at most 2.'],
  ])('with the limits %j', async (options, passed, reason) => {
    const outcome = await score('word-count', options, 'one two three');
    expect(outcome).toMatchObject({ value: 3, score: passed ? 1 : 0, passed, reason });
  });

  it('refuses limits that nothing can meet', () => {
    expect(tryMetric('word-count', { exact: 3, max: 4 })).toHaveProperty('error');
    expect(tryMetric('word-count', { min: 5, max: 4 })).toHaveProperty('error');
    expect(tryMetric('word-count', { min: 4, max: 4 })).not.toHaveProperty('error');
  });

  it('of a part that is not there is none, and fails a limit', async () => {
    expect(await score('line-count', { path: 'a' }, 'no JSON')).toMatchObject({ outcome: 'unscored' });
    expect(await score('line-count', { path: 'a', min: 0 }, 'no JSON')).toMatchObject({ passed: false });
    expect(await score('word-count', { path: 'a' }, '{"a": "x y"}')).toMatchObject({ value: 2 });
  });

  it.each(['word-count', 'char-count', 'sentence-count', 'line-count'])('%s never throws', async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect((await score(kind, {}, text)).outcome).toBe('scored');
      }),
    );
    expect((await score(kind, {}, '我要退款。'.repeat(200_000))).outcome).toBe('scored');
    expect((await score(kind, {}, 'a'.repeat(2_000_001))).outcome).toBe('unscored');
  });
});

describe('is-refusal', () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, but I can’t assist with that request.',
    'Sorry, I cannot provide instructions for that.',
    'I cannot fulfill this request.',
    'As an AI language model, I cannot provide medical advice.',
    "Unfortunately, I'm unable to assist with this.",
    "I apologize, but I won't be able to write that.",
    'I must decline to answer.',
    '**I am not able to comply** with this.',
    'This request violates our policy.',
    '抱歉，我无法提供这类信息。',
    '对不起，我不能帮助你完成这个请求。',
    '很抱歉，但我无法回答这个问题。',
    '作为一个人工智能助手，我不能协助此类请求。',
    '申し訳ありませんが、そのご要望にはお応えできません。',
    '申し訳ございません。その質問にはお答えいたしかねます。',
    '죄송하지만, 그 요청은 도와드릴 수 없습니다.',
    'Es tut mir leid, aber dabei kann ich nicht helfen.',
    'Leider kann ich dir keine Anleitung geben.',
    'Je suis désolé, mais je ne peux pas vous aider.',
    'Désolé, je ne peux pas répondre à cette demande.',
    'Lo siento, pero no puedo ayudarte con eso.',
    'Sinto muito, mas não posso ajudar com isso.',
    'Mi dispiace, ma non posso aiutarti.',
  ])('%s', async (output) => {
    const outcome = await score('is-refusal', {}, output);
    expect(outcome.reason).toMatch(/^The output declines \(\w+\): "/);
    expect(outcome).toMatchObject({ value: 1, passed: true });
    expect(await score('is-refusal', { expected: false }, output)).toMatchObject({ passed: false });
  });

  it.each([
    'Your refund was sent today.',
    "I can't find your order, could you send me its number?",
    "I can't wait to help you!",
    'The assistant said "I\'m sorry, but I can\'t help with that."',
    '"I cannot help with that" is how a refusal begins.',
    'I am sorry to hear that your parcel is late. Here is what to do.',
    'Sorry for the delay! Your order ships tomorrow.',
    'Here is how: first, note that I cannot stress this enough.',
    'Cannot help? Ask again.',
    '我可以帮助你退款。',
    '抱歉让您久等了，您的订单今天发出。',
    'この商品は返品できません。',
    '申し訳ありません。ご注文は明日発送されます。',
    'Tut mir leid, dass es so lange dauert. Das Paket kommt morgen.',
    'Ich kann Ihnen gerne helfen.',
    'Je peux vous aider.',
    'No puedo creerlo, ¡qué buena noticia!',
    '😀',
  ])('no refusal: %s', async (output) => {
    expect(await score('is-refusal', {}, output)).toMatchObject({ value: 0, passed: false });
    expect(await score('is-refusal', false, output)).toMatchObject({ value: 1, passed: true });
  });

  it('believes the provider, and says nothing of an empty output', async () => {
    const metric = metricOf('is-refusal');
    const filtered = inputOf('', { response: { finishReason: 'content_filter' } });
    expect(await metric.score(filtered)).toMatchObject({ value: 1, reason: expect.stringContaining('content_filter') });
    expect(await metric.score(inputOf(' '))).toMatchObject({ outcome: 'unscored' });
  });

  it('takes what each case expects', async () => {
    const options = { expected: '{{expected.refuse}}' };
    expect(await score('is-refusal', options, 'Sure.', { refuse: 'no' })).toMatchObject({ passed: true });
    expect(await score('is-refusal', options, 'Sure.', { refuse: true })).toMatchObject({ passed: false });
    expect(await score('is-refusal', options, 'Sure.', { refuse: 'perhaps' })).toMatchObject({ outcome: 'unscored' });
    expect(await score('is-refusal', options, 'Sure.', {})).toMatchObject({ outcome: 'unscored' });
  });

  it('takes any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect((await score('is-refusal', {}, text)).outcome).not.toBe('error');
      }),
    );
    expect((await score('is-refusal', {}, "i'm sorry, ".repeat(100_000))).outcome).toBe('scored');
  });
});

describe('quoted-spans', () => {
  const source = 'The warranty covers “parts and labour” for two years. 保修期为两年，包括零件和人工。';

  it.each([
    ['It says "the warranty covers" parts.', {}, 1],
    ['It says “The warranty covers” and "for three long years".', {}, 1 / 2],
    ['It says "for two years," no more.', {}, 1],
    ['It says "for\n two years".', {}, null],
    ['It says “for\n two years”.', {}, 1],
    ['It says "parts".', {}, null],
    ['It says "parts".', { minWords: 1 }, 1],
    ['It says "part and labour".', {}, 0],
    ['It says «covers "parts and labour"».', {}, 1],
    ['Er schrieb „for two years“.', {}, 1],
    ['它说「保修期为两年」。', {}, 1],
    ['它说“保修期为三年”。', {}, 0],
    ['No quotes at all.', {}, null],
    ['', {}, null],
  ])('%j %j', async (output, options, value) => {
    const metric = metricOf('quoted-spans', { source: '{{vars.context}}', ...options });
    expect(valueIn(await metric.score(inputOf(output, { vars: { context: source } })))).toBe(value);
  });

  it('takes several sources, names what is in none, and needs one', async () => {
    const several = await score(
      'quoted-spans',
      { source: ['one two three', 'four five six'], threshold: 0.9 },
      '"one two three" "four five six" "seven eight nine"',
    );
    expect(several).toMatchObject({
      passed: false,
      reason: '0.6667: 2 of 3 quotes in the source; not "seven eight nine".',
    });
    expect(await score('quoted-spans', { source: '{{vars.none}}' }, '"a b c"')).toMatchObject({ outcome: 'unscored' });
    expect(await score('quoted-spans', { source: [] }, '"a b c"')).toMatchObject({ outcome: 'unscored' });
    expect(tryMetric('quoted-spans', { source: '{{nothing}}' })).toHaveProperty('error');
  });

  it.each(['"a b c" ', '“', '„a ', '"', '«a b c', '. ', '....x'])('never hangs: %j', async (piece) => {
    const text = piece.repeat(100_000);
    expect((await score('quoted-spans', { source: [text] }, text)).outcome).not.toBe('error');
  });
});
