/** What is left of two sequences without what both begin and end with: neither edit distance nor LCS needs to look at it. */
export function withoutSharedEnds<T extends string | Int32Array>(a: T, b: T): { a: T; b: T; shared: number } {
  const least = Math.min(a.length, b.length);
  let head = 0;
  while (head < least && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const cut = (sequence: T): T => sequence.slice(head, sequence.length - tail) as T;
  return { a: cut(a), b: cut(b), shared: head + tail };
}
