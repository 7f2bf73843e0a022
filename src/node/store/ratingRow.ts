import * as z from 'zod';
import type { Rating } from '../../engine/rating/rating.ts';
import { seenSchema } from '../../engine/rating/ratingSchema.ts';
import { parseScaleName, scaleName } from '../../engine/rating/scale.ts';
import { parseColumn, parseRow, unreadable } from './rows.ts';

/** A subject is 32 hex digits; the tables hold its bytes. */
export function subjectBytes(subject: string): Buffer {
  return Buffer.from(subject, 'hex');
}

export const RATING_COLUMNS = `uid, lower(hex(subject)) AS subject, metric, criterion, scale, value, comment, author,
  rated_at AS ratedAt, seen`;

const ratingRow = z.object({
  uid: z.string(),
  subject: z.string(),
  metric: z.string(),
  criterion: z.string(),
  scale: z.string(),
  value: z.number().nullable(),
  comment: z.string(),
  author: z.string(),
  ratedAt: z.string(),
  seen: z.string(),
});

export function toRating(source: unknown): Rating {
  const row = parseRow(ratingRow, source);
  const scale = parseScaleName(row.scale);
  if (scale === null) throw unreadable(`a rating has the scale ${row.scale}`);
  return { ...row, scale, seen: parseColumn(seenSchema, row.seen) };
}

/** In the order of the table's columns from `uid` on. */
export function ratingValues(rating: Rating): (string | number | null | Buffer)[] {
  const { uid, subject, metric, criterion, scale, value, comment, author, ratedAt, seen } = rating;
  const bytes = subjectBytes(subject);
  return [uid, bytes, metric, criterion, scaleName(scale), value, comment, author, ratedAt, JSON.stringify(seen)];
}
