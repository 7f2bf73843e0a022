import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './json.ts';

/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hex digits. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of a value's canonical JSON: equal values have equal hashes, whatever the order of their keys. */
export function hashValue(value: unknown): string {
  return hashText(canonicalJson(value));
}

/** How a version or digest is shown to people: its first 8 hex digits. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8);
}

/** SHA-256 as 64 lower-case hex digits: of a text, and of one that comes in pieces, which `finish` ends. */
export type Hashing = {
  readonly text: (text: string) => string;
  readonly start: () => { readonly add: (text: string) => void; readonly finish: () => string };
};

/** What the engine can do by itself. A host's own is ten times as fast, which counts where every row of a dataset is hashed. */
export const OWN_HASHING: Hashing = {
  text: hashText,
  start: () => {
    const hash = sha256.create();
    return { add: (text) => void hash.update(utf8ToBytes(text)), finish: () => bytesToHex(hash.digest()) };
  },
};
