import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_OUTPUT_TOKENS, MAX_REFERENCE_TOKENS } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { remember } from '../remember.ts';
import { signature } from '../signature.ts';
import { porterStem } from '../text/porterStem.ts';
import { scorePairs, textPair } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { BLEU_TOKENIZERS, preparedTokens, TOKENIZE, undividedHint } from './bleuTokenizer.ts';
import { type GroupsOf, matchSynonyms, synonymGroups } from './synonyms.ts';

const ALPHA = 0.9;
const BETA = 3;
const GAMMA = 0.5;

export const meteor = defineMetric({
  kind: 'meteor',
  family: 'overlap',
  summary:
    'METEOR, 0..1: words shared as they are, by their English stem or as synonyms of your own list, less for scattered ones.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Lavie and Agarwal (2007) as in NLTK 3.10 (alpha 0.9, beta 3, gamma 0.5), exact and Porter stages, then synonyms where a list is given, by their stems as NLTK compares them: no WordNet. Best of several.',
  options: () =>
    z.strictObject({
      ...fields.textFields,
      tokenize: z
        .enum([...BLEU_TOKENIZERS, 'auto'])
        .optional()
        .meta({ description: TOKENIZE }),
      synonyms: z
        .array(z.array(z.string().trim().min(1)).min(2))
        .max(10_000)
        .optional()
        .meta({ description: 'Groups of words that mean the same, e.g. `[[buyer, purchaser], [quick, fast]]`.' }),
    }),
  shorthand: 'expected',
  create: ({ tokenize = 'auto', synonyms, ...given }) => {
    const read = textPair(given);
    if ('error' in read) return read;
    const wordsOf = (text: string) => preparedTokens(text, tokenize, true);
    const groupsOf = synonyms === undefined ? null : synonymGroups(synonyms);
    const prepared = remember((references) => references.map(wordsOf).filter((words) => words.length > 0));
    return {
      signature: signature('meteor', {
        path: given.path,
        expected: given.expected,
        tok: tokenize,
        case: 'lc',
        stages: synonyms === undefined ? 'exact+porter' : 'exact+porter+synonyms',
        synonyms,
        a: ALPHA,
        b: BETA,
        g: GAMMA,
      }),
      role: given.threshold === undefined ? 'grades' : 'decides',
      score: scorePairs(read, ({ output, references }) => {
        const usable = prepared(references);
        if (usable.length === 0) return unscored('The expected text has no words.');
        const words = wordsOf(output);
        const size = usable.reduce((sum, one) => sum + one.length, 0);
        if (words.length > MAX_OUTPUT_TOKENS || size > MAX_REFERENCE_TOKENS)
          return unscored('The texts are too long for METEOR.');
        const best = usable
          .map((reference) => meteorOf(words, reference, groupsOf))
          .reduce((a, b) => (b.value > a.value ? b : a));
        const said = `${count(best.matched, 'word')} shared in ${count(best.chunks, 'piece')}, ${words.length} in the output, ${best.expected} expected`;
        const hint = undividedHint(best.value, best.expected, tokenize);
        return graded(best.value, given.threshold, `METEOR ${digits(best.value)}: ${said}${hint}.`);
      }),
    };
  },
});

type Meteor = { readonly value: number; readonly matched: number; readonly chunks: number; readonly expected: number };

function meteorOf(output: readonly string[], reference: readonly string[], groupsOf: GroupsOf | null): Meteor {
  const places = new Int32Array(output.length).fill(-1);
  const taken = new Uint8Array(reference.length);
  matchStage(output, reference, places, taken);
  const [outputStems, referenceStems] = [output.map(porterStem), reference.map(porterStem)];
  matchStage(outputStems, referenceStems, places, taken);
  if (groupsOf !== null) matchSynonyms(outputStems, referenceStems, groupsOf, places, taken);
  const expected = reference.length;
  const matched = places.reduce((sum, place) => sum + (place >= 0 ? 1 : 0), 0);
  if (matched === 0) return { value: 0, matched, chunks: 0, expected };
  let chunks = 0;
  for (const [at, place] of places.entries()) {
    const continues = at > 0 && (places[at - 1] ?? -1) >= 0 && places[at - 1] === place - 1;
    if (place >= 0 && !continues) chunks += 1;
  }
  const precision = matched / output.length;
  const recall = matched / expected;
  const mean = (precision * recall) / (ALPHA * precision + (1 - ALPHA) * recall);
  return { value: (1 - GAMMA * (chunks / matched) ** BETA) * mean, matched, chunks, expected };
}

/** From the end, each word takes the last place of the same word that is free, as NLTK does. */
function matchStage(
  output: readonly string[],
  reference: readonly string[],
  places: Int32Array,
  taken: Uint8Array,
): void {
  const free = new Map<string, number[]>();
  for (const [at, word] of reference.entries()) {
    if (taken[at] === 1) continue;
    const known = free.get(word);
    if (known === undefined) free.set(word, [at]);
    else known.push(at);
  }
  for (let at = output.length - 1; at >= 0; at -= 1) {
    if ((places[at] ?? -1) >= 0) continue;
    const place = free.get(output[at] ?? '')?.pop();
    if (place === undefined) continue;
    places[at] = place;
    taken[place] = 1;
  }
}
