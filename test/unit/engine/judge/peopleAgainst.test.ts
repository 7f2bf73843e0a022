import { describe, expect, it } from 'vitest';
import { againstWhom, peopleSaid } from '../../../../src/engine/judge/peopleAgainst.ts';
import { trustWords } from '../../../../src/engine/judge/trustWords.ts';
import { bothOrders, ROUNDS } from '../../../../src/engine/metric/judged/bothOrders.ts';
import type { Criterion, RatingForm } from '../../../../src/engine/rating/rating.ts';
import { ratingOf } from '../rating/ratingFixture.ts';

const form = (...criteria: Criterion[]): RatingForm => ({ criteria, instructions: null, threshold: null });
const PEOPLE = { name: 'people', form: form({ name: 'tone', scale: [1, 5] }, { name: 'correct', scale: 'yes-no' }) };
const BETTER = { name: 'better', form: form({ name: '', scale: 'prefer' }) };

describe('whom a judge is held against', () => {
  it.each([
    ['correct', [BETTER, PEOPLE], { metric: 'people', criterion: 'correct' }],
    ['rubric', [BETTER, PEOPLE], { metric: 'people', criterion: null }],
    ['rubric', [BETTER], null],
    ['rubric', [], null],
  ] as const)('%s', (judge, people, wanted) => {
    expect(againstWhom(judge, people)).toEqual(wanted);
  });
});

describe('what people said', () => {
  const ratings = [
    ratingOf({ criterion: 'tone', value: 5 }),
    ratingOf({ criterion: 'correct', scale: 'yes-no', value: 0 }),
    ratingOf({ criterion: 'tone', value: 1, author: 'bo' }),
    ratingOf({ criterion: 'tone', value: 3, author: 'bo' }),
  ];
  it.each([
    [
      'tone',
      [
        { rater: 'ada', value: 1 },
        { rater: 'bo', value: 0.5 },
      ],
    ],
    ['correct', [{ rater: 'ada', value: 0, passed: false }]],
    // Bo has not said all that is asked.
    [null, [{ rater: 'ada', value: 0.5 }]],
  ] as const)('under %s', (criterion, wanted) => {
    expect(peopleSaid(ratings, PEOPLE.form, criterion)).toEqual(wanted);
  });
});

it('what people said is what the human metric makes of it: its way to a score, and its mark', () => {
  const worst = form({ name: '', scale: [1, 5] });
  const turned = { ...worst, normalise: { worst: 5, best: 1 }, threshold: 0.6 };
  expect(peopleSaid([ratingOf({ value: 5 })], turned, null)).toEqual([{ rater: 'ada', value: 0, passed: true }]);
  expect(peopleSaid([ratingOf({ value: 3 })], { ...worst, threshold: 0.6 }, null)).toEqual([
    { rater: 'ada', value: 0.5, passed: false },
  ]);
});

describe('both orders of a comparison', () => {
  const claim = (name: string, side: 'for' | 'against' | 'neither') => ({ claim: name, verdict: '', side, reason: '' });
  it.each([
    ['for', 'for', { given: 'first', swapped: 'second' }],
    ['for', 'against', { given: 'first', swapped: 'first' }],
    ['against', 'for', { given: 'second', swapped: 'second' }],
    ['neither', 'against', { given: 'tie', swapped: 'first' }],
  ] as const)('%s, then %s', (first, second, wanted) => {
    const claims = [claim(ROUNDS.outputFirst, first), claim(ROUNDS.expectedFirst, second)];
    expect(bothOrders({ claims })).toEqual(wanted);
  });
  it('are none in the evidence of another judge', () => {
    expect(bothOrders({ claims: [claim('It rains', 'for')] })).toBeNull();
  });
});

it.each([
  [{ standing: 'below', kappa: 0.25, compared: 6 }, 'kappa 0.25 over 6 answers, and the suite asks for 0.6.'],
  [{ standing: 'unknown', kappa: null, compared: 0 }, 'people have rated none of its answers yet.'],
  [{ standing: 'unknown', kappa: null, compared: 1 }, '1 answer that people rated says too little.'],
] as const)('a doubt in words: %j', (doubt, words) => {
  expect(trustWords({ metric: 'rubric', bar: 0.6, ...doubt })).toContain(words);
});
