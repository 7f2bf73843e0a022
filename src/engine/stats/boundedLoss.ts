/** Half of the stake on nearly all there is, which finds soonest that nothing is lost; the rest on less, where losses are small and many. */
const BETS: readonly (readonly [bet: number, stake: number])[] = [
  [0.95, 1 / 2],
  [0.5, 1 / 4],
  [0.25, 1 / 8],
  [0.1, 1 / 8],
];

/**
 * One-sided p-value of a mean of -margin or less, whatever the distribution of the values: small when such a loss can be ruled out. A t
 * test cannot say so where losses are rare and large, for it does not see the ones that did not happen to be in the sample.
 *
 * The p-value is one over the capital of fair bets against such a loss: Markov's inequality bounds how often that is large.
 *
 * @param values independent, each in -1..1
 * @param margin 0 < margin < 1
 * @throws RangeError when a value is out of range
 * Source: Waudby-Smith and Ramdas (2024), J. R. Stat. Soc. B 86(1), 1-27, with a fixed mixture of bets.
 */
export function boundedLoss(values: readonly number[], margin: number): number {
  let capital = 0;
  for (const [bet, stake] of BETS) {
    let logCapital = 0;
    for (const value of values) {
      if (!(value >= -1 && value <= 1)) throw new RangeError(`${value} is not in -1..1.`);
      logCapital += Math.log1p((bet * (value + margin)) / (1 - margin));
    }
    capital += stake * Math.exp(Math.min(logCapital, 700));
  }
  return Math.min(1, 1 / capital);
}

/** How many values without any loss rule out one of the margin at a one-sided level. */
export function casesWithoutLoss(margin: number, level: number): number {
  const [[bet, stake] = [1, 1]] = BETS;
  return Math.ceil(Math.log(1 / (level * stake)) / Math.log1p((bet * margin) / (1 - margin)));
}
