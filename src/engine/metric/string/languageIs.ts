import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricTools, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { digits, show } from '../words.ts';
import { LANGUAGE_DETECTOR, LANGUAGES, languageOf, languagePieces } from './languages.ts';

const MAX_OUTPUT = 2_000_000;
/** Letters; a character of Han, kana, Hangul or the like says as much as three. */
const LEAST = 12;
const DENSE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}]/u;
/** Scores that are nearer than this are of languages as alike as Malay and Indonesian, or of too little text. */
const NEAR = 0.03;
const WEAK = 0.5;

export const languageIs = defineMetric({
  kind: 'language-is',
  family: 'string',
  summary:
    'The output is written in the expected language, by its ISO 639-1 code such as en or zh; code, links and numbers do not count.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Efficient Language Detector 2.1.0 (small), n-grams of bytes, over up to 60 pieces of the output. Fewer than 12 letters (4 of Chinese, Japanese, Korean or Thai), or two languages that are too near: unscored. Malay stands for Indonesian too.',
  options: () => z.strictObject({ expected: fields.expected, path: fields.path }),
  shorthand: 'expected',
  usesLanguages: true,
  create: ({ expected: given, path }, { tools }) => {
    const expected = expectedValue(given);
    if (typeof expected !== 'function') return expected;
    if (given !== undefined && languageOf(given) === null && !(typeof given === 'string' && given.includes('{{')))
      return { error: `${show(given)} is no language that is known here: give one of ${LANGUAGES.join(', ')}.` };
    return {
      signature: signature('language-is', { path, expected: given, by: LANGUAGE_DETECTOR }),
      role: 'decides',
      score: (input) => {
        const expectation = expected(input);
        if ('missing' in expectation) return unscored(sentence(expectation.missing));
        const language = languageOf(expectation.value);
        if (language === null) return unscored(`${show(expectation.value)} is no language that is known here.`);
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > MAX_OUTPUT) return unscored(`The output has more than ${MAX_OUTPUT} characters.`);
        return verdict(text, language, tools.scoreLanguages);
      },
    };
  },
});

function verdict(text: string, expected: string, scoreLanguages: MetricTools['scoreLanguages']): ScoreOutcome {
  const pieces = languagePieces(text);
  let said = 0;
  for (const letter of pieces.join('')) said += DENSE.test(letter) ? 3 : Number(letter !== ' ');
  if (said < LEAST) return unscored('The output has too few letters to tell its language.');
  const sums = new Map<string, number>();
  for (const piece of pieces)
    for (const [language, score] of scoreLanguages(piece)) sums.set(language, (sums.get(language) ?? 0) + score);
  const ranked = [...sums].map(([language, sum]) => ({ language, score: sum / pieces.length }));
  ranked.sort((a, b) => b.score - a.score);
  const [best, next] = ranked;
  if (best === undefined || best.score < WEAK) return unscored('The output is in no language that is known here.');
  const near = ranked.find(({ language }) => language === expected);
  const isAlike = next !== undefined && best.score - next.score < NEAR / 3;
  const mayBe = near !== undefined && near !== best && best.score - near.score < NEAR;
  if (best.language !== expected && mayBe)
    return unscored(`The output may be in ${best.language} or in ${expected}: they are too near.`);
  if (best.language === expected && isAlike)
    return unscored(`The output may be in ${expected} or in ${next.language}: they are too near.`);
  const scores = `${best.language} ${digits(best.score)}${next === undefined ? '' : `, then ${next.language} ${digits(next.score)}`}`;
  return best.language === expected
    ? binary(true, `The output is in ${expected}: ${scores}.`)
    : binary(false, `The output is in ${best.language}, not in ${expected}: ${scores}.`);
}
