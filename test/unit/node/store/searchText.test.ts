import { describe, expect, it } from 'vitest';
import { searchableText, searchExpression } from '../../../../src/node/store/searchText.ts';

describe('searchableText', () => {
  it.each([
    ['plain words', 'plain words'],
    ['naïve café', 'naïve café'],
    ['退款ok', ' 退  款 ok'],
    ['カナ', ' カ  ナ '],
    ['😀 한국어', '😀 한국어'],
  ])('%j', (text, expected) => {
    expect(searchableText(text)).toBe(expected);
  });
});

describe('searchExpression', () => {
  it.each([
    ['refund', '"refund" *'],
    ['two words', '"two" * AND "words" *'],
    ['say "hi"', '"say" * AND """hi""" *'],
    ['NEAR(a) OR b*', '"NEAR(a)" * AND "OR" * AND "b*" *'],
    ['退款', '" 退  款 " *'],
    ['', null],
    ['  ', null],
    ['<>', null],
    ['word <>', null],
  ])('%j', (typed, expected) => {
    expect(searchExpression(typed)).toBe(expected);
  });
});
