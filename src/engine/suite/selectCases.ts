import type { Case } from '../dataset/case.ts';

/** Which cases of a dataset are wanted. */
export type CaseSelection = {
  /** An id; a glob over ids (`refund-*`, `?`); or a part of ids when no id is exactly this. */
  readonly filter?: string;
  /** Just these ids; nothing is guessed from a part of one. */
  readonly ids?: readonly string[];
  /** A case with any of them is wanted. */
  readonly tags?: readonly string[];
  /** The first so many of those that the others leave. */
  readonly limit?: number;
};

/** Whether a case is wanted, the limit left aside. `exact`: some case of the dataset has the filter as its id. */
export function isSelected({ id, tags }: Case, selection: CaseSelection, exact: boolean): boolean {
  const { filter, ids, tags: wanted } = selection;
  if (ids !== undefined && !setOf(ids).has(id)) return false;
  if (wanted !== undefined && wanted.length > 0 && !wanted.some((tag) => tags.includes(tag))) return false;
  if (filter === undefined || filter === '') return true;
  if (exact) return id === filter;
  return /[*?]/.test(filter) ? globMatches(filter, id) : id.includes(filter);
}

/** A dataset is gone through once for each list, case by case. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();
function setOf(ids: readonly string[]): ReadonlySet<string> {
  const set = sets.get(ids) ?? new Set(ids);
  sets.set(ids, set);
  return set;
}

/**
 * Whether a glob of `*` and `?` matches a whole text. Goes back to the last `*` only, so its time is at most the product of
 * the lengths: a regular expression made from the glob could take exponential time.
 */
export function globMatches(glob: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    if (at < glob.length && glob[at] === '*') {
      star = at;
      at += 1;
      resume = place;
    } else if (at < glob.length && (glob[at] === '?' || glob[at] === text[place])) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      place = resume;
    } else return false;
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}
