import { type Hashing, hashValue, OWN_HASHING } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import type { Case } from './case.ts';
import type { CaseContent } from './toCase.ts';

/** Hash of what a case asks and expects: everything but its id, its place in the file and unused columns. */
export function contentHash({ vars, expected, tags, metadata, history }: CaseContent): string {
  return hashValue({ vars, expected, tags, metadata, history });
}

/** Digest of a dataset: SHA-256 over the hashes of its cases (of the id and the content of each), as hex text, in order. */
export class DatasetDigest {
  readonly #hashing: Hashing;
  readonly #hash: ReturnType<Hashing['start']>;

  constructor(hashing: Hashing = OWN_HASHING) {
    this.#hashing = hashing;
    this.#hash = hashing.start();
  }

  add({ id, vars, expected, tags, metadata, history }: Case): void {
    this.#hash.add(this.#hashing.text(canonicalJson({ id, vars, expected, tags, metadata, history })));
  }

  /** 64 hex digits; nothing may be added afterwards. */
  finish(): string {
    return this.#hash.finish();
  }
}
