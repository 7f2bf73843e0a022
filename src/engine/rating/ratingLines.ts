import * as z from 'zod';
import type { Hashing } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import type { Rating } from './rating.ts';
import { ratingContent } from './ratingSchema.ts';
import { scaleValues } from './scale.ts';

const DIGITS = 32;
const line = ratingContent.extend({ uid: z.string() });

/** Gives a rating its uid: a hash of everything that it says, so that the same rating is the same wherever it went. */
export function namedRating(content: Omit<Rating, 'uid'>, hashing: Pick<Hashing, 'text'>): Rating {
  return { uid: hashing.text(canonicalJson(content)).slice(0, DIGITS), ...content };
}

/**
 * Ratings as a file that git merges by itself: one on each line, keys in a fixed order, sorted by uid, each once.
 *
 * Sorting by a hash spreads what two people add over the file, so that their lines seldom meet.
 */
export function writeRatings(ratings: Iterable<Rating>): string {
  const byUid = new Map([...ratings].map((rating) => [rating.uid, rating]));
  const sorted = [...byUid.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1));
  return sorted.map(({ uid, ...content }) => `${JSON.stringify({ uid, ...ordered(content) })}\n`).join('');
}

function ordered(content: Omit<Rating, 'uid'>): Omit<Rating, 'uid'> {
  const { subject, metric, criterion, scale, value, comment, author, ratedAt, seen } = content;
  return { subject, metric, criterion, scale, value, comment, author, ratedAt, seen };
}

/** `line` counts from 1. */
export type BadRatingLine = { readonly line: number; readonly message: string };

/**
 * Reads what `writeRatings` wrote, also after a merge. A line that is no rating is told and left out; all others are kept.
 */
export function readRatings(
  text: string,
  hashing: Pick<Hashing, 'text'>,
): { readonly ratings: Rating[]; readonly bad: BadRatingLine[] } {
  const ratings = new Map<string, Rating>();
  const bad: BadRatingLine[] = [];
  text.split('\n').forEach((one, index) => {
    const source = one.trim();
    if (source === '') return;
    const found = readLine(source, hashing);
    if (typeof found === 'string') bad.push({ line: index + 1, message: found });
    else ratings.set(found.uid, found);
  });
  return { ratings: [...ratings.values()], bad };
}

function readLine(source: string, hashing: Pick<Hashing, 'text'>): Rating | string {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(source)) return 'A mark of a merge conflict: keep the lines of both sides.';
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return 'The line is not JSON.';
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') ?? '';
    const what = place === '' ? 'it is no object' : `its \`${place}\` is missing or is not what it should be`;
    return `The line is no rating: ${what}. Take it from the file as it was exported.`;
  }
  const { uid, ...content } = parsed.data;
  if (content.value !== null && !scaleValues(content.scale).includes(content.value)) {
    return `The line is no rating: ${content.value} is not on its scale.`;
  }
  const rating = namedRating(content, hashing);
  return rating.uid === uid
    ? rating
    : 'The line was changed after it was written: its `uid` is that of other content. Put it back as it was, or rate again.';
}
