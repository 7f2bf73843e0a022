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

/**
 * Cohen's kappa of judge and truth; null as `cohenKappa`.
 *
 * Source: Cohen (1960), Educ. Psychol. Meas. 20(1), 37-46, for two categories.
 */
export function confusionKappa({ truePasses, falsePasses, trueFails, falseFails }: Confusion): number | null {
  const n = truePasses + falsePasses + trueFails + falseFails;
  const chance =
    (truePasses + falsePasses) * (truePasses + falseFails) + (trueFails + falseFails) * (trueFails + falsePasses);
  if (chance === n * n) return null;
  return ((truePasses + trueFails) * n - chance) / (n * n - chance);
}

/** As many items as there were, drawn from them with replacement. */
export function resampled(
  { truePasses, falsePasses, trueFails, falseFails }: Confusion,
  random: () => number,
): Confusion {
  const [first, second, third] = [truePasses, truePasses + falseFails, truePasses + falseFails + trueFails];
  const total = third + falsePasses;
  const drawn = { truePasses: 0, falseFails: 0, trueFails: 0, falsePasses: 0 };
  for (let at = 0; at < total; at += 1) {
    const place = random() * total;
    if (place < first) drawn.truePasses += 1;
    else if (place < second) drawn.falseFails += 1;
    else if (place < third) drawn.trueFails += 1;
    else drawn.falsePasses += 1;
  }
  return drawn;
}

function rateOf(hits: number, n: number, confidence: number): Rate | null {
  if (n === 0) return null;
  const [low, high] = wilsonInterval(hits, n, normalQuantile((1 + confidence) / 2));
  return { rate: hits / n, low, high, n };
}
