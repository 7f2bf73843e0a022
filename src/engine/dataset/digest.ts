import { hashValue, startHash } from '../hash.ts';
import type { Case } from './case.ts';
import type { CaseContent } from './toCase.ts';

/** Hash of what a case asks and expects: everything but its id, its place in the file and unused columns. */
export function contentHash({ vars, expected, tags, metadata, history }: CaseContent): string {
  return hashValue({ vars, expected, tags, metadata, history });
}

/** Hash of a case: its id and its content. */
function caseHash({ id, vars, expected, tags, metadata, history }: Case): string {
  return hashValue({ id, vars, expected, tags, metadata, history });
}

/** Digest of a dataset: SHA-256 over the hashes of its cases, as hex text, in order. */
export class DatasetDigest {
  readonly #hash = startHash();

  add(testCase: Case): void {
    this.#hash.add(caseHash(testCase));
  }

  /** 64 hex digits; nothing may be added afterwards. */
  finish(): string {
    return this.#hash.finish();
  }
}
