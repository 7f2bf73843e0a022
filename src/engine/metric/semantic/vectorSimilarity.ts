/** How near two vectors are: `euclidean` is 1 / (1 + distance). */
export type Measure = 'cosine' | 'dot' | 'euclidean';

/**
 * @returns null where it is not defined: the lengths differ, or a vector has no direction (cosine) or is not finite
 * Source: the definitions; the distance is brought into 0..1 by 1 / (1 + d), which keeps its order.
 */
export function vectorSimilarity(a: Float64Array, b: Float64Array, measure: Measure): number | null {
  if (a.length !== b.length || a.length === 0) return null;
  let [product, squaresA, squaresB, distance] = [0, 0, 0, 0];
  a.forEach((left, index) => {
    const right = b[index] ?? 0;
    product += left * right;
    squaresA += left * left;
    squaresB += right * right;
    distance += (left - right) ** 2;
  });
  const value = {
    cosine: product / Math.sqrt(squaresA * squaresB),
    dot: product,
    euclidean: 1 / (1 + Math.sqrt(distance)),
  }[measure];
  return Number.isFinite(value) ? value : null;
}
