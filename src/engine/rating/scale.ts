/**
 * What a rater may say: a whole number of a short range, yes or no (1, 0), or which of two answers is better (1 for the one that
 * is preferred, 0.5 for each of a tie, 0 for the other).
 */
export type Scale = readonly [min: number, max: number] | 'yes-no' | 'prefer';

/** A key of the keyboard for each value. */
export const MOST_STEPS = 10;

/** The values of a scale, from the worst to the best. */
export function scaleValues(scale: Scale): number[] {
  if (scale === 'yes-no') return [0, 1];
  if (scale === 'prefer') return [0, 0.5, 1];
  const [min, max] = scale;
  return Array.from({ length: max - min + 1 }, (_, step) => min + step);
}

/** A value of a scale as 0..1, higher better. */
export function scaleScore(scale: Scale, value: number): number {
  if (typeof scale === 'string') return value;
  const [min, max] = scale;
  return (value - min) / (max - min);
}

/** `1-5`, `yes-no`, `prefer`: as ratings and signatures name it. */
export function scaleName(scale: Scale): string {
  return typeof scale === 'string' ? scale : `${scale[0]}-${scale[1]}`;
}

/** @returns null for what is no scale */
export function parseScaleName(name: string): Scale | null {
  if (name === 'yes-no' || name === 'prefer') return name;
  const found = /^(\d{1,3})-(\d{1,3})$/.exec(name);
  const [min, max] = [Number(found?.[1]), Number(found?.[2])];
  return found && isRange(min, max) ? [min, max] : null;
}

export function isRange(min: number, max: number): boolean {
  return max > min && max - min < MOST_STEPS;
}
