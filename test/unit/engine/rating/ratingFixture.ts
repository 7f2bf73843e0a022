import { OWN_HASHING } from '../../../../src/engine/hash.ts';
import type { Rating } from '../../../../src/engine/rating/rating.ts';
import { namedRating } from '../../../../src/engine/rating/ratingLines.ts';

const SUBJECT = 'a'.repeat(32);

let tick = 0;

/** A rating a millisecond after the last one that was made here. */
export function ratingOf(given: Partial<Omit<Rating, 'uid'>> = {}): Rating {
  tick += 1;
  return namedRating(
    {
      subject: SUBJECT,
      metric: 'human',
      criterion: '',
      scale: [1, 5],
      value: 4,
      comment: '',
      author: 'ada',
      ratedAt: new Date(Date.UTC(2026, 0, 1) + tick).toISOString(),
      seen: { run: 'run-1', case: 't-1', blind: true, seed: 7 },
      ...given,
    },
    OWN_HASHING,
  );
}
