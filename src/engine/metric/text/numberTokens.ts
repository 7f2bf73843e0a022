/** Tokens as numbers, the same for the same token of all texts that share `ids`; compared faster, and small. */
export function numberTokens(tokens: readonly string[], ids: Map<string, number>): Int32Array {
  return Int32Array.from(tokens, (token) => {
    const known = ids.get(token);
    if (known !== undefined) return known;
    ids.set(token, ids.size);
    return ids.size - 1;
  });
}
