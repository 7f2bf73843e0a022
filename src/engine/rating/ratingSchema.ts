import * as z from 'zod';
import type { Rating, RatingForm, SeenByRater } from './rating.ts';
import { isRange, type Scale } from './scale.ts';

/** Checks what another hand may have written: a line of an export, a row, a message. */
const scaleSchema: z.ZodType<Scale> = z.union([
  z.enum(['yes-no', 'prefer']),
  z
    .tuple([z.int().min(0).max(100), z.int().min(0).max(100)])
    .refine(([min, max]) => isRange(min, max), 'it is no range of at most ten whole numbers'),
]);

export const ratingForm = z.object({
  criteria: z.array(z.object({ name: z.string(), scale: scaleSchema })),
  instructions: z.string().nullable(),
  threshold: z.number().nullable(),
  normalise: z.object({ worst: z.number(), best: z.number() }).optional(),
}) satisfies z.ZodType<RatingForm>;

export const seenSchema = z.object({
  run: z.string().max(100),
  case: z.string().max(10_000),
  blind: z.boolean(),
  seed: z.int().nullable(),
  partner: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  side: z.enum(['left', 'right']).optional(),
}) satisfies z.ZodType<SeenByRater>;

/** All of a rating but its uid, in the order in which it is written and hashed. */
export const ratingContent = z.strictObject({
  subject: z.string().regex(/^[0-9a-f]{32}$/, 'it is 32 hex digits'),
  metric: z.string().min(1).max(200),
  criterion: z.string().max(200),
  scale: scaleSchema,
  value: z.number().nullable(),
  comment: z.string().max(20_000),
  author: z.string().trim().min(1).max(200),
  ratedAt: z.iso.datetime({ precision: 3 }),
  seen: seenSchema,
}) satisfies z.ZodType<Omit<Rating, 'uid'>>;
