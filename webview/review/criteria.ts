import type { Criterion } from '../../src/engine/rating/rating.ts';
import { type Scale, scaleValues } from '../../src/engine/rating/scale.ts';
import type { ReviewAnswer, ReviewQueue } from '../../src/protocol/review.ts';

/** What a rater said under one criterion. */
export type Mine = ReviewAnswer['mine'][string];

/** Of the metric that is rated. */
export function criteriaOf(queue: ReviewQueue | null): readonly Criterion[] {
  return queue?.metrics.find(({ name }) => name === queue.metric)?.form.criteria ?? [];
}

/** The first criterion from a place on that has no rating yet, going round; the place itself when all have one. */
export function nextCriterion(
  criteria: readonly Criterion[],
  mine: { readonly [criterion: string]: Mine },
  from: number,
): number {
  for (let step = 0; step < criteria.length; step += 1) {
    const place = (from + step) % criteria.length;
    const name = criteria[place]?.name;
    if (name !== undefined && !(name in mine)) return place;
  }
  return criteria.length === 0 ? 0 : Math.min(from, criteria.length - 1);
}

/** A choice of a scale: its key, its words, and the value that it stands for. */
export type Choice = { readonly key: string; readonly label: string; readonly value: number };

/** From left to right as they stand on the keyboard; a scale up to 9 has its own numbers as keys, a longer one its places. */
export function choicesOf(scale: Scale): readonly Choice[] {
  if (scale === 'yes-no') {
    return [
      { key: 'y', label: 'Yes', value: 1 },
      { key: 'n', label: 'No', value: 0 },
    ];
  }
  if (scale === 'prefer') {
    return [
      { key: '1', label: 'Left is better', value: 1 },
      { key: '0', label: 'Tie', value: 0.5 },
      { key: '2', label: 'Right is better', value: 0 },
    ];
  }
  const values = scaleValues(scale);
  const isShort = values.every((value) => value <= 9);
  return values.map((value, place) => ({
    key: isShort ? String(value) : String((place + 1) % 10),
    label: String(value),
    value,
  }));
}

/** `4 of 5`, `yes`, `left`: a rating in a few words. */
export function valueWords(scale: Scale, value: number): string {
  const choice = choicesOf(scale).find((one) => one.value === value);
  if (typeof scale === 'string') return (choice?.label ?? String(value)).toLowerCase();
  return `${value} of ${scale[1]}`;
}
