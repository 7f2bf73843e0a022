/** Differences with which tests of formulas are tried: few, with ties and zeros, many, many with ties and zeros. */
export const FEW: readonly number[] = [0.1, 0.25, -0.3, 0.4, 0.55, -0.05, 0.7];
export const SOME: readonly number[] = [0.5, 0.5, -0.25, 0, 0, 0.25, 1, -0.5, 0.75, 0.25, 0.25, 0, -0.25];
export const MANY: readonly number[] = Array.from({ length: 60 }, (_, index) =>
  Number((Math.sin(index * 12.9898) * 0.8 + 0.1).toFixed(4)),
);
export const TIED: readonly number[] = Array.from(
  { length: 80 },
  (_, index) => Math.round((Math.sin(index * 7.3) + 0.2) * 4) / 4,
);
/** Most of them small, some large. */
export const SKEWED: readonly number[] = Array.from({ length: 40 }, (_, index) =>
  Number(((Math.sin(index * 12.9898) + 1) ** 3).toFixed(6)),
);
