import { describe, expect, it } from 'vitest';
import { OWN_HASHING } from '../../../../src/engine/hash.ts';
import { humanOutcome } from '../../../../src/engine/rating/humanOutcome.ts';
import type { Rating, RatingForm } from '../../../../src/engine/rating/rating.ts';
import { parseScaleName, type Scale, scaleName, scaleScore, scaleValues } from '../../../../src/engine/rating/scale.ts';
import { subjectOf } from '../../../../src/engine/rating/subject.ts';
import { metricOf, PLAIN, score, tryMetric } from '../metric/scoring.ts';
import { ratingOf } from './ratingFixture.ts';

const form = (scale: Scale, given: Partial<RatingForm> = {}): RatingForm => ({
  criteria: [{ name: '', scale }],
  instructions: null,
  threshold: null,
  ...given,
});
const TWO = {
  criteria: [
    { name: 'tone', scale: [1, 5] as const },
    { name: 'correct', scale: 'yes-no' as const },
  ],
};

describe('scales', () => {
  it.each<[Scale, number[], number[]]>([
    ['yes-no', [0, 1], [0, 1]],
    ['prefer', [0, 0.5, 1], [0, 0.5, 1]],
    [
      [1, 5],
      [1, 2, 3, 4, 5],
      [0, 0.25, 0.5, 0.75, 1],
    ],
    [
      [0, 2],
      [0, 1, 2],
      [0, 0.5, 1],
    ],
  ])('%j has the values %j, which are %j', (scale, values, scores) => {
    expect(scaleValues(scale)).toEqual(values);
    expect(values.map((value) => scaleScore(scale, value))).toEqual(scores);
    expect(parseScaleName(scaleName(scale))).toEqual(scale);
  });

  it.each(['', '5-1', '1-1', '0-10', '1-5-9', 'maybe', '-1-5'])('%j is none', (name) => {
    expect(parseScaleName(name)).toBeNull();
  });
});

describe('humanOutcome', () => {
  const cases: [string, Rating[], RatingForm, object][] = [
    ['no rating', [], form([1, 5]), { outcome: 'unscored', reason: 'Nobody has rated it yet.' }],
    ['one', [ratingOf({ value: 4 })], form([1, 5]), { value: 4, score: 0.75, passed: null, reason: '4 of 5, by ada.' }],
    [
      'a rater who changed their mind',
      [ratingOf({ value: 1 }), ratingOf({ value: 5 })],
      form([1, 5]),
      { value: 5, score: 1 },
    ],
    [
      'a rating that came late to the file but was made before',
      [ratingOf({ value: 5, ratedAt: '2026-02-01T00:00:00.000Z' }), ratingOf({ value: 1 })],
      form([1, 5]),
      { value: 5 },
    ],
    [
      'two raters',
      [ratingOf({ value: 1 }), ratingOf({ value: 2 }), ratingOf({ value: 5, author: 'bo' })],
      form([1, 5], { threshold: 0.7 }),
      { value: 3.5, score: 0.625, passed: false, reason: '3.5 of 5, by ada, bo.' },
    ],
    [
      'a rating that was taken back',
      [ratingOf({ value: 5 }), ratingOf({ value: null })],
      form([1, 5]),
      { outcome: 'unscored', reason: 'Nobody has rated it yet.' },
    ],
    ['yes', [ratingOf({ scale: 'yes-no', value: 1 })], form('yes-no'), { value: 1, score: 1, reason: 'yes, by ada.' }],
    [
      'a comment',
      [ratingOf({ scale: 'yes-no', value: 0, comment: 'Too curt' })],
      form('yes-no', { threshold: 0.5 }),
      { score: 0, passed: false, reason: 'no, by ada. “Too curt”' },
    ],
    [
      'one of two criteria',
      [ratingOf({ criterion: 'tone', value: 5 })],
      { ...form('yes-no'), ...TWO },
      { outcome: 'unscored', reason: 'Not rated yet: correct.' },
    ],
    [
      'both of two criteria',
      [ratingOf({ criterion: 'tone', value: 4 }), ratingOf({ criterion: 'correct', scale: 'yes-no', value: 1 })],
      { ...form('yes-no'), ...TWO },
      { value: 0.875, score: 0.875, reason: 'tone 4 of 5, correct yes, by ada.' },
    ],
    [
      'a criterion that is asked no more',
      [ratingOf({ value: 4 }), ratingOf({ criterion: 'gone', value: 1 })],
      form([1, 5]),
      { value: 4 },
    ],
    [
      'a comparison from before the metric had a scale',
      [
        ratingOf({
          scale: 'prefer',
          value: 0,
          seen: { run: 'r', case: 'c', blind: true, seed: 1, partner: 'b'.repeat(32), side: 'left' },
        }),
        ratingOf({ value: 5 }),
      ],
      form([1, 5]),
      { value: 5, score: 1 },
    ],
    ['an older scale', [ratingOf({ scale: [1, 3], value: 3 })], form([1, 5]), { value: 5, score: 1 }],
    [
      'preferences against several others',
      ['1', '2', '3'].map((one, index) =>
        ratingOf({
          scale: 'prefer',
          value: [1, 0.5, 0][index] ?? 0,
          seen: { run: 'r', case: 'c', blind: true, seed: 1, partner: one.repeat(32), side: 'left' },
        }),
      ),
      form('prefer'),
      { value: 0.5, score: 0.5 },
    ],
    [
      'a value that the suite makes to a score in its own way',
      [ratingOf({ value: 3 })],
      form([1, 5], { normalise: { worst: 2, best: 4 } }),
      { value: 3, score: 0.5 },
    ],
  ];
  it.each(cases)('%s', (_name, ratings, given, wanted) => {
    expect(humanOutcome(ratings, given)).toMatchObject(wanted);
    expect(humanOutcome(ratings.toReversed(), given)).toMatchObject(wanted);
  });

  it('keeps who said what', () => {
    const outcome = humanOutcome([ratingOf({ value: 2, comment: 'no', author: 'bo' })], form([1, 5]));
    expect(outcome.details).toMatchObject({ ratings: [{ author: 'bo', scale: '1-5', value: 2, comment: 'no' }] });
  });
});

