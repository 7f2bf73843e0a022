import { evidenceAbove } from './bettingEvidence.ts';

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
 * Whether a comparison may stop, asked after each case: what is decided stays decided.
 *
 * Better, worse and no worse each hold at half of the level, as in the test of a whole run. Worse is a loss of more than the
 * margin: a smaller one that is shown first could still turn out to be no worse.
 *
 * @returns takes the next difference, after - before, in -1..1, in the order in which cases are asked: a random one
 * Source: `evidenceAbove`, Bonferroni over the two sides and the comparisons.
 */
export function looks({ confidence, margin, cases, comparisons = 1 }: SequentialPolicy): (difference: number) => Look {
  const enough = (2 * comparisons) / (1 - confidence);
  const questions = questionsOf(margin);
  let seen = 0;
  let decided: Look | null = null;
  return (difference) => {
    seen += 1;
    // All are asked each time: one that was left out would miss this bet.
    const word = questions.filter(({ evidence }) => evidence(difference) >= enough)[0]?.word;
    if (decided === null && word !== undefined)
      decided = { state: 'decided', word, after: seen, saved: Math.max(0, cases - seen) };
    return decided ?? { state: 'go on', seen };
  };
}

/** The last of the looks at so many differences. @see looks */
export function nextLook(differences: readonly number[], policy: SequentialPolicy): Look {
  const look = looks(policy);
  return differences.map(look).at(-1) ?? { state: 'go on', seen: 0 };
}

/** p-values of questions that may be asked after any number of cases, two-sided or on that scale. */
export type AnytimePValues = {
  /** Of better, or else of a loss of more than the margin: whichever has more evidence. */
  readonly pValue: number;
  /** Which of the two it is of: 1 better, -1 worse. */
  readonly side: 1 | -1;
  /** That a loss of the margin or more is there; 1 without a margin. */
  readonly noWorse: number;
};

/**
 * The verdicts of `looks` as p-values: each is at its level at most when, and only when, that verdict has been reached.
 *
 * Source: Ville's inequality: one over the largest capital so far is a p-value, whenever one stops.
 */
export function anytimePValues(differences: readonly number[], margin: number): AnytimePValues {
  const highest = { better: 1, worse: 1, 'no-worse': 1 };
  const questions = questionsOf(margin);
  for (const difference of differences)
    for (const { word, evidence } of questions) highest[word] = Math.max(highest[word], evidence(difference));
  const twoSided = (most: number) => Math.min(1, 2 / most);
  return {
    pValue: twoSided(Math.max(highest.better, highest.worse)),
    side: highest.better >= highest.worse ? 1 : -1,
    noWorse: twoSided(highest['no-worse']),
  };
}

function questionsOf(margin: number) {
  const losses = evidenceAbove(margin);
  return [
    { word: 'better', evidence: evidenceAbove(0) },
    { word: 'worse', evidence: (difference: number) => losses(-difference) },
    ...(margin > 0 ? [{ word: 'no-worse', evidence: evidenceAbove(-margin) } as const] : []),
  ] as const;
}
