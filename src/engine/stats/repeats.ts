/**
 * Chance that at least one of k answers passes, from c passes among n: 1 - C(n-c, k) / C(n, k), unbiased.
 *
 * @param passes 0 <= passes <= answers
 * @param k integer >= 1
 * @returns null where there are fewer than k answers
 * Source: Chen et al. (2021), arXiv 2107.03374, in the form of a product.
 */
export function passAtK(answers: number, passes: number, k: number): number | null {
  const none = shareWithout(answers, passes, k);
  return none === null ? null : 1 - none;
}

/**
 * Chance that all of k answers pass: C(c, k) / C(n, k), unbiased. The power of the pass rate would say too much.
 *
 * @returns null where there are fewer than k answers
 * Source: Yao et al. (2024), arXiv 2406.12045.
 */
export function passHatK(answers: number, passes: number, k: number): number | null {
  return shareWithout(answers, answers - passes, k);
}

/** Share of the sets of k among n that hold none of `without` marked ones: C(n - m, k) / C(n, k). */
function shareWithout(n: number, without: number, k: number): number | null {
  if (n < k) return null;
  let share = 1;
  for (let drawn = 0; drawn < k; drawn += 1) share *= Math.max(0, n - without - drawn) / (n - drawn);
  return share;
}

/** Share of the pairs of answers that ended alike, both passing or both failing; null with fewer than two. */
export function pairwiseAgreement(answers: number, passes: number): number | null {
  if (answers < 2) return null;
  const pairs = (n: number) => (n * (n - 1)) / 2;
  return (pairs(passes) + pairs(answers - passes)) / pairs(answers);
}
