/**
 * P(Z > z) of the standard normal distribution, to about 14 digits however small it is.
 *
 * Source: Marsaglia (2004), J. Stat. Softw. 11(4), the series of Φ up to z = 3; beyond it the continued fraction of Laplace
 *   (Abramowitz and Stegun 1964, 26.2.14).
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  // 0 times a fraction of infinite size is no number.
  if (density === 0) return 0;
  if (z >= SERIES_UP_TO) {
    let fraction = z;
    for (let term = FRACTION_TERMS; term >= 1; term -= 1) fraction = z + term / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 - density * sum;
}

/** P(|Z| >= |z|). */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(z)));
}

const SERIES_UP_TO = 3;
/** At z = 3 so many leave an error below one in 10^16, and fewer would do beyond. */
const FRACTION_TERMS = 100;
