import { isJsonObject, type Json } from '../json.ts';
import type { ClaimSide, JudgedClaim } from './evidence.ts';
import { readNumber, readYesNo } from './readAnswer.ts';
import { readVerdict } from './readVerdict.ts';

/** The verdicts that a prompt asks for, and what each means for the score. */
export type VerdictWords = { readonly [word: string]: ClaimSide };

/** What is judged one by one, by the number that the prompt shows. */
export type Numbered = readonly { readonly number: number; readonly text: string }[];

/**
 * Reads `{ "claims": [{ claim, verdict, reason }] }`.
 *
 * @param numbered what each claim must be about, by its `number`; the result is in this order
 * @param words of which two may also be said as yes and no, unless `noYesNo`: of "flagged" either could be meant
 * @returns null where a verdict is missing, unknown or cut off: a share of the others would be another number
 */
export function readClaims(
  answer: string,
  words: VerdictWords,
  numbered?: Numbered,
  noYesNo = false,
): readonly JudgedClaim[] | null {
  const { object, cut } = readVerdict(answer);
  const list = object?.['claims'];
  if (cut || !Array.isArray(list)) return null;
  const read = list.map((item) => readClaim(item, words, noYesNo));
  if (read.some((claim) => claim === null)) return null;
  const claims = read.filter((claim) => claim !== null);
  if (numbered === undefined) return claims.map(({ number: _number, ...claim }) => claim);
  if (claims.length !== numbered.length) return null;
  const ordered = numbered.map(({ number, text }) => {
    const found = claims.find((claim) => claim.number === number);
    return found && { claim: text, verdict: found.verdict, side: found.side, reason: found.reason };
  });
  return ordered.every((claim) => claim !== undefined) ? ordered : null;
}

function readClaim(
  item: Json,
  words: VerdictWords,
  noYesNo: boolean,
): (JudgedClaim & { readonly number: number | null }) | null {
  if (!isJsonObject(item)) return null;
  const verdict = readWord(item['verdict'], words, noYesNo);
  if (verdict === null) return null;
  const { claim, reason } = item;
  return {
    claim: typeof claim === 'string' ? claim : '',
    verdict,
    side: words[verdict] ?? 'neither',
    reason: typeof reason === 'string' ? reason : '',
    number: readNumber(item['number'], [0, Number.MAX_SAFE_INTEGER]),
  };
}

/** One of the words, however it is spelt; of two words, yes and no stand for them. */
function readWord(value: Json | undefined, words: VerdictWords, noYesNo: boolean): string | null {
  const names = Object.keys(words);
  if (typeof value === 'string') {
    const word = value
      .normalize('NFKC')
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-')
      .replace(/[.。]$/, '');
    if (names.includes(word)) return word;
  }
  const yes = names.length === 2 && !noYesNo ? readYesNo(value) : null;
  if (yes === null) return null;
  return names.find((name) => words[name] === (yes ? 'for' : 'against')) ?? null;
}
