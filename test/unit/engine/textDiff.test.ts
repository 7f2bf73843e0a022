import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPart, diffTexts } from '../../../src/engine/textDiff.ts';

describe('diffTexts', () => {
  it('finds changed words', () => {
    expect(diffTexts('the red fox', 'the brown fox')).toEqual([
      { kind: 'same', text: 'the ' },
      { kind: 'removed', text: 'red' },
      { kind: 'added', text: 'brown' },
      { kind: 'same', text: ' fox' },
    ]);
  });

  it('finds words where there are no spaces', () => {
    const parts = diffTexts('我的订单已发货', '我的订单未发货') ?? [];
    expect(parts.filter((part) => part.kind === 'same').map((part) => part.text)).toEqual(['我的订单', '发货']);
  });

  it('gives both texts back, to the character', () => {
    const word = fc.constantFrom('a', 'b ', ' c', '\n', '订单', '<img src=x>', '  ', '😀');
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (expected, output) => {
        const parts = diffTexts(expected, output) ?? [];
        expect(join(parts, 'removed')).toBe(expected);
        expect(join(parts, 'added')).toBe(output);
      }),
    );
  });

  it('gives up on what would take too long', () => {
    expect(diffTexts('x '.repeat(40_000), 'y')).toBeNull();
  });
});

function join(parts: readonly DiffPart[], side: 'removed' | 'added'): string {
  return parts
    .filter((part) => part.kind === 'same' || part.kind === side)
    .map((part) => part.text)
    .join('');
}
