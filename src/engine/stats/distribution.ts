import jstat from 'jstat';
import { incompleteBeta } from './beta.ts';

/**
 * Quantile of Student's t distribution.
 *
 * @param probability 0 < probability < 1
 * @param degreesOfFreedom integer >= 1
 * @throws RangeError when an argument is out of range
 * Source: jstat's inverse, good to about 8 digits, then Newton steps on the exact series below.
 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  checkProbability(probability);
  if (!Number.isSafeInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new RangeError(`Degrees of freedom must be a positive integer, not ${degreesOfFreedom}.`);
  }
  let t = jstat.studentt.inv(probability, degreesOfFreedom);
  for (let step = 0; step < 2; step += 1) {
    const excess = (1 + centralProbability(t, degreesOfFreedom)) / 2 - probability;
    t -= excess / jstat.studentt.pdf(t, degreesOfFreedom);
  }
  return t;
}

/**
 * P(|T| >= |t|) of Student's t distribution.
 *
 * @param degreesOfFreedom integer >= 1
 * Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4; where that difference from 1 would lose its digits, the incomplete beta
 *   function.
 */
export function tTwoSided(t: number, degreesOfFreedom: number): number {
  const outside = 1 - centralProbability(Math.abs(t), degreesOfFreedom);
  if (outside > 1e-6) return outside;
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}

/** P(T >= t). */
export function tOneSided(t: number, degreesOfFreedom: number): number {
  const outside = tTwoSided(t, degreesOfFreedom) / 2;
  return t >= 0 ? outside : 1 - outside;
}

/**
 * Quantile of the standard normal distribution, e.g. 1.959964 for 0.975.
 *
 * @param probability 0 < probability < 1
 * @throws RangeError when it is out of range
 * Source: jstat (an inverse of the complementary error function).
 */
export function normalQuantile(probability: number): number {
  checkProbability(probability);
  return jstat.normal.inv(probability, 0, 1);
}

/**
 * P(-t < T < t), negative for negative t.
 *
 * Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4: finite sums for integer degrees of freedom; of very many, 26.7.1 by the incomplete
 *   beta function.
 */
function centralProbability(t: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom > SUMMED_UP_TO) {
    return (
      Math.sign(t) * (1 - incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5))
    );
  }
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const squared = cosine * cosine;
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= (squared * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** Longer sums cost more than the continued fraction, and round more. */
const SUMMED_UP_TO = 10_000;

function checkProbability(probability: number): void {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`A probability must be between 0 and 1, not ${probability}.`);
  }
}
