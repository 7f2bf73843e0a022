import { alignmentDistance, points } from '../metric/edit/alignmentDistance.ts';

/** The candidate that a mistyped word most likely means; null when none is near: more than a third of it would change. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const given = points(word.toLowerCase());
  let best: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = alignmentDistance(given, points(candidate.toLowerCase())) ?? least;
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
