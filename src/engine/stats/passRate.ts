import { wilsonInterval } from './interval.ts';

type PassRate = { readonly rate: number; readonly low: number; readonly high: number };

/** The standard normal quantile of a 95 % interval. */
const Z_95 = 1.959963984540054;

/**
 * The share of judged samples that pass, with its 95 % Wilson interval, all in 0..1; null where none was judged.
 *
 * @param counts judged samples; errors and unscored ones are in neither number
 * @param repeats integer >= 1, how often each case was asked. Answers to the same case say little more than one of them, so the
 *   interval is that of the same rate over the cases: wider than for as many different cases.
 */
export function passRate(
  { pass, fail }: { readonly pass: number; readonly fail: number },
  repeats: number,
): PassRate | null {
  const judged = pass + fail;
  if (judged === 0) return null;
  const rate = pass / judged;
  const cases = Math.max(1, Math.round(judged / repeats));
  const [low, high] = wilsonInterval(Math.round(rate * cases), cases, Z_95);
  return { rate, low: Math.min(low, rate), high: Math.max(high, rate) };
}
