import fs from 'node:fs';
import { eld } from 'eld/small';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricTools } from '../../../../src/engine/metric/metric.ts';
import { LANGUAGE_DETECTOR, LANGUAGES, languagePieces } from '../../../../src/engine/metric/string/languages.ts';
import { metricTools } from '../../../../src/node/metricTools.ts';
import { inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

let tools: MetricTools;
beforeAll(async () => {
  tools = await metricTools([{ kind: 'language-is' }, { kind: 'token-count' }]);
});

describe('language-is', () => {
  it.each<[string, string]>([
    ['en', 'The invoice was sent yesterday.'],
    ['de', 'Die Rechnung wurde gestern verschickt.'],
    ['fr', 'La facture a été envoyée hier.'],
    ['es', 'La factura se envió ayer.'],
    ['pt', 'A fatura foi enviada ontem.'],
    ['it', 'La fattura è stata inviata ieri.'],
    ['nl', 'De factuur is gisteren verstuurd.'],
    ['pl', 'Faktura została wysłana wczoraj.'],
    ['cs', 'Faktura byla odeslána včera.'],
    ['sv', 'Fakturan skickades igår.'],
    ['fi', 'Lasku lähetettiin eilen.'],
    ['hu', 'A számlát tegnap elküldtük.'],
    ['tr', 'Fatura dün gönderildi.'],
    ['ru', 'Счёт был отправлен вчера.'],
    ['uk', 'Рахунок було надіслано вчора.'],
    ['el', 'Το τιμολόγιο στάλθηκε χθες.'],
    ['zh', '发票昨天已经寄出。'],
    ['zh-TW', '發票昨天已經寄出。'],
    ['ja', '請求書は昨日送られました。'],
    ['ko', '청구서는 어제 발송되었습니다.'],
    ['ar', 'تم إرسال الفاتورة أمس.'],
    ['he', 'החשבונית נשלחה אתמול.'],
    ['th', 'ใบแจ้งหนี้ถูกส่งเมื่อวานนี้'],
    ['vi', 'Hóa đơn đã được gửi hôm qua.'],
    ['id', 'Faktur telah dikirim kemarin.'],
    ['nb', 'Jeg skjønner ikke hva du mener med det.'],
  ])('%s: %s', async (language, output) => {
    expect(await score('language-is', language, output, undefined, { tools })).toMatchObject({ passed: true });
    const other = language === 'fr' ? 'en' : 'fr';
    expect(await score('language-is', other, output, undefined, { tools })).toMatchObject({ passed: false, value: 0 });
  });

  it.each<[string, string]>([
    ['', 'too few letters'],
    ['Yes', 'too few letters'],
    ['好的', 'too few letters'],
    ['😀 12345678901234567890 !!!', 'too few letters'],
    ['https://example.com/a/long/address/with/words', 'too few letters'],
    ['```\nconst answer = "of no language at all";\n```', 'too few letters'],
    ['Tak for din ordre.', 'too near'],
    ['x'.repeat(2_000_001), 'more than 2000000'],
  ])('tells nothing of %.40j', async (output, reason) => {
    const outcome = await score('language-is', 'no', output, undefined, { tools });
    expect(outcome).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining(reason) });
  });

  it('looks at all of a long text, not at its beginning', async () => {
    const text = `The invoice was sent yesterday. ${'Die Rechnung wurde gestern verschickt und bezahlt. '.repeat(20)}`;
    expect(await score('language-is', 'de', text, undefined, { tools })).toMatchObject({ passed: true });
    expect(languagePieces('word '.repeat(100_000))).toHaveLength(60);
    expect(valueIn(await score('language-is', 'de', text.repeat(1500), undefined, { tools }))).toBe(1);
  });

  it('leaves code, links and names of files out', async () => {
    const text = 'Die Rechnung wurde verschickt:\n```js\nthrow new Error("The invoice was not found anywhere");\n```';
    expect(await score('language-is', 'de', text, undefined, { tools })).toMatchObject({ passed: true });
  });

  it('takes the language of the case', async () => {
    const metric = metricOf('language-is', { expected: '{{vars.lang}}' }, { tools });
    const said = (vars: Record<string, string>) => metric.score(inputOf('La facture a été envoyée hier.', { vars }));
    expect(await said({ lang: 'fr' })).toMatchObject({ passed: true });
    expect(await said({ lang: 'de' })).toMatchObject({ passed: false });
    expect(await said({ lang: 'klingon' })).toMatchObject({ outcome: 'unscored' });
  });

  it('refuses what is no language', () => {
    expect(tryMetric('language-is', 'english')).toMatchObject({ error: expect.stringContaining('give one of am, ar') });
    expect(tryMetric('language-is', '__proto__')).toHaveProperty('error');
    expect(metricOf('language-is', 'pt-BR').signature).toBe(`language-is|expected:pt-BR|by:${LANGUAGE_DETECTOR}|v:1`);
  });

  it('knows the languages and the version of the detector', () => {
    expect(Object.values(eld.info().Languages).sort()).toEqual([...LANGUAGES].sort());
    const { devDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(LANGUAGE_DETECTOR).toBe(`eld-${devDependencies['eld']}-small`);
  });
});

