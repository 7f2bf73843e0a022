/** Sums over pairs of an answered and an expected number; spreads are sums of squared distances from the mean. */
export type PairSums = {
  readonly n: number;
  readonly squaredErrors: number;
  readonly valueSpread: number;
  readonly expectedSpread: number;
  readonly product: number;
};

/**
 * Adds pairs up one by one without keeping them. They are counted from the first pair, so that large numbers that are near
 * each other lose no digits.
 *
 * Source: Welford (1962), Technometrics 4(3), 419-420, and the same for the product of two.
 */
export class RunningPairs {
  #n = 0;
  #origin: readonly [value: number, expected: number] = [0, 0];
  #valueMean = 0;
  #expectedMean = 0;
  #squaredErrors = 0;
  #valueSpread = 0;
  #expectedSpread = 0;
  #product = 0;

  add(value: number, expected: number): void {
    if (this.#n === 0) this.#origin = [value, expected];
    this.#n += 1;
    const ownValue = value - this.#origin[0];
    const ownExpected = expected - this.#origin[1];
    const fromValue = ownValue - this.#valueMean;
    const fromExpected = ownExpected - this.#expectedMean;
    this.#valueMean += fromValue / this.#n;
    this.#expectedMean += fromExpected / this.#n;
    this.#squaredErrors += (value - expected) ** 2;
    this.#valueSpread += fromValue * (ownValue - this.#valueMean);
    this.#expectedSpread += fromExpected * (ownExpected - this.#expectedMean);
    this.#product += fromValue * (ownExpected - this.#expectedMean);
  }

  get sums(): PairSums {
    return {
      n: this.#n,
      squaredErrors: this.#squaredErrors,
      valueSpread: this.#valueSpread,
      expectedSpread: this.#expectedSpread,
      product: this.#product,
    };
  }
}
