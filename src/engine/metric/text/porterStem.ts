/**
 * The stem of a lower-case English word: `running` becomes `run`, `happily` `happili`.
 *
 * Source: Porter (1980), Program 14(3), 130-137, with the extensions of NLTK 3.10 (its default, which rouge_score uses).
 */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  return [step1a, step1b, step1c, step2, step3, step4, step5a, step5b].reduce((stem, step) => step(stem), word);
}

const IRREGULAR = new Map(
  Object.entries({
    sky: ['sky', 'skies'],
    die: ['dying'],
    lie: ['lying'],
    tie: ['tying'],
    news: ['news'],
    inning: ['innings', 'inning'],
    outing: ['outings', 'outing'],
    canning: ['cannings', 'canning'],
    howe: ['howe'],
    proceed: ['proceed'],
    exceed: ['exceed'],
    succeed: ['succeed'],
  }).flatMap(([stem, words]) => words.map((word) => [word, stem] as const)),
);

type Rule = readonly [suffix: string, replacement: string, holds?: (stem: string) => boolean];

const someMeasure = (stem: string) => measure(stem) > 0;
const moreMeasure = (stem: string) => measure(stem) > 1;

function step1a(word: string): string {
  if (word.length === 4 && word.endsWith('ies')) return `${word.slice(0, 1)}ie`;
  return applyFirst(word, [
    ['sses', 'ss'],
    ['ies', 'i'],
    ['ss', 'ss'],
    ['s', ''],
  ]);
}

function step1b(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, -3) + (word.length === 4 ? 'ie' : 'i');
  if (word.endsWith('eed')) return someMeasure(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const suffix = ['ed', 'ing'].find((end) => word.endsWith(end) && hasVowel(word.slice(0, -end.length)));
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function step1c(word: string): string {
  if (!word.endsWith('y')) return word;
  const stem = word.slice(0, -1);
  return stem.length > 1 && consonants(stem).at(-1) === true ? `${stem}i` : word;
}

const STEP2: readonly Rule[] = (
  [
    ['ational', 'ate'],
    ['tional', 'tion'],
    ['enci', 'ence'],
    ['anci', 'ance'],
    ['izer', 'ize'],
    ['bli', 'ble'],
    ['alli', 'al'],
    ['entli', 'ent'],
    ['eli', 'e'],
    ['ousli', 'ous'],
    ['ization', 'ize'],
    ['ation', 'ate'],
    ['ator', 'ate'],
    ['alism', 'al'],
    ['iveness', 'ive'],
    ['fulness', 'ful'],
    ['ousness', 'ous'],
    ['aliti', 'al'],
    ['iviti', 'ive'],
    ['biliti', 'ble'],
    ['fulli', 'ful'],
  ] as const
).map(([suffix, replacement]) => [suffix, replacement, someMeasure] as const);

function step2(word: string): string {
  if (word.endsWith('alli') && someMeasure(word.slice(0, -4))) return step2(word.slice(0, -2));
  // The l of "logi" belongs to the stem, so that "geologi" has one that is long enough.
  return applyFirst(word, [...STEP2, ['logi', 'log', (stem) => someMeasure(`${stem}l`)]]);
}

function step3(word: string): string {
  return applyFirst(word, [
    ['icate', 'ic', someMeasure],
    ['ative', '', someMeasure],
    ['alize', 'al', someMeasure],
    ['iciti', 'ic', someMeasure],
    ['ical', 'ic', someMeasure],
    ['ful', '', someMeasure],
    ['ness', '', someMeasure],
  ]);
}

const STEP4: readonly Rule[] = 'al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize'
  .split(' ')
  .map((suffix) => [suffix, '', suffix === 'ion' ? (stem) => moreMeasure(stem) && /[st]$/.test(stem) : moreMeasure]);

function step4(word: string): string {
  return applyFirst(word, STEP4);
}

function step5a(word: string): string {
  if (!word.endsWith('e')) return word;
  const stem = word.slice(0, -1);
  const size = measure(stem);
  return size > 1 || (size === 1 && !endsShort(stem)) ? stem : word;
}

function step5b(word: string): string {
  return word.endsWith('ll') && moreMeasure(word.slice(0, -1)) ? word.slice(0, -1) : word;
}

/** The first rule whose suffix is there decides, whether its condition holds or not. */
function applyFirst(word: string, rules: readonly Rule[]): string {
  for (const [suffix, replacement, holds] of rules) {
    if (!word.endsWith(suffix)) continue;
    const stem = word.slice(0, word.length - suffix.length);
    return holds === undefined || holds(stem) ? stem + replacement : word;
  }
  return word;
}

/** Of each letter whether it is a consonant; `y` is one at the beginning and after a vowel. */
function consonants(word: string): boolean[] {
  const flags: boolean[] = [];
  for (const letter of word) {
    const previous = flags.at(-1) ?? false;
    flags.push(letter === 'y' ? !previous : !'aeiou'.includes(letter));
  }
  return flags;
}

/** Porter's m: how often a vowel is followed by a consonant. */
function measure(stem: string): number {
  const flags = consonants(stem);
  return flags.filter((isConsonant, index) => isConsonant && index > 0 && flags[index - 1] === false).length;
}

function hasVowel(stem: string): boolean {
  return consonants(stem).includes(false);
}

function endsDoubleConsonant(stem: string): boolean {
  return stem.length >= 2 && stem.at(-1) === stem.at(-2) && consonants(stem).at(-1) === true;
}

/** Consonant, vowel, consonant other than w, x and y; or vowel and consonant alone. */
function endsShort(stem: string): boolean {
  const flags = consonants(stem);
  if (stem.length === 2) return flags[0] === false && flags[1] === true;
  const [third, second, last] = flags.slice(-3);
  return stem.length > 2 && third === true && second === false && last === true && !/[wxy]$/.test(stem);
}
