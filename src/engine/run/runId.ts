/** 36^8 ms reach into the year 2059. */
const TIME_DIGITS = 8;
const RANDOM_DIGITS = 4;

/**
 * The id of a new run: `r`, its time, and something random; short, and later runs sort after earlier ones.
 *
 * @param nowMs  since 1970
 * @param random 0 <= random < 1
 */
export function newRunId(nowMs: number, random: number): string {
  const time = Math.floor(nowMs).toString(36).padStart(TIME_DIGITS, '0');
  const noise = Math.floor(random * 36 ** RANDOM_DIGITS).toString(36);
  return `r${time}${noise.padStart(RANDOM_DIGITS, '0')}`;
}
