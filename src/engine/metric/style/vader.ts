/** What a word says, about -4..4; undefined for one that says nothing. Asked in lower case. */
export type SentimentLexicon = (word: string) => number | undefined;

/** Sentiment of a text: shares of 0..1 that come to 1, and all together -1..1. */
export type Sentiment = {
  readonly compound: number;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
};

const STRONGER = 0.293;
const CAPITALS = 0.733;
const NEGATED = -0.74;
/** How far a word that stands 1, 2 or 3 places before counts. */
const BY_DISTANCE = [1, 0.95, 0.9];
/** The square of the sum that is half way to 1, about. */
const ALPHA = 15;

const list = (words: string) => words.split(' ');
const BOOSTERS = new Map([
  ...list(
    'absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin frackin fracking fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella highly hugely incredible incredibly intensely major majorly more most particularly purely quite really remarkably so substantially thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly very',
  ).map((word) => [word, STRONGER] as const),
  ...list(
    'almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally partly scarce scarcely slight slightly somewhat sorta sortof sort-of',
  ).map((word) => [word, -STRONGER] as const),
  ...['just enough', 'kind of', 'sort of'].map((words) => [words, -STRONGER] as const),
]);
const NEGATIONS = new Set(
  list(
    'aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neither neednt never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh uh-uh wasnt werent without wont wouldnt rarely seldom despite',
  ),
);
const IDIOMS: ReadonlyMap<string, number> = new Map([
  ...([
    ['the shit', 3],
    ['the bomb', 3],
    ['bad ass', 1.5],
    ['badass', 1.5],
    ['bus stop', 0],
  ] as const),
  ...([
    ['yeah right', -2],
    ['kiss of death', -1.5],
    ['to die for', 3],
    ['beating heart', 3.5],
  ] as const),
]);

/**
 * Sentiment by the rules of VADER: words of a lexicon, stronger or weaker by what stands before them, by capitals and by `!` and `?`, turned
 * round by a negation up to three words before, and halved before a `but`.
 *
 * Source: Hutto and Gilbert (2014), ICWSM, with the rules of vaderSentiment 3.3.2, but for its list of emoji.
 *
 * @returns null for a text without words
 */
export function vader(text: string, lexicon: SentimentLexicon): Sentiment | null {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(withoutMarks);
  if (words.length === 0) return null;
  const lower = words.map((word) => word.toLowerCase());
  const shouting = words.filter(isCapital).length;
  const reading = { words, lower, lexicon, isMixed: shouting > 0 && shouting < words.length };
  const values = weighedByBut(
    lower,
    words.map((_, index) => valueAt(reading, index)),
  );
  const emphasis = emphasisOf(text);
  const sum = values.reduce((total, value) => total + value, 0);
  const stressed = sum + Math.sign(sum) * emphasis;
  const neutral = values.filter((value) => value === 0).length;
  let positive = values.reduce((total, value) => (value > 0 ? total + value + 1 : total), 0);
  let negative = values.reduce((total, value) => (value < 0 ? total + 1 - value : total), 0);
  if (positive > negative) positive += emphasis;
  else if (positive < negative) negative += emphasis;
  const all = positive + negative + neutral;
  return {
    compound: Math.max(-1, Math.min(1, stressed / Math.sqrt(stressed * stressed + ALPHA))),
    positive: positive / all,
    neutral: neutral / all,
    negative: negative / all,
  };
}

type Reading = {
  readonly words: readonly string[];
  readonly lower: readonly string[];
  readonly lexicon: SentimentLexicon;
  /** Some words are in capitals, and not all. */
  readonly isMixed: boolean;
};

function valueAt(reading: Reading, index: number): number {
  const { words, lower, lexicon, isMixed } = reading;
  const at = (place: number) => lower[place] ?? '';
  const word = at(index);
  if (BOOSTERS.has(word) || (word === 'kind' && at(index + 1) === 'of')) return 0;
  const known = lexicon(word);
  if (known === undefined) return 0;
  let value = word === 'no' && lexicon(at(index + 1)) !== undefined ? 0 : known;
  const isDenied =
    at(index - 1) === 'no' ||
    at(index - 2) === 'no' ||
    (at(index - 3) === 'no' && (at(index - 1) === 'or' || at(index - 1) === 'nor'));
  if (isDenied) value = known * NEGATED;
  if (isMixed && isCapital(words[index] ?? '')) value += value > 0 ? CAPITALS : -CAPITALS;
  for (const [distance, weight] of BY_DISTANCE.entries()) {
    const place = index - distance - 1;
    if (place < 0 || lexicon(at(place)) !== undefined) continue;
    value += weight * boost(words[place] ?? '', value, isMixed);
    value *= turn(lower, index, distance);
    if (distance === 2) value = byIdiom(lower, index, value);
  }
  return isLeast(reading, index) ? value * NEGATED : value;
}

