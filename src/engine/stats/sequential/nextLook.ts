import { bettingEvidence } from './bettingEvidence.ts';

export type SequentialPolicy = {
  readonly confidence: number;
  /** A loss of so much is no loss; 0: nothing is called no worse. */
  readonly margin: number;
  /** How many cases there are to ask. */
  readonly cases: number;
  /** How many comparisons are one family; each must then hold at a stricter level (Bonferroni). By default 1. */
  readonly comparisons?: number;
};

export type Look =
  | {
      readonly state: 'decided';
      readonly word: 'better' | 'no-worse' | 'worse';
      /** After how many cases it was. */
      readonly after: number;
      /** Cases that need not be asked any more. */
      readonly saved: number;
    }
  | { readonly state: 'go on'; readonly seen: number };

/** The rule of `nextLook`, for who reads its verdict. */
export const SEQUENTIAL_RULE =
  'Stops as soon as a bet on one side has multiplied its stake so often that chance alone would do so at most at the stated level, however often one looks; assumes that cases come in random order.';

/**
 * Whether a comparison may stop: what is decided stays decided, and may be asked after each case.
 *
 * Better, worse and no worse each hold at half of the level, as in the test of a whole run. Worse is a loss of more than the
 * margin: a smaller one that is shown first could still turn out to be no worse.
 *
 * @param differences after - before, each in -1..1, of the cases seen so far, in the order in which they came: a random one
 * Source: `bettingEvidence`, Bonferroni over the two sides and the comparisons.
 */
export function nextLook(
  differences: readonly number[],
  { confidence, margin, cases, comparisons = 1 }: SequentialPolicy,
): Look {
  const enough = (2 * comparisons) / (1 - confidence);
  const reached = (evidence: readonly number[]) => {
    const at = evidence.findIndex((one) => one >= enough);
    return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
  };
  const losses = differences.map((one) => -one);
  const decided = [
    { word: 'better', after: reached(bettingEvidence(differences)) },
    { word: 'worse', after: reached(bettingEvidence(losses, margin)) },
    ...(margin > 0 ? [{ word: 'no-worse', after: reached(bettingEvidence(differences, -margin)) } as const] : []),
  ] as const;
  const first = decided.reduce((soonest, one) => (one.after < soonest.after ? one : soonest));
  if (first.after > differences.length) return { state: 'go on', seen: differences.length };
  return { state: 'decided', ...first, saved: Math.max(0, cases - first.after) };
}

/** `Decided after 40 of 200 cases: 160 need not be asked.`; null while it goes on. */
export function savedWords(look: Look): string | null {
  if (look.state === 'go on') return null;
  return `Decided after ${look.after} of ${look.after + look.saved} cases: ${look.saved} need not be asked.`;
}
