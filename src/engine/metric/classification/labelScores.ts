import type { ClassCounts, ConfusionSums } from './confusionCounts.ts';

export const AVERAGES = ['macro', 'micro', 'weighted', 'binary'] as const;
export type Average = (typeof AVERAGES)[number];

/** A number of one class, or of all when their counts are added up. */
export type ClassScore = (counts: ClassCounts) => number;

/** 0 when the class was never answered. */
export const precisionOf: ClassScore = ({ right, answered }) => (answered === 0 ? 0 : right / answered);

/** 0 when the class was never expected. */
export const recallOf: ClassScore = ({ right, expected }) => (expected === 0 ? 0 : right / expected);

/** 0 when the class was neither expected nor answered. Source: van Rijsbergen (1979), Information Retrieval, chapter 7. */
export function fBetaOf(beta: number): ClassScore {
  const square = beta * beta;
  return ({ right, expected, answered }) => {
    const whole = square * expected + answered;
    return whole === 0 ? 0 : ((1 + square) * right) / whole;
  };
}

/**
 * A number of classes over all of them: their plain mean (macro), that of their counts added up (micro), the mean by how
 * often each is expected (weighted), or that of the positive one (binary).
 *
 * @param classes those that count; null for all that occur
 */
export function averaged(
  sums: ConfusionSums,
  score: ClassScore,
  average: Average,
  classes: readonly string[] | null,
): number {
  const counts = (classes ?? [...sums.classes.keys()]).map((name) => sums.classes.get(name) ?? NEVER);
  if (average === 'micro') return score(counts.reduce(add, NEVER));
  if (average !== 'weighted') return counts.reduce((sum, one) => sum + score(one), 0) / counts.length;
  const weights = counts.reduce((sum, { expected }) => sum + expected, 0);
  return counts.reduce((sum, one) => sum + one.expected * score(one), 0) / weights;
}

/** The mean of the recalls of the classes that are expected. Source: Brodersen et al. (2010), ICPR, 3121-3124. */
export function balancedAccuracy({ classes }: ConfusionSums): number {
  const recalls = [...classes.values()].filter(({ expected }) => expected > 0).map(recallOf);
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

/**
 * Matthews' correlation for any number of classes, -1..1; 0 when all is one class on either side. Answers that name no
 * class are a class of their own.
 *
 * Source: Gorodkin (2004), Comput. Biol. Chem. 28, 367-374.
 */
export function matthews(sums: ConfusionSums): number {
  const { chance, expectedSquares, answeredSquares } = marginals(sums);
  const { total, right } = sums;
  const spread = Math.sqrt(total * total - expectedSquares) * Math.sqrt(total * total - answeredSquares);
  return spread === 0 ? 0 : (right * total - chance) / spread;
}

/**
 * Cohen's kappa of what is expected and what is answered, -1..1. Answers that name no class are a class of their own.
 *
 * @returns null when chance alone would agree always
 * Source: Cohen (1960), Educ. Psychol. Meas. 20(1), 37-46.
 */
export function kappaOf(sums: ConfusionSums): number | null {
  const { chance } = marginals(sums);
  const { total, right } = sums;
  const square = total * total;
  return chance === square ? null : (right * total - chance) / (square - chance);
}

const NEVER: ClassCounts = { expected: 0, answered: 0, right: 0 };

function add(a: ClassCounts, b: ClassCounts): ClassCounts {
  return { expected: a.expected + b.expected, answered: a.answered + b.answered, right: a.right + b.right };
}

function marginals({ classes, nameless }: ConfusionSums) {
  let chance = 0;
  let expectedSquares = 0;
  let answeredSquares = nameless * nameless;
  for (const { expected, answered } of classes.values()) {
    chance += expected * answered;
    expectedSquares += expected * expected;
    answeredSquares += answered * answered;
  }
  return { chance, expectedSquares, answeredSquares };
}
