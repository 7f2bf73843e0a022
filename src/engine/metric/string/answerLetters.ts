import { withoutTrailing } from '../text/withoutTrailing.ts';

/** What an answer is announced by, in the languages that we know it in; then what may stand between it and the letter. */
const ANNOUNCED =
  'answer|option|choice|antwort|réponse|reponse|respuesta|risposta|resposta|ответ|答案|回答|答え|解答|正解|选项|選項|选择|選擇|정답|답';
const SAYS = ' ?(?:is|ist|lautet|est|es|è|é|は|是|为|為|선|은|는)?';
const MARKS = '[ ("\'\\[{«「“]*';
const JOINT = ' ?(?:[,、/&+]| and | und | et | y | e ) ?';

/**
 * The letters that an output answers with, sorted, as "B" or "A,C".
 *
 * @param letters those that may be answered, in upper case
 * @returns null when none is found
 */
export function answerLetters(output: string, letters: string): string | null {
  const text = plain(output);
  return announced(text, letters) ?? writtenLetters(text, letters) ?? first(text, letters);
}

/** The letters of a text that holds nothing else: "b", "(B).", "A, C,"; null otherwise. */
export function writtenLetters(text: string, letters: string): string | null {
  const bare = withoutTrailing(plain(text).replace(/^[\s("'[{«「“]+/, ''), ' )"\']}»」”.,。、:;');
  return new RegExp(`^${letterSet(letters)}$`, 'i').test(bare) ? sorted(bare) : null;
}

function announced(text: string, letters: string): string | null {
  // A small letter is an answer behind a colon only: "the answer is a matter of taste" answers nothing.
  const clear = matches(
    `(?:${ANNOUNCED})${SAYS} ?[:=]${MARKS}(${letterSet(letters)})(?![\\p{Script=Latin}\\p{N}'’])`,
    'giu',
    text,
  );
  const loose = matches(
    `(?:${ANNOUNCED})${SAYS}${MARKS}(${letterSet(letters)})(?![\\p{Script=Latin}\\p{N}'’])`,
    'giu',
    text,
  );
  const boxed = matches(`\\\\boxed\\{(?:\\\\text\\{)?(${letterSet(letters)})\\}`, 'giu', text);
  const found = [...clear, ...boxed, ...loose.filter(({ answer }) => /^[A-Z]/.test(answer))];
  const last = found.reduce<Found | null>((best, one) => (best === null || one.at > best.at ? one : best), null);
  return last === null ? null : sorted(last.answer);
}

/** "B) Paris" or "(B) because". */
function first(text: string, letters: string): string | null {
  return new RegExp(`^\\(?([${letters}])[).:]`).exec(text)?.[1] ?? null;
}

type Found = { readonly at: number; readonly answer: string };

function matches(pattern: string, flags: string, text: string): Found[] {
  return Array.from(text.matchAll(new RegExp(pattern, flags)), ({ index, 1: answer = '' }) => ({ at: index, answer }));
}

/** NFKC, white space collapsed, no marks of Markdown. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[*_`~#]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function letterSet(letters: string): string {
  return `[${letters}](?:${JOINT}[${letters}](?![a-zA-Z])){0,25}`;
}

function sorted(answer: string): string {
  const words = answer.toUpperCase().split(/[^A-Z]+/);
  return [...new Set(words.filter((word) => word.length === 1))].sort().join(',');
}
