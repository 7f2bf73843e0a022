import { SEQUENTIAL_RULE } from '../stats/sequential/nextLook.ts';
import type { Verdict } from './verdict.ts';

/** What a test takes for granted, in one sentence for who reads its verdict. */
export function assumptionOf(test: Verdict['test']): string {
  return ASSUMPTIONS[test];
}

/** Nothing was tested. */
export const UNMOVED = 'No case moved; that proves nothing of cases that are not in the dataset.';

const EITHER_WAY =
  'Assumes that cases are independent and that, without a difference, each could as well have moved the other way.';

const ASSUMPTIONS: { readonly [test in Verdict['test']]: string } = {
  'exact McNemar': 'Assumes that cases are independent; only those that changed between passing and failing count.',
  'exact sign-flip': EITHER_WAY,
  'sign-flip': EITHER_WAY,
  t: 'Assumes that cases are independent and enough of them that their mean is nearly normal.',
  wilcoxon:
    'Assumes that cases are independent and that, without a difference, gains and losses are alike; how large one is counts by its rank only.',
  betting: SEQUENTIAL_RULE,
  bootstrap: 'Assumes that cases are independent and stand for those that are not in the dataset.',
};
