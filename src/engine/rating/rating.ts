import type { Normalisation } from '../metric/metric.ts';
import type { Scale } from './scale.ts';

/**
 * What one person said of one answer under one criterion. Ratings are only ever added: of an author's ratings of the same thing
 * the last one counts.
 */
export type Rating = {
  /** Names the rating itself, by its content: the same one that comes twice is one. */
  readonly uid: string;
  /** What was rated: see `subjectOf`. */
  readonly subject: string;
  /** The human metric's name. */
  readonly metric: string;
  /** Empty for a metric with a single scale. */
  readonly criterion: string;
  readonly scale: Scale;
  /** On the scale; null takes back what the author said before. */
  readonly value: number | null;
  readonly comment: string;
  readonly author: string;
  /** ISO 8601, with milliseconds. */
  readonly ratedAt: string;
  readonly seen: SeenByRater;
};

/** What the rater saw, and in which order it came. */
export type SeenByRater = {
  readonly run: string;
  readonly case: string;
  /** Whether prompt, model and scores were hidden. */
  readonly blind: boolean;
  /** Of the order of the queue; null outside of one. */
  readonly seed: number | null;
  /** The subject of the answer that it was compared with, and on which side it stood. */
  readonly partner?: string;
  readonly side?: 'left' | 'right';
};

/** A criterion of a human metric; the name is empty where there is one. */
export type Criterion = { readonly name: string; readonly scale: Scale };

/** What raters are asked. */
export type RatingForm = {
  readonly criteria: readonly Criterion[];
  readonly instructions: string | null;
  /** Of the score, 0..1; null where a rating cannot fail an answer by itself. */
  readonly threshold: number | null;
  /** See the metric's declaration. */
  readonly normalise?: Normalisation;
};

/** Of the ratings of one subject under one metric: of each author, criterion and partner the last one, without what was taken back. */
export function countingRatings(ratings: readonly Rating[]): Rating[] {
  const last = new Map<string, Rating>();
  for (const rating of ratings.toSorted(byTime)) {
    last.set(JSON.stringify([rating.author, rating.criterion, rating.seen.partner ?? null]), rating);
  }
  return [...last.values()].filter(({ value }) => value !== null);
}

/** By time, then by uid, so that the order is the same however ratings were gathered. */
function byTime(a: Rating, b: Rating): number {
  if (a.ratedAt !== b.ratedAt) return a.ratedAt < b.ratedAt ? -1 : 1;
  if (a.uid === b.uid) return 0;
  return a.uid < b.uid ? -1 : 1;
}

/** Ratings that answer what is asked now: of a criterion that there is, and a choice between two only where that is asked. */
export function askedRatings(ratings: readonly Rating[], criteria: readonly Criterion[]): Rating[] {
  return countingRatings(ratings).filter(({ criterion, seen }) => {
    const asked = criteria.find(({ name }) => name === criterion);
    return asked !== undefined && (asked.scale === 'prefer') === (seen.partner !== undefined);
  });
}
