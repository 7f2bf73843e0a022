import { describe, expect, it } from 'vitest';
import { secretScrubber } from '../../../../src/engine/model/scrubSecrets.ts';

describe('secretScrubber', () => {
  const { text, json } = secretScrubber(['sk-abcdefgh', 'sk-abcdefgh-longer', 'short']);

  it.each([
    ['one sk-abcdefgh two', 'one [key removed] two'],
    ['sk-abcdefgh-longer', '[key removed]'],
    ['sk-abcdefghsk-abcdefgh', '[key removed][key removed]'],
    ['short words stay', 'short words stay'],
  ])('makes %j into %j', (given, clean) => expect(text(given)).toBe(clean));

  it('reaches keys, members and elements, and leaves everything else as it is', () => {
    expect(json({ a: ['sk-abcdefgh', 1, null], 'sk-abcdefgh': { b: true }, __proto__x: 0 })).toEqual({
      a: ['[key removed]', 1, null],
      '[key removed]': { b: true },
      __proto__x: 0,
    });
  });
});
