import { type NumberFormat, plainNumbers, readNumbers } from './readNumbers.ts';

const AS_IN_JSON = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*$/i;

/**
 * The number that a value is or spells: a number of JSON, a text that is one, else the last that a text holds.
 *
 * @returns null when there is none; never NaN
 */
export function numberOf(value: unknown, format: NumberFormat): number | null {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value !== 'string') return null;
  if (AS_IN_JSON.test(value)) return Number(value);
  return readNumbers(plainNumbers(value), format).at(-1)?.value ?? null;
}
