const KEPT = 64;
const LONGEST = 20_000;

/**
 * Keeps what was made of the last references: the variants and repeats of a case come one after another and share them.
 * Long ones are made again, because what is made of them is large.
 */
export function remember<T>(make: (texts: readonly string[]) => T): (texts: readonly string[]) => T {
  const made = new Map<string, T>();
  return (texts) => {
    const key = texts.length === 1 ? `1${texts[0]}` : JSON.stringify(texts);
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(texts);
    if (key.length > LONGEST) return fresh;
    for (const oldest of made.keys()) {
      if (made.size < KEPT) break;
      made.delete(oldest);
    }
    made.set(key, fresh);
    return fresh;
  };
}
