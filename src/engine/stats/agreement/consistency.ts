import { countLabels, type Label } from './labels.ts';

/** Which of two answers was preferred, by its place in the question. */
type PlaceVerdict = 'first' | 'second' | 'tie';

/** One comparison, asked in both orders. */
export type BothOrders = { readonly given: PlaceVerdict; readonly swapped: PlaceVerdict };

export type PositionBias = {
  readonly comparisons: number;
  /** Share in which the same place won in both orders, whatever stood there. */
  readonly rate: number;
  readonly first: number;
  readonly second: number;
  /** Share in which the same answer won in both orders, or neither did in both. */
  readonly consistent: number;
};

/**
 * How often a judge prefers a place instead of an answer; null for no comparisons.
 *
 * Source: Zheng et al. (2023), Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena, NeurIPS 36, section 3.3.
 */
export function positionBias(comparisons: readonly BothOrders[]): PositionBias | null {
  const n = comparisons.length;
  if (n === 0) return null;
  const both = (place: PlaceVerdict) =>
    comparisons.filter(({ given, swapped }) => given === place && swapped === place).length;
  const changed = comparisons.filter(({ given, swapped }) => given !== swapped && given !== 'tie' && swapped !== 'tie');
  const [first, second] = [both('first'), both('second')];
  return { comparisons: n, rate: (first + second) / n, first, second, consistent: (changed.length + both('tie')) / n };
}

/**
 * How often two verdicts on the same input agree, on average over the inputs that were judged at least twice; null for none.
 * An input that was judged more often weighs no more.
 */
export function selfConsistency<T extends Label>(inputs: readonly (readonly T[])[]): number | null {
  const repeated = inputs.filter(({ length }) => length > 1);
  if (repeated.length === 0) return null;
  let agreed = 0;
  for (const verdicts of repeated) {
    let pairs = 0;
    for (const count of countLabels(verdicts).values()) pairs += count * (count - 1);
    agreed += pairs / (verdicts.length * (verdicts.length - 1));
  }
  return agreed / repeated.length;
}
