/** Where the longest stretch that two lists of code points share begins in the second one, and how long it is. */
export type SharedStretch = { readonly start: number; readonly length: number };

/**
 * Reads the second text through the suffix automaton of the first: time and memory grow with the lengths, not their product.
 *
 * Source: Blumer et al. (1985), Theoretical Computer Science 40, 31-55.
 */
export function longestShared(pattern: readonly string[]): (text: readonly string[]) => SharedStretch {
  const next: Map<string, number>[] = [new Map()];
  const link = [-1];
  const lengths = [0];
  let last = 0;
  for (const sign of pattern) {
    const state = next.push(new Map()) - 1;
    lengths[state] = (lengths[last] ?? 0) + 1;
    link[state] = 0;
    let at = last;
    for (; at !== -1 && !next[at]?.has(sign); at = link[at] ?? -1) next[at]?.set(sign, state);
    if (at !== -1) {
      const target = next[at]?.get(sign) ?? 0;
      link[state] = (lengths[at] ?? 0) + 1 === lengths[target] ? target : split(at, target, sign);
    }
    last = state;
  }
  return (text) => longestIn(text);

  /** A state that is reached by stretches of several lengths becomes two. */
  function split(from: number, target: number, sign: string): number {
    const clone = next.push(new Map(next[target])) - 1;
    lengths[clone] = (lengths[from] ?? 0) + 1;
    link[clone] = link[target] ?? 0;
    link[target] = clone;
    for (let at = from; at !== -1 && next[at]?.get(sign) === target; at = link[at] ?? -1) next[at]?.set(sign, clone);
    return clone;
  }

  function longestIn(text: readonly string[]): SharedStretch {
    let [state, length] = [0, 0];
    let best: SharedStretch = { start: 0, length: 0 };
    for (const [at, sign] of text.entries()) {
      while (state !== 0 && !next[state]?.has(sign)) {
        state = link[state] ?? 0;
        length = lengths[state] ?? 0;
      }
      const reached = next[state]?.get(sign);
      if (reached !== undefined) [state, length] = [reached, length + 1];
      else length = 0;
      if (length > best.length) best = { start: at - length + 1, length };
    }
    return best;
  }
}
