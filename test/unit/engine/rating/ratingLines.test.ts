import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OWN_HASHING } from '../../../../src/engine/hash.ts';
import { countingRatings, type Rating } from '../../../../src/engine/rating/rating.ts';
import { readRatings, writeRatings } from '../../../../src/engine/rating/ratingLines.ts';
import { ratingOf } from './ratingFixture.ts';

const read = (text: string) => readRatings(text, OWN_HASHING);
const merged = (...texts: string[]) => writeRatings(texts.flatMap((text) => read(text).ratings));

const rating: fc.Arbitrary<Rating> = fc
  .record({
    value: fc.constantFrom(1, 2, 3, 4, 5, null),
    comment: fc.string({ unit: 'grapheme' }),
    author: fc.constantFrom('ada', 'bo', '李'),
    criterion: fc.constantFrom('', 'tone'),
    subject: fc.constantFrom('a', 'b', 'c').map((digit) => digit.repeat(32)),
    ratedAt: fc.integer({ min: 0, max: 5 }).map((n) => `2026-01-01T00:00:00.00${n}Z`),
  })
  .map(ratingOf);
const ratings = fc.array(rating, { maxLength: 12 });

describe('ratings as lines', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(ratings, (all) => {
        const { ratings: back, bad } = read(writeRatings(all));
        expect(bad).toEqual([]);
        expect(new Map(back.map((one) => [one.uid, one]))).toEqual(new Map(all.map((one) => [one.uid, one])));
      }),
    );
  });

  it('merge without loss or doubling, in whatever order and how often', () => {
    fc.assert(
      fc.property(ratings, ratings, ratings, (a, b, c) => {
        const [x, y, z] = [writeRatings(a), writeRatings(b), writeRatings(c)];
        const all = writeRatings([...a, ...b, ...c]);
        expect(merged(x, y, z)).toBe(all);
        expect(merged(z, merged(y, x), x)).toBe(all);
        expect(merged(`${x}${y}`, z)).toBe(all);
      }),
    );
  });

  it('count the same however they were gathered', () => {
    fc.assert(
      fc.property(ratings, (all) => {
        const values = (some: Rating[]) =>
          countingRatings(some)
            .map(({ uid }) => uid)
            .sort();
        expect(values(all.toReversed())).toEqual(values(all));
      }),
    );
  });

  it.each([
    ['not JSON', '{', 'The line is not JSON.'],
    ['something else', '{"a":1}', 'The line is no rating: '],
    ['a value off its scale', lineWith({ value: 9 }), '9 is not on its scale'],
    ['a value that was changed by hand', lineWith({ value: 1 }), 'was changed after it was written'],
    ['a scale that there is not', lineWith({ scale: [1000, 1005] }), 'The line is no rating: its `scale'],
    ['a mark of a conflict', '<<<<<<< HEAD', 'keep the lines of both sides'],
  ])('tell of %s and keep the others', (_name, line, words) => {
    const good = writeRatings([ratingOf()]);
    const { ratings: kept, bad } = read(`\uFEFF${good}\n${line}\n`);
    expect(kept).toHaveLength(1);
    expect(bad).toEqual([{ line: 3, message: expect.stringContaining(words) }]);
  });
});

function lineWith(change: object): string {
  return JSON.stringify({ ...JSON.parse(writeRatings([ratingOf({ value: 4 })])), ...change });
}
