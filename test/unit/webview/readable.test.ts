import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableTexts, indentGrowingJson, indentJson, readableJson } from '../../../webview/readable.ts';

describe('indentJson', () => {
  it.each([
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    [' [] ', '[]'],
    ['{ }', '{}'],
    ['{"a":{},"b":[[]]}', '{\n  "a": {},\n  "b": [\n    []\n  ]\n}'],
    ['{"a":12345678901234567890,"b":1.0}', '{\n  "a": 12345678901234567890,\n  "b": 1.0\n}'],
    ['{"a":"\\u4f60 {x:[1,2]}, \\"q\\""}', '{\n  "a": "\\u4f60 {x:[1,2]}, \\"q\\""\n}'],
    ['hello', null],
    ['"text"', null],
    ['42', null],
    ['{"a":', null],
    ['', null],
  ])('%s', (text, indented) => expect(indentJson(text)).toBe(indented));

  it('is what JSON.stringify writes, for any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        expect(indentJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });
});

describe('indentGrowingJson', () => {
  it.each([
    ['{', '{'],
    ['{"a":{"b":[1,', '{\n  "a": {\n    "b": [\n      1,'],
    ['{"a":"half of, a {text', '{\n  "a": "half of, a {text'],
    ['{"a":"b\\', '{\n  "a": "b\\'],
    ['Here', null],
    ['', null],
  ])('%s', (text, indented) => expect(indentGrowingJson(text)).toBe(indented));

  it('loses nothing but space, wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value, null, 1);
        const part = text.slice(0, 1 + (cut % text.length));
        expect(indentGrowingJson(part)?.replace(/\s/g, '')).toBe(part.replace(/\s/g, ''));
      }),
    );
  });
});

describe('comparableTexts', () => {
  it('puts JSON on both sides into the same form', () => {
    const texts = comparableTexts({ b: 1, a: { d: [1], c: 2 } }, '{"a": {"c": 2, "d": [1]}, "b": 1}');
    expect(texts.output).toBe(texts.expected);
    expect(texts.expected).toBe('{\n  "a": {\n    "c": 2,\n    "d": [\n      1\n    ]\n  },\n  "b": 1\n}');
  });
  it('reads an expected text that is JSON', () => {
    const texts = comparableTexts('{"b":1,"a":2}', '{"a":2,"b":1}');
    expect(texts.output).toBe(texts.expected);
  });
  it('keeps texts as they are', () => {
    expect(comparableTexts('billing', 'It is billing.')).toEqual({ expected: 'billing', output: 'It is billing.' });
    expect(comparableTexts(7, '7')).toEqual({ expected: '7', output: '7' });
    expect(comparableTexts({ a: 1 }, 'not JSON')).toEqual({ expected: '{\n  "a": 1\n}', output: 'not JSON' });
  });
});

it('shows a text without quotes', () => {
  expect(readableJson('two\nlines')).toBe('two\nlines');
  expect(readableJson(['a'])).toBe('[\n  "a"\n]');
});
