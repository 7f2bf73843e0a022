import type { Json } from '../json.ts';

const YES = new Set(['yes', 'y', 'true', 'pass', 'passed', '是', '是的', '对', '正确', '通过', '符合', 'はい', '예']);
const NO = new Set([
  'no',
  'n',
  'false',
  'fail',
  'failed',
  '否',
  '不',
  '不是',
  '错误',
  '不通过',
  '不符合',
  'いいえ',
  '아니요',
]);

/** Yes or no as models write it; null when it is neither. */
export function readYesNo(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return null;
  const word = bare(value);
  return YES.has(word) ? true : NO.has(word) ? false : null;
}

/**
 * A number within a range: `0.8`, `"４"`, `"4/5"`, `"80 %"`. A fraction or percentage is a share of the range from 0.
 *
 * @returns null when there is none, or when it lies outside of the range
 */
export function readNumber(value: Json | undefined, [low, high]: readonly [number, number]): number | null {
  if (typeof value === 'number') return within(value, low, high);
  if (typeof value !== 'string') return null;
  const text = value.normalize('NFKC');
  const found = /^\s*([+-]?\d+(?:\.\d+)?)\s*(?:(?:\/|out of)\s*(\d+(?:\.\d+)?)|(%))?\s*(?:points?|分)?\s*\.?\s*$/i.exec(
    text,
  );
  if (!found) return null;
  const number = Number(found[1]);
  if (found[2] !== undefined && Number(found[2]) !== high) return within((number / Number(found[2])) * high, low, high);
  return within(found[3] === undefined ? number : (number / 100) * high, low, high);
}

/** The number after a word such as "score", in prose: `Score: 4/5`, `评分：８`. The last one counts. */
export function scoreInProse(text: string, range: readonly [number, number]): number | null {
  const named =
    /(?:score|rating|评分|得分|分数|スコア)\W{0,6}(\d+(?:\.\d+)?(?:\s*(?:\/|out of)\s*\d+(?:\.\d+)?|\s*%)?)/giu;
  const last = [...text.normalize('NFKC').matchAll(named)].at(-1)?.[1];
  return last === undefined ? readNumber(text, range) : readNumber(last, range);
}

/** Yes or no where it is the whole answer, its first word, or what follows a word such as "verdict"; null when unclear. */
export function yesNoInProse(text: string): boolean | null {
  const whole = readYesNo(text);
  if (whole !== null) return whole;
  const plain = text.normalize('NFKC');
  const named = /(?:verdict|answer|passed|pass|结论|判断|答案)\**\s*[:：=]\s*\**\s*([\p{L}]+)/iu.exec(plain)?.[1];
  return readYesNo(named ?? /^\W*(\p{L}+)\s*[,，.。;；:\n]/u.exec(plain)?.[1]);
}

/**
 * One of several letters or words: `B`, `(B)`, `B. The submission…`, `The answer is (B)`. Two different ones are no choice.
 *
 * @param choices as they are written in the judge's prompt
 */
export function readChoice(value: Json | undefined, choices: readonly string[]): string | null {
  if (typeof value !== 'string') return null;
  const text = value.normalize('NFKC');
  const exact = choices.find((choice) => choice.toLowerCase() === bare(text));
  if (exact !== undefined) return exact;
  const any = choices.map((choice) => choice.replace(/[^\w]/g, '\\$&')).join('|');
  for (const pattern of [
    new RegExp(
      `(?:answer|choice|option|verdict|答案|选项|选择)\\**(?:\\s+is|\\s*[:是为])?\\s*[("'*\\s]*(${any})(?![\\w'])`,
      'gi',
    ),
    new RegExp(`[([]\\s*(${any})\\s*[)\\]]`, 'gi'),
    new RegExp(`^\\W*(${any})\\s*[).:](?:\\s|$)`, 'gi'),
  ]) {
    const found = new Set([...text.matchAll(pattern)].map((match) => match[1]?.toLowerCase()));
    if (found.size > 1) return null;
    if (found.size === 1) return choices.find((choice) => found.has(choice.toLowerCase())) ?? null;
  }
  return null;
}

/** Without what models put around a word: stars, quotes, brackets, a full stop. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/^[\s*_"'`([]+|[\s*_"'`)\].。!！,，]+$/gu, '')
    .toLowerCase();
}

function within(number: number, low: number, high: number): number | null {
  return number >= low && number <= high ? number : null;
}
