/** How the scores of a sample become one number. */
export type CompositePolicy = {
  /** A sample passes at or above it; 0..1. */
  readonly threshold: number;
  /** What a missing score does: its weight is spread over the others, it counts 0, or the sample is unscored. */
  readonly missing: 'renormalise' | 'zero' | 'unscored';
};
