import { describe, expect, it } from 'vitest';
import { OWN_HASHING } from '../../../src/engine/hash.ts';
import { nodeHashing } from '../../../src/node/nodeHashing.ts';

describe('nodeHashing', () => {
  // The last one is half of a pair, which UTF-8 does not have: both must put the same sign in its place.
  it.each(['', 'abc', 'Grüße, 世界 😀', 'x'.repeat(100_000), 'a\ud83d'])('hashes as the engine does: %j', (text) => {
    expect(nodeHashing.text(text)).toBe(OWN_HASHING.text(text));
    const [own, nodes] = [OWN_HASHING.start(), nodeHashing.start()];
    for (const part of [text, 'and more']) {
      own.add(part);
      nodes.add(part);
    }
    expect(nodes.finish()).toBe(own.finish());
  });

  it('is SHA-256', () => {
    // FIPS 180-2, appendix B.1.
    expect(nodeHashing.text('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
