/**
 * How much work one comparison of two texts may be, so that a run never hangs on a giant output. What is over a limit is
 * unscored, with the reason.
 */

/**
 * For edit distance and longest common subsequence: steps of 32 cells of the table, about a third of a second. Two texts of
 * 30,000 characters that share nothing are within it, and so is 1 MB against 1,000 characters; what two texts begin and end
 * with in common costs nothing.
 */
export const MAX_STEPS = 2 ** 25;

/**
 * Cells of a table that is filled one by one (transpositions, alignments): about a fifth of a second. Two texts of 5,700
 * characters that share nothing are within it.
 */
export const MAX_CELLS = 2 ** 25;

/** Tokens (for chrF: characters) of all references of one case; each makes up to six n-grams that are kept. */
export const MAX_REFERENCE_TOKENS = 100_000;

/** Tokens (for chrF: characters) of an output. */
export const MAX_OUTPUT_TOKENS = 2_000_000;

/** UTF-16 units of an output that is divided into words or sentences by the rules of Unicode: about a second. */
export const MAX_SEGMENTED = 2_000_000;

/** Steps for a table of the two lengths. */
export function tableSteps(lengthA: number, lengthB: number): number {
  return Math.ceil(Math.min(lengthA, lengthB) / 32) * Math.max(lengthA, lengthB);
}
