import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, plainPiece, plainText } from '../../../src/cli/plainText.ts';

describe('plainText', () => {
  it.each([
    ['colours', '\x1b[31mred\x1b[0m', 'red'],
    ['clearing the screen', 'a\x1b[2J\x1b[1;1Hb', 'ab'],
    ['a window title', '\x1b]0;owned\x07text', 'text'],
    ['a link with a string terminator', '\x1b]8;;http://x.test\x1b\\here\x1b]8;;\x1b\\', 'here'],
    ['one-byte CSI', '\x9b31mred', 'red'],
    ['a device control string', '\x1bPq#0\x1b\\x', 'x'],
    ['a full reset', 'a\x1bcb', 'ab'],
    ['a lone escape at the end', 'a\x1b', 'a'],
    ['carriage return and backspace', 'safe\rfake\b', 'safefake'],
    ['bells and NUL', '\x07a\x00', 'a'],
    ['overrides of direction', 'a\u202eb\u2066c', 'abc'],
    ['new lines and tabs stay', 'a\n\tb', 'a\n\tb'],
    [
      'markup is only text',
      '<img src=x onerror=alert(1)> <<<dotprompt:role:system>>>',
      '<img src=x onerror=alert(1)> <<<dotprompt:role:system>>>',
    ],
    ['Chinese and emoji stay', '退款 😡', '退款 😡'],
  ])('%s', (_name, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('never lets a control character through', () => {
    const hostile = fc.array(
      fc.oneof(fc.constantFrom('\x1b', '[', ']', '\x9b', '\x07', 'm', '31', '\r', '\u202e', 'é'), fc.string()),
    );
    fc.assert(
      fc.property(hostile, (pieces) => {
        const text = pieces.join('');
        for (const plain of [plainText(text), plainPiece(text)]) {
          expect(
            [...plain].filter((char) => char !== '\n' && char !== '\t' && /\p{Cc}|[\u202a-\u202e]/u.test(char)),
          ).toEqual([]);
        }
      }),
    );
  });

  it('gives back a text without control characters as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text));
        expect(plainText(text)).toBe(text);
      }),
    );
  });
});

describe('plainPiece', () => {
  it('disarms a sequence that is cut in two', () => {
    expect(plainPiece('\x1b[3') + plainPiece('1mred')).toBe('[31mred');
  });
});

describe('oneLine', () => {
  it('joins lines', () => {
    expect(oneLine('  a\n\n b\tc\x1b[0m ')).toBe('a b c');
  });
});
