/**
 * How evidence grows that the mean of bounded values is above a limit: the capital of who bets on it, from 1, in fair bets. Were
 * the mean at the limit or below, it would ever reach 1 / α with a chance of α at most, however often one looks.
 *
 * @param limit -1 < limit < 1
 * @returns takes the next value, in -1..1, and gives the capital after it: the mean over bets of several sizes. The order of the
 *   values must not depend on what they are.
 * Source: Waudby-Smith and Ramdas (2024), J. R. Stat. Soc. B 86(1), 1-27, with a fixed grid of bets as its mixture; Ville (1939).
 */
export function evidenceAbove(limit: number): (value: number) => number {
  const capitals = BETS.map(() => 1);
  return (value) => {
    if (!(value >= -1 && value <= 1)) throw new RangeError(`${value} is not in -1..1.`);
    let sum = 0;
    for (const [index, bet] of BETS.entries()) {
      // A whole bet at the lowest value would lose all there is.
      const capital = Math.min(MOST, (capitals[index] ?? 0) * (1 + (bet * (value - limit)) / (1 + limit)));
      capitals[index] = capital;
      sum += capital;
    }
    return sum / BETS.length;
  };
}

/** The capital after each value. @see evidenceAbove */
export function bettingEvidence(values: readonly number[], limit = 0): number[] {
  return values.map(evidenceAbove(limit));
}

/** Parts of the capital, from nearly all downwards: large ones for large differences, small ones for small. */
const BETS = Array.from({ length: 14 }, (_, index) => 0.95 / Math.SQRT2 ** index);
/** Below what a number can hold, so that more wins do not end in no number; to hold capital back only lowers it. */
const MOST = 1e280;