describe('token-count', () => {
  it.each<[string, number]>([
    ['', 0],
    ['hello world', 2],
    ['猫', 1],
  ])('%j: %i', async (output, tokens) => {
    expect(valueIn(await score('token-count', {}, output, undefined, { tools }))).toBe(tokens);
  });

  it('counts a megabyte of white space', async () => {
    for (const space of [' ', '\n', '\t'])
      expect(valueIn(await score('token-count', {}, space.repeat(1_000_000), undefined, { tools }))).toBeGreaterThan(
        1000,
      );
  });

  it('has limits', async () => {
    expect(await score('token-count', 1, 'hello world', undefined, { tools })).toMatchObject({
      passed: false,
      reason: '2 tokens, not: at most 1.',
    });
    expect(
      await score('token-count', { path: 'a', exact: 2 }, '{"a":"hello world"}', undefined, { tools }),
    ).toMatchObject({
      passed: true,
    });
  });
});

describe('non-letter-share', () => {
  it.each<[string, number | null]>([
    ['abc', 0],
    ['a1', 0.5],
    ['a b c', 0],
    ['!!!', 1],
    ['好的。', 1 / 3],
    ['e\u0301', 0],
    ['😀a', 0.5],
    ['', null],
    [' \n', null],
    ['\ud800', 1],
  ])('%j: %j', async (output, value) => {
    const found = valueIn(await score('non-letter-share', {}, output));
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
  });

  it('has a limit', async () => {
    expect(await score('non-letter-share', 0.2, 'a1')).toMatchObject({ passed: false });
    expect(await score('non-letter-share', 0.5, 'a1')).toMatchObject({ passed: true });
  });
});

describe('vocabulary-coverage', () => {
  it.each<[string, string[], number | null]>([
    ['the cat', ['the', 'cat'], 1],
    ['The CAT sat', ['the', 'cat'], 2 / 3],
    ['the the dog', ['the'], 2 / 3],
    ['12 cats', ['cat'], 0],
    ['STRASSE', ['Straße'], 1],
    ['我们今天', ['我们'], 0.5],
    ['', ['a'], null],
    ['12 😀', ['a'], null],
    ['__proto__ constructor', ['x'], 0],
  ])('%j, %j: %j', async (output, words, value) => {
    const found = valueIn(await score('vocabulary-coverage', { words }, output));
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
  });

  it('names what is not in the list', async () => {
    expect(await score('vocabulary-coverage', { words: ['the'], threshold: 0.9 }, 'the cat')).toMatchObject({
      passed: false,
      reason: '0.5: 1 of 2 words are in the list; not "cat".',
    });
  });
});
