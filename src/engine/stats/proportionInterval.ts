import { betaQuantile } from './beta.ts';
import { normalQuantile } from './distribution.ts';
import { wilsonInterval } from './interval.ts';

/** How the interval of a rate is made. */
type RateIntervalMethod = 'wilson' | 'clopper-pearson' | 'jeffreys';

/** How many of so many, with the interval that the true rate is in; all 0..1. */
type RateInterval = { readonly rate: number; readonly low: number; readonly high: number };

/**
 * A rate with its interval, for a view: 21 of 24 is 0.875, 0.69..0.96.
 *
 * @param hits integer, 0 <= hits <= total
 * @param total those with a score; errors and unscored are not in it
 * @returns null when there is nothing to have a rate of
 * @throws RangeError when a count or the confidence is out of range
 */
export function rateInterval(
  hits: number,
  total: number,
  confidence = 0.95,
  method: RateIntervalMethod = 'wilson',
): RateInterval | null {
  if (total === 0 && hits === 0) return null;
  const [low, high] = INTERVALS[method](hits, total, confidence);
  return { rate: hits / total, low, high };
}

type IntervalOf = (hits: number, total: number, confidence: number) => readonly [low: number, high: number];

const INTERVALS: { readonly [method in RateIntervalMethod]: IntervalOf } = {
  wilson: (hits, total, confidence) => wilsonInterval(hits, total, normalQuantile((1 + confidence) / 2)),
  'clopper-pearson': clopperPearson,
  jeffreys,
};

/**
 * The exact interval of a rate: never too narrow, and so wider than it need be.
 *
 * Source: Clopper and Pearson (1934), Biometrika 26(4), 404-413, by quantiles of the beta distribution.
 */
function clopperPearson(hits: number, total: number, confidence: number): readonly [low: number, high: number] {
  const tail = checked(hits, total, confidence);
  const low = hits === 0 ? 0 : betaQuantile(tail, hits, total - hits + 1);
  return [low, hits === total ? 1 : betaQuantile(1 - tail, hits + 1, total - hits)];
}

/**
 * The interval with equal tails of what is to be believed of a rate, starting from Jeffreys' prior.
 *
 * Source: Brown, Cai and DasGupta (2001), Statistical Science 16(2), 101-133, section 3.1, without their change at the ends.
 */
function jeffreys(hits: number, total: number, confidence: number): readonly [low: number, high: number] {
  const tail = checked(hits, total, confidence);
  const quantile = (probability: number) => betaQuantile(probability, hits + 0.5, total - hits + 0.5);
  return [quantile(tail), quantile(1 - tail)];
}

function checked(hits: number, total: number, confidence: number): number {
  if (!Number.isSafeInteger(total) || total < 1) throw new RangeError(`No rate over ${total} cases.`);
  if (!Number.isSafeInteger(hits) || hits < 0 || hits > total) throw new RangeError(`${hits} of ${total} is no rate.`);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence must be between 0 and 1, not ${confidence}.`);
  }
  return (1 - confidence) / 2;
}
