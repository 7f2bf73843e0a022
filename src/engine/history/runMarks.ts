import { TouchstoneError } from '../error.ts';

/** What people set on a run that was kept; it changes nothing of what the run measured. */
export type RunMarks = {
  /** As people call it; null without one. A command finds the run by it. */
  readonly name: string | null;
  /** Each once, sorted. */
  readonly tags: readonly string[];
  /** Listed before the others, and never deleted. */
  readonly pinned: boolean;
  /** Out of the way: lists leave it out unless they are asked for it. */
  readonly archived: boolean;
};

export const NO_MARKS: RunMarks = { name: null, tags: [], pinned: false, archived: false };

/** What is to change; the rest stays. */
export type MarkChange = {
  /** null takes the name away. */
  readonly name?: string | null;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly pinned?: boolean;
  readonly archived?: boolean;
};

const MAX_NAME = 100;
const MAX_TAG = 50;
const MAX_TAGS = 20;
/** A word, so that several can be typed behind each other and stand in a filter without quotes. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._:/+-]*$/u;

/** @throws TouchstoneError invalid-argument for a name or tag that cannot be */
export function changeMarks(marks: RunMarks, change: MarkChange): RunMarks {
  const { name, pinned, archived } = { ...marks, ...defined(change) };
  const added = (change.addTags ?? []).map((tag) => tag.trim());
  const removed = new Set((change.removeTags ?? []).map((tag) => tag.trim()));
  const problem = nameProblem(name) ?? added.map(tagProblem).find((found) => found !== null);
  if (problem) throw new TouchstoneError('invalid-argument', problem);
  const tags = [...new Set([...marks.tags, ...added])].filter((tag) => !removed.has(tag)).sort();
  if (tags.length > MAX_TAGS)
    throw new TouchstoneError('invalid-argument', `A run has at most ${MAX_TAGS} tags; these are ${tags.length}.`);
  return { name: name === null ? null : name.trim(), tags, pinned, archived };
}

/** What a name cannot be, in words; null when it can. */
export function nameProblem(name: string | null): string | null {
  if (name === null) return null;
  const text = name.trim();
  if (text === '') return 'A name has at least one character.';
  if ([...text].length > MAX_NAME) return `A name has at most ${MAX_NAME} characters.`;
  if (/\p{Cc}/u.test(text)) return 'A name is one line, without control characters.';
  if (text === 'latest') return '"latest" is the newest run, and cannot be a name.';
  return null;
}

/** What a tag cannot be, in words; null when it can. */
export function tagProblem(tag: string): string | null {
  if ([...tag].length > MAX_TAG) return `A tag has at most ${MAX_TAG} characters.`;
  if (TAG.test(tag)) return null;
  return `"${tag}" cannot be a tag: it is one word of letters, digits and . _ : / + -`;
}

function defined<T extends object>(change: T): T {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as T;
}
