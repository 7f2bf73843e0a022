import { type BootstrapInterval, bcaInterval, percentileEnds } from './bootstrapInterval.ts';
import { SeededRandom } from './random.ts';

export type BootstrapOptions = {
  readonly confidence?: number;
  /** How often the values are drawn anew; by default 9,999. */
  readonly resamples?: number;
  /** The same seed, the same interval. */
  readonly seed?: number;
  /** By default `bca`, which mends bias and skew. */
  readonly method?: 'bca' | 'percentile';
  /** Of each value, its cluster: whole clusters are drawn, because what hangs together must not be taken apart. */
  readonly clusters?: readonly (string | number)[];
};

/**
 * The interval of a mean by drawing the values (or their clusters) anew, with replacement, as many as there are. Asks for no
 * distribution, but for enough values to stand for the others: from about 20.
 *
 * @param values finite, at least two (or two clusters)
 * @throws RangeError when there are fewer, or an option is out of range
 * Source: Efron (1987), J. Am. Stat. Assoc. 82(397), 171-185; Efron and Tibshirani (1993), chapters 13 and 14; clusters after
 *   Davison and Hinkley (1997), section 3.8, their first strategy.
 */
export function bootstrapMean(
  values: readonly number[],
  { confidence = 0.95, resamples = 9_999, seed = 0, method = 'bca', clusters }: BootstrapOptions = {},
): BootstrapInterval {
  const units = clusters === undefined ? rowsOf(values) : clustersOf(values, clusters);
  if (units.sums.length < 2) throw new RangeError('A bootstrap needs at least two values or clusters.');
  const replicates = resampledMeans(units, resamples, seed);
  const ends =
    method === 'percentile'
      ? percentileEnds(replicates, confidence)
      : bcaInterval(replicates, { observed: meanOf(units), leftOut: meansWithoutOne(units), confidence });
  return { ...ends, method, confidence, resamples, seed };
}

/** What is drawn: values, or the sums of clusters with their sizes. */
export type Units = { readonly sums: Float64Array; readonly sizes: Float64Array | null };

export function rowsOf(values: readonly number[]): Units {
  return { sums: Float64Array.from(values), sizes: null };
}

function clustersOf(values: readonly number[], clusters: readonly (string | number)[]): Units {
  if (values.length !== clusters.length) throw new RangeError('Every value needs a cluster.');
  const places = new Map<string | number, number>();
  for (const cluster of clusters) if (!places.has(cluster)) places.set(cluster, places.size);
  const sums = new Float64Array(places.size);
  const sizes = new Float64Array(places.size);
  values.forEach((value, index) => {
    const place = places.get(clusters[index] ?? '') ?? 0;
    sums[place] = (sums[place] ?? 0) + value;
    sizes[place] = (sizes[place] ?? 0) + 1;
  });
  return { sums, sizes };
}

/** The means of so many resamples, ascending. */
export function resampledMeans({ sums, sizes }: Units, resamples: number, seed: number): Float64Array {
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new RangeError(`${resamples} is no number of resamples.`);
  const random = new SeededRandom(seed);
  const drawn = new Uint32Array(sums.length);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    random.fill(drawn);
    means[resample] = sumOfDrawn(sums, drawn) / (sizes === null ? sums.length : sumOfDrawn(sizes, drawn));
  }
  return means.sort();
}

/** @param drawn random words, each of which chooses a value. Not `for of`, which takes twice as long. */
function sumOfDrawn(values: Float64Array, drawn: Uint32Array): number {
  const scale = values.length / 2 ** 32;
  let sum = 0;
  for (let index = 0; index < drawn.length; index += 1) sum += values[((drawn[index] ?? 0) * scale) | 0] ?? 0;
  return sum;
}

export function meanOf({ sums, sizes }: Units): number {
  return total(sums) / (sizes === null ? sums.length : total(sizes));
}

/** The mean without each unit in turn. */
export function meansWithoutOne({ sums, sizes }: Units): Float64Array {
  const [sum, size] = [total(sums), sizes === null ? sums.length : total(sizes)];
  return sums.map((one, index) => (sum - one) / (size - (sizes === null ? 1 : (sizes[index] ?? 0))));
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
