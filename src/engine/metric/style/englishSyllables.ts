/** Sound as more, or fewer, syllables than they are written as. Each is counted once in a word. */
const MORE: readonly RegExp[] = [
  // me-di-a, ra-di-o, but na-tion, spe-cial, re-gion
  /(?:^|[^tscxgq])i[aou]/,
  // sci-ence, qui-et, va-ri-e-ty, but pa-tient, friend, field
  /(?:^|[^tscxgr])ie[nt]|riet|^scie/,
  // as-so-ci-ate, ap-pre-ci-ate
  /ciat/,
  // be-ing, do-ing, car-ry-ing, say-ing
  /(?:[eo]|[^aeiou]y|[aeo]y|ue)ing/,
  // vid-e-o, ge-og-ra-phy, but peo-ple
  /[^p]eo(?!u)/,
  // ac-tu-al, but lan-guage, e-qual
  /[^gq]ua/,
  // cre-ate, i-de-a, a-re-a, re-act, the-a-ter
  /creat[^u]|idea|area|react|theat/,
  // co-op-er-ate, co-or-di-nate
  /coop[^s]|coord/,
  // roy-al, be-yond, eve-ry-one
  /oya|eyo|ryone/,
  // eas-i-er, mod-i-fi-er, but sol-dier
  /[^aeioutdhm]iers?$|[ft]{2}iers?$|ddiers?$/,
  // tour-is-m, did-n't
  /sms?$|thms?$|[ds]n't$/,
  // flu-id, ge-nu-ine, but build, fruit
  /(?:^|[^bqgfrj])ui[dn]/,
  // judg-e's, box-'s
  /(?:[sxz]|[cs]h|[cgs]e)'s$/,
];
const FEWER: readonly RegExp[] = [
  // place-ment, use-ful, safe-ly, some-thing
  /[^aeiouyl]e(?:ly|ful|less|ment|ness|thing|where|body)/,
  // file-name, fore-ground, but re-name, be-side
  /[aeiouy](?:[^aeiouyl]{1,2}|l)e(?:name|line|page|ground|fore|work|wood|side|house|time|ty$)/,
  // au-to-mat-ic-ally
  /ically$/,
  // mil-lion, un-ion, be-hav-ior
  /[ln]ion|avio/,
  // u-nique, di-a-logue, but ar-gue
  /[^r][gq]ues?$/,
  /every|business|evening|different|suite/,
];

/**
 * How many syllables an English word has, by its letters: groups of vowels, without a silent e, with the commonest exceptions.
 *
 * @param word letters and apostrophes; anything else counts as consonants
 * @returns at least 1
 */
export function englishSyllables(word: string): number {
  const whole = word.toLowerCase().replaceAll('’', "'");
  const lower = whole.replace(/'s?$/, '');
  let syllables = lower.replace(/^y(?=[aeiou])/, '').match(/[aeiouy]+/g)?.length ?? 0;
  if (isSilentEnd(lower)) syllables -= 1;
  for (const rule of MORE) if (rule.test(whole)) syllables += 1;
  for (const rule of FEWER) if (rule.test(lower)) syllables -= 1;
  return Math.max(1, syllables);
}

/** make, makes, baked; but ta-ble, box-es, want-ed. */
function isSilentEnd(word: string): boolean {
  if (/[^aeiouy]e$/.test(word)) return !/[^aeiouylr]le$/.test(word);
  if (/[^aeiouy]es$/.test(word)) return !/(?:[sxzcg]|ch|sh|[^aeiouylr]l)es$/.test(word);
  return /[^aeiouytd]ed$/.test(word) && !/[^aeiouylr]led$/.test(word);
}
