import { describe, expect, it } from 'vitest';
import { excerpt, inputExcerpt } from '../../../../src/node/store/excerpt.ts';

describe('excerpt', () => {
  it.each([
    ['', ''],
    ['a'.repeat(200), 'a'.repeat(200)],
    ['a'.repeat(201), 'a'.repeat(200)],
    // The 200th unit would be the first half of the emoji.
    [`${'a'.repeat(199)}\u{1f600}b`, 'a'.repeat(199)],
    [`${'a'.repeat(198)}\u{1f600}b`, `${'a'.repeat(198)}\u{1f600}`],
  ])('case %#', (text, expected) => {
    expect(excerpt(text)).toBe(expected);
  });
});

describe('inputExcerpt', () => {
  it.each([
    [{}, ''],
    [{ ticket: 'Broken' }, 'Broken'],
    [{ list: [1, 'a'] }, '[1,"a"]'],
    [{ ticket: 'Broken', plan: null, seats: 3 }, 'Broken · plan: null · seats: 3'],
    [{ plan: 'pro', ticket: 'Broken since Monday' }, 'Broken since Monday · plan: pro'],
    [{ a: 'x'.repeat(300), b: 'y' }, 'x'.repeat(200)],
  ])('%j', (vars, expected) => {
    expect(inputExcerpt(vars)).toBe(expected);
  });
});
