import { bootstrapTest } from './bootstrapTest.ts';
import { EXACT_UP_TO, exactSignFlip, randomSignFlip } from './signFlip.ts';
import { pairedT } from './tTest.ts';
import { wilcoxonTest } from './wilcoxon.ts';

/** How a p-value was found. The sign flips go through all patterns or through so many random ones. */
export type PairedTest = 'exact sign-flip' | 'sign-flip' | 't' | 'wilcoxon' | 'bootstrap';

export const PAIRED_TESTS = ['auto', 't', 'wilcoxon', 'permutation', 'bootstrap'] as const;
/** What may be asked for; `auto` flips signs and, of very many differences, takes t. */
export type WantedTest = (typeof PAIRED_TESTS)[number];

/** Beyond so many differences the mean is normal enough for t, and resampling would only take time. */
const RESAMPLED_UP_TO = 500;
/** A bootstrap of fewer that moved says too often that something changed. */
const BOOTSTRAPPED_FROM = 20;

/** @see pairedTest */
export type PairedResult = { readonly pValue: number; readonly test: PairedTest };

/**
 * Two-sided p-value of paired differences against a mean of 0 (`wilcoxon`: against a middle of 0). `auto` needs no normal
 * distribution where there are few: under no difference each sign could as well have been the other one.
 *
 * @param differences finite, independent: repeats of one case must have been averaged before
 * @param wanted `t` of a single difference, and `bootstrap` of fewer than 20 that are not 0, flip signs instead
 * @returns p 1 when nothing differs
 * Source: see each test.
 */
export function pairedTest(differences: readonly number[], seed: number, wanted: WantedTest = 'auto'): PairedResult {
  // A difference of 0 is 0 with either sign.
  const moved = differences.filter((difference) => difference !== 0);
  if (wanted === 'wilcoxon') return { pValue: wilcoxonTest(differences).pValue, test: 'wilcoxon' };
  if (wanted === 't' && differences.length > 1) return { pValue: pairedT(differences).pValue, test: 't' };
  if (wanted === 'bootstrap' && moved.length >= BOOTSTRAPPED_FROM) {
    return { pValue: bootstrapTest(differences, seed), test: 'bootstrap' };
  }
  if (moved.length <= EXACT_UP_TO) return { pValue: exactSignFlip(moved), test: 'exact sign-flip' };
  if (wanted !== 'auto' || moved.length <= RESAMPLED_UP_TO) {
    return { pValue: randomSignFlip(moved, seed), test: 'sign-flip' };
  }
  return { pValue: pairedT(differences).pValue, test: 't' };
}
