import { describe, expect, it } from 'vitest';
import { collectParam, parseCount, parseUsd } from '../../../src/cli/options.ts';

describe('--params', () => {
  it.each([
    [['temperature=0'], { temperature: [0] }],
    [['temperature=0', 'temperature=0.7'], { temperature: [0, 0.7] }],
    [['temperature=[0,0.7]'], { temperature: [0, 0.7] }],
    [['stop=END', 'seed=1'], { stop: ['END'], seed: [1] }],
    [['stop="7"'], { stop: ['7'] }],
    [['think=true'], { think: [true] }],
    [['text=a=b'], { text: ['a=b'] }],
    [['stops=[["a","b"]]'], { stops: [['a', 'b']] }],
    [['toString=1'], { toString: [1] }],
    [['empty='], { empty: [''] }],
  ])('%j', (given, params) => {
    const collected = given.reduce<ReturnType<typeof collectParam>>((before, text) => collectParam(text, before), {});
    expect(Object.entries(collected)).toEqual(Object.entries(params));
  });

  it.each(['temperature', '=1', ' =1', 'temperature=[]'])('%j is refused', (text) => {
    expect(() => collectParam(text)).toThrow();
  });
});

describe('numbers', () => {
  it.each([
    ['1', 1],
    ['20', 20],
  ])('%s is a count', (text, count) => {
    expect(parseCount(text)).toBe(count);
  });
  it.each(['0', '-1', '1.5', '1e3', 'x', '', '99999999999999999999'])('%j is no count', (text) => {
    expect(() => parseCount(text)).toThrow();
  });
  it.each([
    ['0.5', 0.5],
    ['$2', 2],
  ])('%s is an amount', (text, usd) => {
    expect(parseUsd(text)).toBe(usd);
  });
  it.each(['0', '-1', '', 'x', 'Infinity', 'NaN'])('%j is no amount', (text) => {
    expect(() => parseUsd(text)).toThrow();
  });
});
