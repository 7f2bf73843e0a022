import { porterStem } from '../text/porterStem.ts';

/** The groups of synonyms that the word of a stem is in, by their numbers. */
export type GroupsOf = (stem: string) => readonly number[];

/** Groups of words that mean the same; a word may be in several. They are compared by their English stems, in lower case. */
export function synonymGroups(groups: readonly (readonly string[])[]): GroupsOf {
  const known = new Map<string, number[]>();
  for (const [number, words] of groups.entries()) {
    for (const stem of new Set(words.map((word) => porterStem(word.toLowerCase())))) {
      const numbers = known.get(stem);
      if (numbers === undefined) known.set(stem, [number]);
      else numbers.push(number);
    }
  }
  return (stem) => known.get(stem) ?? [];
}

/** From the end, each word that is left takes the last free place of a word that shares a group with it. */
export function matchSynonyms(
  output: readonly string[],
  reference: readonly string[],
  groupsOf: GroupsOf,
  places: Int32Array,
  taken: Uint8Array,
): void {
  const byGroup = new Map<number, number[]>();
  for (const [at, stem] of reference.entries()) {
    if (taken[at] === 1) continue;
    for (const group of groupsOf(stem)) {
      const known = byGroup.get(group);
      if (known === undefined) byGroup.set(group, [at]);
      else known.push(at);
    }
  }
  for (let at = output.length - 1; at >= 0; at -= 1) {
    if ((places[at] ?? -1) >= 0) continue;
    let place = -1;
    for (const group of groupsOf(output[at] ?? '')) {
      const free = byGroup.get(group) ?? [];
      // A word of two groups may have been taken by way of the other one.
      while (taken[free.at(-1) ?? -1] === 1) free.pop();
      place = Math.max(place, free.at(-1) ?? -1);
    }
    if (place < 0) continue;
    places[at] = place;
    taken[place] = 1;
  }
}
