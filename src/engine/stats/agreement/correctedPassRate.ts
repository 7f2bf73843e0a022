import { seededRandom } from '../random.ts';
import { type Confusion, resampled } from './confusion.ts';
import { percentileInterval } from './percentileInterval.ts';

export type CorrectedPassRate = {
  /** What the judge says of the samples that nobody need have rated. */
  readonly observed: number;
  readonly corrected: number;
  /** null when too few ratings stand behind the judge's error rates to say anything. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly resamples: number;
  readonly seed: number;
};

export type CorrectionOptions = {
  readonly confidence?: number;
  readonly resamples?: number;
  readonly seed?: number;
};

/**
 * A pass rate measured by an imperfect judge, corrected by the judge's error rates on samples that people rated as well:
 * (observed + TNR - 1) / (TPR + TNR - 1), kept within 0..1. The interval is a percentile bootstrap over both samples.
 *
 * @param judged what the judge says of the samples whose pass rate is asked for; integer counts
 * @param rated the judge against people; taken from samples like those judged
 * @returns null when nothing was judged, when people passed all or failed all, or when the judge tells no more than chance
 * Source: Rogan and Gladen (1978), Am. J. Epidemiol. 107(1), 71-76; Efron and Tibshirani (1993), chapter 13.
 */
export function correctedPassRate(
  judged: { readonly passed: number; readonly total: number },
  rated: Confusion,
  { confidence = 0.95, resamples = 2000, seed = 0 }: CorrectionOptions = {},
): CorrectedPassRate | null {
  if (judged.total === 0) return null;
  const observed = judged.passed / judged.total;
  const corrected = corrections(observed, rated);
  if (corrected === null) return null;
  const random = seededRandom(seed);
  const drawPasses = binomialSampler(judged.total, observed, random);
  const values: number[] = [];
  for (let at = 0; at < resamples; at += 1) {
    const value = corrections(drawPasses() / judged.total, resampled(rated, random));
    if (value !== null) values.push(value);
  }
  const interval = percentileInterval(values, { confidence, resamples });
  return { observed, corrected, interval, resamples, seed };
}

/** The corrected pass rate alone; null as `correctedPassRate`. */
export function correctedOf(
  judged: { readonly passed: number; readonly total: number },
  rated: Confusion,
): number | null {
  return judged.total === 0 ? null : corrections(judged.passed / judged.total, rated);
}

function corrections(observed: number, { truePasses, falseFails, trueFails, falsePasses }: Confusion): number | null {
  const [passes, fails] = [truePasses + falseFails, trueFails + falsePasses];
  if (passes === 0 || fails === 0) return null;
  const specificity = trueFails / fails;
  const informedness = truePasses / passes + specificity - 1;
  if (informedness <= 0) return null;
  return Math.min(1, Math.max(0, (observed + specificity - 1) / informedness));
}

/** Draws a count by the table of its distribution: a run of a million samples costs no more than the table. */
function binomialSampler(n: number, probability: number, random: () => number): () => number {
  const mode = Math.min(n, Math.floor((n + 1) * probability));
  const weights = new Float64Array(n + 1);
  weights[mode] = 1;
  const odds = probability / (1 - probability);
  // From the most likely count outwards, so that nothing that matters underflows.
  for (let k = mode; k < n; k += 1) weights[k + 1] = ((weights[k] ?? 0) * odds * (n - k)) / (k + 1);
  for (let k = mode; k > 0; k -= 1) weights[k - 1] = ((weights[k] ?? 0) * k) / odds / (n - k + 1);
  for (let k = 1; k <= n; k += 1) weights[k] = (weights[k] ?? 0) + (weights[k - 1] ?? 0);
  return () => {
    const place = random() * (weights[n] ?? 1);
    let [low, high] = [0, n];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((weights[middle] ?? 0) > place) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
