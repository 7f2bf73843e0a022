import { createHash, hash } from 'node:crypto';
import type { Hashing } from '../engine/hash.ts';

/** Node's own SHA-256; the engine's, in JavaScript, takes 14 ms for the first thousand cases of a dataset, this 1 ms. */
export const nodeHashing: Hashing = {
  text: (text) => hash('sha256', text),
  start: () => {
    const whole = createHash('sha256');
    return { add: (text) => void whole.update(text), finish: () => whole.digest('hex') };
  },
};
