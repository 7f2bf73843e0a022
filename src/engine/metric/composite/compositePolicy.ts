import type { RepeatPolicy } from '../../repeats/repeatPolicy.ts';

/** How scores become one: their weighted mean of a kind, or the least of them. */
export const COMPOSITE_MEANS = ['arithmetic', 'geometric', 'harmonic', 'min'] as const;
export type CompositeMean = (typeof COMPOSITE_MEANS)[number];

/** Weights of metrics, by name, for the cases with a tag; those that are not named stay as they are. */
export type WeightSlice = { readonly tag: string; readonly weights: { readonly [metric: string]: number } };

/** How the scores of a sample become one number. */
export type CompositePolicy = {
  /** A sample passes at or above it; 0..1. */
  readonly threshold: number;
  /** What a missing score does: its weight is spread over the others, it counts 0, or the sample is unscored. */
  readonly missing: 'renormalise' | 'zero' | 'unscored';
  /** By default arithmetic. */
  readonly mean?: CompositeMean;
  /** Instead of a mean: arithmetic over the scores by their metrics' names; what it gives is cut to 0..1. */
  readonly formula?: string;
  /** Other weights for cases with a tag; of several that fit a case, the last one that names a metric counts. */
  readonly slices?: readonly WeightSlice[];
  /** What the repeats of a case come to; by default their mean, and the majority passes. */
  readonly repeats?: RepeatPolicy;
};
