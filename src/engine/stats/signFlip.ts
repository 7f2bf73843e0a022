import { SeededRandom } from './random.ts';

/** All 2^n patterns are gone through up to here. */
export const EXACT_UP_TO = 16;
const RESAMPLES = 9_999;
/** Sums of the same parts in another order may differ by rounding. */
const TOLERANCE = 1e-12;

/**
 * Two-sided p-value over all patterns of signs that the differences could have had.
 *
 * @param moved differences that are not 0, at most `EXACT_UP_TO`
 * Source: Fisher (1935), The Design of Experiments, section 21.
 */
export function exactSignFlip(moved: readonly number[]): number {
  const observed = Math.abs(sumOf(moved)) - TOLERANCE;
  const patterns = 2 ** moved.length;
  let hits = 0;
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    let sum = 0;
    for (let index = 0; index < moved.length; index += 1) {
      const difference = moved[index] ?? 0;
      sum += (pattern >> index) & 1 ? -difference : difference;
    }
    if (Math.abs(sum) >= observed) hits += 1;
  }
  return hits / patterns;
}

/**
 * The same over random patterns, (hits + 1) / (patterns + 1), so that p is never 0.
 *
 * @param seed the same seed, the same p
 * Source: Phipson and Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9(1), article 39.
 */
export function randomSignFlip(moved: readonly number[], seed: number, resamples = RESAMPLES): number {
  const observed = Math.abs(sumOf(moved)) - TOLERANCE * Math.max(1, Math.sqrt(moved.length));
  const sums = sumsOfEights(moved);
  const bytes = sums.length / PATTERNS;
  const random = new SeededRandom(seed);
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let hits = 0;
  for (let pattern = 0; pattern < resamples; pattern += 1) {
    random.fill(words);
    let sum = 0;
    for (let byte = 0; byte < bytes; byte += 1) {
      const signs = ((words[byte >> 2] ?? 0) >>> ((byte & 3) * 8)) & 255;
      sum += sums[byte * PATTERNS + signs] ?? 0;
    }
    if (Math.abs(sum) >= observed) hits += 1;
  }
  return (hits + 1) / (resamples + 1);
}

/** Patterns of the signs of eight differences. */
const PATTERNS = 256;

/** For each eight differences, their sum under each pattern of signs: eight are then added by one look. */
function sumsOfEights(values: readonly number[]): Float64Array {
  const eights = Math.ceil(values.length / 8);
  const sums = new Float64Array(eights * PATTERNS);
  for (let eight = 0; eight < eights; eight += 1) {
    const start = eight * PATTERNS;
    sums[start] = sumOf(values.slice(eight * 8, eight * 8 + 8));
    for (let pattern = 1; pattern < PATTERNS; pattern += 1) {
      const last = 31 - Math.clz32(pattern & -pattern);
      const flipped = values[eight * 8 + last] ?? 0;
      sums[start + pattern] = (sums[start + (pattern & (pattern - 1))] ?? 0) - 2 * flipped;
    }
  }
  return sums;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