describe('subjectOf', () => {
  const testCase = { vars: { q: 'a' }, expected: 'x' };
  const call = (id: string, name: string) => ({ id, name, arguments: '{"n":1}' });
  const subject = (output: string, toolCalls: ReturnType<typeof call>[] = []) =>
    subjectOf(testCase, { output, toolCalls }, OWN_HASHING);

  it('tells answers apart by their text and by what they call, not by the ids of the calls', () => {
    expect(subject('x')).toMatch(/^[0-9a-f]{32}$/);
    expect(subject('', [call('1', 'refund')])).not.toBe(subject('', [call('1', 'delete')]));
    expect(subject('', [call('1', 'refund')])).toBe(subject('', [call('2', 'refund')]));
    expect(subject('')).not.toBe(subject('', [call('1', 'refund')]));
  });
});

describe('the metric human', () => {
  it('is unscored until somebody has rated it', async () => {
    expect(await score('human', {}, 'x')).toEqual({ outcome: 'unscored', reason: 'Nobody has rated it yet.' });
    expect(metricOf('human')).toMatchObject({ signature: 'human|scale:1-5|v:1', role: 'grades' });
    expect(metricOf('human', { scale: 'yes-no', threshold: 1 })).toMatchObject({ role: 'decides' });
    expect(metricOf('human', 'yes-no')).toMatchObject({ signature: 'human|scale:yes-no|v:1' });
    expect(metricOf('human', [1, 3])).toMatchObject({ signature: 'human|scale:1-3|v:1' });
    expect(tryMetric('human', {}, {}, true)).toMatchObject({ error: expect.stringContaining('give it a `threshold`') });
  });

  it('asks for the ratings of this answer under its own name', async () => {
    const asked: unknown[] = [];
    const tools = {
      ...PLAIN.tools,
      ratingsOf: (_case: unknown, { output }: { output: string }, metric: string) => {
        asked.push(output, metric);
        return [ratingOf({ value: 5 })];
      },
    };
    expect(await score('human', {}, 'an answer', undefined, { tools })).toMatchObject({ value: 5 });
    expect(asked).toEqual(['an answer', 'human']);
  });

  it.each([
    [{ scale: [5, 1] }, 'whole numbers'],
    [{ scale: [0, 50] }, 'at most 10'],
    [{ scale: 'stars' }, ''],
    [{ scale: [1, 5], criteria: { tone: [1, 5] } }, 'not both'],
    [{ criteria: {} }, 'names none'],
    [{ criteria: { tone: 'prefer' } }, 'a metric of its own'],
  ])('refuses %j', (options, words) => {
    expect(() => tryMetric('human', options)).toThrow(words);
  });
});