/** What a word of degree adds to the value behind it. */
function boost(word: string, value: number, isMixed: boolean): number {
  const degree = BOOSTERS.get(word.toLowerCase());
  if (degree === undefined) return 0;
  const own = value < 0 ? -degree : degree;
  return isMixed && isCapital(word) ? own + (value > 0 ? CAPITALS : -CAPITALS) : own;
}

/** By what the words before multiply a value: a negation turns it round, `never so` makes it stronger. */
function turn(lower: readonly string[], index: number, distance: number): number {
  const [first, second, third] = [lower[index - 1] ?? '', lower[index - 2] ?? '', lower[index - 3] ?? ''];
  const isSo = (word: string) => word === 'so' || word === 'this';
  const before = lower[index - distance - 1] ?? '';
  if (distance === 1) {
    if (second === 'never' && isSo(first)) return 1.25;
    if (second === 'without' && first === 'doubt') return 1;
  } else if (distance === 2) {
    if ((third === 'never' && isSo(second)) || isSo(first)) return 1.25;
    if (third === 'without' && (second === 'doubt' || first === 'doubt')) return 1;
  }
  return NEGATIONS.has(before.replaceAll("'", '')) || before.includes("n't") ? NEGATED : 1;
}

/** Phrases that say something else than their words, and degrees of two words. */
function byIdiom(lower: readonly string[], index: number, value: number): number {
  const phrase = (from: number, to: number) => lower.slice(index + from, index + to + 1).join(' ');
  const before = [phrase(-1, 0), phrase(-2, 0), phrase(-2, -1), phrase(-3, -1), phrase(-3, -2)];
  let result = before.map((words) => IDIOMS.get(words)).find((known) => known !== undefined) ?? value;
  if (lower.length - 1 > index) result = IDIOMS.get(phrase(0, 1)) ?? result;
  if (lower.length - 1 > index + 1) result = IDIOMS.get(phrase(0, 2)) ?? result;
  for (const degree of [phrase(-3, -1), phrase(-3, -2), phrase(-2, -1)]) result += BOOSTERS.get(degree) ?? 0;
  return result;
}

/** `least` turns round what follows, `at least` and `very least` do not. */
function isLeast({ lower, lexicon }: Reading, index: number): boolean {
  if (lower[index - 1] !== 'least' || lexicon('least') !== undefined) return false;
  return index === 1 || (lower[index - 2] !== 'at' && lower[index - 2] !== 'very');
}

/** Value by value, each at the first place where one like it stands: so the original does it. */
function weighedByBut(lower: readonly string[], values: readonly number[]): number[] {
  const weighed = [...values];
  const but = lower.indexOf('but');
  if (but === -1) return weighed;
  for (let index = 0; index < weighed.length; index += 1) {
    const value = weighed[index] ?? 0;
    const place = weighed.indexOf(value);
    if (place !== but) weighed[place] = value * (place < but ? 0.5 : 1.5);
  }
  return weighed;
}

function emphasisOf(text: string): number {
  const exclamations = Math.min(4, text.split('!').length - 1);
  const questions = text.split('?').length - 1;
  return exclamations * 0.292 + (questions < 2 ? 0 : questions <= 3 ? questions * 0.18 : 0.96);
}

/** Without marks around it, but for what is most likely an emoticon. */
function withoutMarks(word: string): string {
  const bare = word.replace(/^[!-/:-@[-`{-~]+/, '').replace(/[!-/:-@[-`{-~]+$/, '');
  return bare.length <= 2 ? word : bare;
}

function isCapital(word: string): boolean {
  return word === word.toUpperCase() && word !== word.toLowerCase();
}
