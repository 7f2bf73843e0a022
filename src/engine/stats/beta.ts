/**
 * Regularised incomplete beta function I_x(a, b): P(X <= x) of a beta distribution, and by it every binomial tail.
 *
 * @param x 0..1
 * @param a positive
 * @param b positive
 * Source: DLMF 8.17.22, the continued fraction, by Lentz's method as Thompson and Barnett (1986) give it.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let numerator = 1;
  let denominator = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let m = 1; m <= MOST_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let factor = 1;
    for (const part of [even, odd]) {
      denominator = 1 / notZero(1 + part * denominator);
      numerator = notZero(1 + part / numerator);
      factor = denominator * numerator;
      fraction *= factor;
    }
    if (Math.abs(factor - 1) < Number.EPSILON * 2) break;
  }
  return Math.min(1, front * fraction);
}

/**
 * The x with I_x(a, b) = probability.
 *
 * @param probability 0..1
 * Source: bisection, until two neighbouring numbers are left.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < MOST_HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(X >= count) of so many tries that each succeed with this probability.
 *
 * Source: Abramowitz and Stegun (1964), 26.5.24.
 */
export function binomialUpperTail(count: number, tries: number, probability: number): number {
  if (count <= 0) return 1;
  return count > tries ? 0 : incompleteBeta(probability, count, tries - count + 1);
}

/**
 * ln Γ(x) for positive x.
 *
 * Source: Stirling's series (Abramowitz and Stegun 1964, 6.1.41) from 12 upwards, reached by the recurrence.
 */
export function logGamma(x: number): number {
  let [shift, product] = [x, 1];
  for (; shift < 12; shift += 1) product *= shift;
  const square = 1 / (shift * shift);
  let series = 0;
  for (const coefficient of STIRLING) series = series * square + coefficient;
  return (shift - 0.5) * Math.log(shift) - shift + Math.log(2 * Math.PI) / 2 + series / shift - Math.log(product);
}

/** Bernoulli numbers B(2k) / (2k (2k - 1)), the last first. */
const STIRLING = [-3617 / 122_400, 1 / 156, -691 / 360_360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];
const MOST_STEPS = 20_000;
const MOST_HALVINGS = 1100;

function notZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
