import { editDistance } from '../metric/edit/levenshtein.ts';

/** The candidate that a mistyped word most likely means; null when none is near: more than a third of it would change. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const given = word.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = editDistance(given, candidate.toLowerCase())?.distance ?? least;
    if (changes < least) {
      least = changes;
      best = candidate;
    }
  }
  return best;
}

/** `Did you mean …?`, or the list of what there is. */
export function suggest(word: string, candidates: readonly string[], kind: string): string {
  const meant = nearest(word, candidates);
  return meant === null ? `${kind}: ${candidates.join(', ')}.` : `Did you mean \`${meant}\`?`;
}
