import { SeededRandom } from '../stats/random.ts';

/** An answer that may be rated. */
export type ReviewCandidate = {
  readonly sampleId: number;
  readonly subject: string;
  readonly caseIndex: number;
  readonly variantId: string;
  readonly composite: number | null;
  /** 0..1, of the metrics that no person scores. */
  readonly scores: readonly number[];
  /** Whether this rater has said all that is asked. */
  readonly isRated: boolean;
  readonly otherRaters: number;
};

/** Within a band the order is chance: a strict order by doubt would tell the rater what the metrics think. */
const BANDS = 4;

/**
 * Answers in the order in which a rating tells most: those that this rater has not rated, of those what fewest others have rated,
 * then where the metrics disagree or the composite is near the threshold. Equal answers to equal cases come once.
 *
 * @param threshold of the composite, 0..1
 * @param seed of the shuffling: the same one gives the same order
 */
export function reviewOrder(
  candidates: readonly ReviewCandidate[],
  threshold: number,
  seed: number,
): readonly [ReviewCandidate][] {
  const distinct = shuffled(
    [...new Map(candidates.toReversed().map((one) => [one.subject, one])).values()].sort(byPlace),
    new SeededRandom(seed),
  );
  return distinct.sort((a, b) => compareUrgency(urgency([a], threshold), urgency([b], threshold))).map((one) => [one]);
}

/** The pairs that a case's answers make, each with its sides drawn by chance; most telling first, as `reviewOrder`. */
export function pairOrder(
  candidates: readonly ReviewCandidate[],
  isRated: (a: string, b: string) => boolean,
  threshold: number,
  seed: number,
): readonly [ReviewCandidate, ReviewCandidate][] {
  const random = new SeededRandom(seed);
  const pairs = [...Map.groupBy(candidates, ({ caseIndex }) => caseIndex).values()].flatMap((answers) =>
    pairsOf(answers),
  );
  const sided = shuffled(pairs, random).map(([a, b]): [ReviewCandidate, ReviewCandidate] =>
    random.bits() & 1 ? [b, a] : [a, b],
  );
  const urgencies = new Map(
    sided.map((pair) => [pair, { ...urgency(pair, threshold), isRated: isRated(pair[0].subject, pair[1].subject) }]),
  );
  return sided.sort((a, b) => compareUrgency(urgencies.get(a), urgencies.get(b)));
}

/** The first sample of each variant against that of every other; equal answers need no comparing. */
function pairsOf(answers: readonly ReviewCandidate[]): [ReviewCandidate, ReviewCandidate][] {
  const byVariant = new Map(answers.toReversed().map((one) => [one.variantId, one]));
  const distinct = [...new Map([...byVariant.values()].map((one) => [one.subject, one])).values()].sort(byPlace);
  return distinct.flatMap((a, index) =>
    distinct
      .slice(index + 1)
      .filter((b) => b.variantId !== a.variantId)
      .map((b): [ReviewCandidate, ReviewCandidate] => [a, b]),
  );
}

type Urgency = { readonly isRated: boolean; readonly otherRaters: number; readonly band: number };

function urgency(answers: readonly ReviewCandidate[], threshold: number): Urgency {
  const doubt = Math.max(...answers.map((one) => doubtOf(one, threshold)));
  return {
    isRated: answers.every((one) => one.isRated),
    otherRaters: Math.min(...answers.map((one) => one.otherRaters)),
    band: Math.min(BANDS - 1, Math.floor((1 - doubt) * BANDS)),
  };
}

/** 0..1: how far the metrics are apart, or how near the composite is to where a pass becomes a fail. */
function doubtOf({ scores, composite }: ReviewCandidate, threshold: number): number {
  const spread = scores.length < 2 ? 0 : Math.max(...scores) - Math.min(...scores);
  const near = composite === null ? 1 : 1 - Math.abs(composite - threshold) / Math.max(threshold, 1 - threshold);
  return Math.min(1, Math.max(0, spread, near));
}

function compareUrgency(a: Urgency | undefined, b: Urgency | undefined): number {
  if (!a || !b) return 0;
  return Number(a.isRated) - Number(b.isRated) || a.otherRaters - b.otherRaters || a.band - b.band;
}

function byPlace(a: ReviewCandidate, b: ReviewCandidate): number {
  return a.caseIndex - b.caseIndex || a.sampleId - b.sampleId;
}

/** Source: Fisher and Yates, from the end. Sorting afterwards is stable, so chance decides among equals. */
function shuffled<T>(values: readonly T[], random: SeededRandom): T[] {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor((random.bits() / 2 ** 32) * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
