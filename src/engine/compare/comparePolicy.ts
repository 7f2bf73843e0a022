import type { Correction } from '../stats/correction.ts';
import type { WantedTest } from '../stats/pairedTest.ts';

/** When a difference counts. */
export type ComparePolicy = {
  /** A loss of so much is no loss, in the score's unit (0..1); 0: any loss that is shown counts. */
  readonly margin: number;
  /** 0 < confidence < 1, of each verdict. */
  readonly confidence: number;
  readonly correction: Correction;
  /** Of scores; by default `auto`. Passing and failing is always judged by the exact McNemar test. */
  readonly test?: WantedTest;
  /** Of a run that ends as soon as it is decided: verdicts then hold whenever one looks, and no other test is asked. */
  readonly isSequential?: boolean;
};

export const DEFAULT_COMPARE: ComparePolicy = { margin: 0, confidence: 0.95, correction: 'holm' };
