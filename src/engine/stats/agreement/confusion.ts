import { normalQuantile } from '../distribution.ts';
import { wilsonInterval } from '../interval.ts';
import { checkPaired } from './labels.ts';

/** A judge's verdicts against what is taken for true. */
export type Confusion = {
  readonly truePasses: number;
  readonly falsePasses: number;
  readonly trueFails: number;
  readonly falseFails: number;
};

export type Rate = { readonly rate: number; readonly low: number; readonly high: number; readonly n: number };

export function confusionOf(judged: readonly boolean[], truth: readonly boolean[]): Confusion {
  checkPaired(judged, truth);
  const counts = { truePasses: 0, falsePasses: 0, trueFails: 0, falseFails: 0 };
  judged.forEach((passed, index) => {
    if (passed) counts[truth[index] ? 'truePasses' : 'falsePasses'] += 1;
    else counts[truth[index] ? 'falseFails' : 'trueFails'] += 1;
  });
  return counts;
}

/** The share of what passes that the judge passes (sensitivity), with its Wilson interval; null when nothing passes. */
export function truePassRate({ truePasses, falseFails }: Confusion, confidence = 0.95): Rate | null {
  return rateOf(truePasses, truePasses + falseFails, confidence);
}

/** The share of what fails that the judge fails (specificity), with its Wilson interval; null when nothing fails. */
export function trueFailRate({ trueFails, falsePasses }: Confusion, confidence = 0.95): Rate | null {
  return rateOf(trueFails, trueFails + falsePasses, confidence);
}

function rateOf(hits: number, n: number, confidence: number): Rate | null {
  if (n === 0) return null;
  const [low, high] = wilsonInterval(hits, n, normalQuantile((1 + confidence) / 2));
  return { rate: hits / n, low, high, n };
}
