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

/** SHA-256 of a text that comes in pieces; `finish` gives its 64 lower-case hex digits and ends it. */
export function startHash(): { readonly add: (text: string) => void; readonly finish: () => string } {
  const hash = sha256.create();
  return { add: (text) => void hash.update(utf8ToBytes(text)), finish: () => bytesToHex(hash.digest()) };
}
