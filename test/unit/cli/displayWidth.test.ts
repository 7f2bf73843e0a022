import { describe, expect, it } from 'vitest';
import { displayWidth, fitWidth, padWidth, wrapWidth } from '../../../src/cli/displayWidth.ts';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['–…·±', 4],
    ['中文', 4],
    ['a中b', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['カナ', 4],
    ['ﾊﾝｶｸ', 4],
    ['e\u0301', 1],
    ['\u200b', 0],
    ['😡', 2],
    ['👩‍👩‍👧', 2],
    ['🇳🇴', 2],
    ['❤\ufe0f', 2],
    ['❤', 1],
    ['𠮷', 2],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('finds the same without looking at graphemes as with it', () => {
    const wrong: string[] = [];
    // The blocks of which some characters are not looked at, in part or whole.
    const points = [...range(0x20, 0x300), ...range(0x2000, 0x2700)];
    for (const point of points) {
      const character = String.fromCodePoint(point);
      // Beside a wide character a text is taken apart.
      const apart = displayWidth(`中${character}`) - 2;
      if (displayWidth(character) !== apart) wrong.push(point.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

describe('fitWidth', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['中文字', 6, '中文字'],
    // 中文 would leave no column for the mark, so one column stays empty.
    ['中文字', 4, '中…'],
    ['中文字', 5, '中文…'],
    ['👩‍👩‍👧x', 2, '…'],
    ['abc', 0, ''],
  ])('%j in %i columns is %j', (text, width, fitted) => {
    expect(fitWidth(text, width)).toBe(fitted);
    expect(displayWidth(fitted)).toBeLessThanOrEqual(width);
  });
});

describe('padWidth', () => {
  it('counts columns, not characters', () => {
    expect(padWidth('中', 4, 'left')).toBe('中  ');
    expect(padWidth('中', 4, 'right')).toBe('  中');
    expect(padWidth('longer', 4, 'right')).toBe('longer');
  });
});

describe('wrapWidth', () => {
  it('breaks at spaces and leaves a long word whole', () => {
    expect(wrapWidth('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapWidth('incomprehensible to me', 6)).toEqual(['incomprehensible', 'to me']);
    expect(wrapWidth('', 6)).toEqual(['']);
  });
});
