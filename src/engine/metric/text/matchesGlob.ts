/**
 * Whether a name fits a pattern in which `*` stands for any characters and `?` for one.
 *
 * Goes back to the last star only, so that the time stays within name x pattern.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const [signs, wanted] = [[...text], [...pattern]];
  let [at, place, star, from] = [0, 0, -1, 0];
  while (at < signs.length) {
    if (wanted[place] === '*') {
      [star, from] = [place, at];
      place += 1;
    } else if (wanted[place] === '?' || wanted[place] === signs[at]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      from += 1;
      [at, place] = [from, star + 1];
    } else return false;
  }
  return wanted.slice(place).every((sign) => sign === '*');
}
