import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { plainMaths, readRational, sameRational } from '../text/readRational.ts';
import { quote } from '../words.ts';
import { checkPairs } from './checkPairs.ts';

const LONGEST = 2000;
const MAX_OUTPUT = 2_000_000;

export const mathsEquivalent = defineMetric({
  kind: 'maths-equivalent',
  family: 'string',
  summary:
    'The final answer is the expected number, however it is written: 1/2, 0.5, 50 % and \\frac{1}{2} are the same.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'The last \\boxed{…}, else what follows the last "answer:" or "answer is" on its line, else the whole output; of an equation, what is behind the last =. Numbers are compared exactly, as fractions of whole numbers; a percent is a hundredth. A unit on one side does not count, two must be the same. Nothing is calculated: other expressions are the same only if they are written alike but for spaces and marks of LaTeX.',
  options: () => z.strictObject({ expected: fields.expected, path: fields.path }),
  shorthand: 'expected',
  create: (options) =>
    checkPairs('maths-equivalent', options, {}, ({ output, references }) => {
      if (output.length > MAX_OUTPUT) return unscored(`The output has more than ${MAX_OUTPUT} characters.`);
      const answer = finalAnswer(output);
      const meant = references.filter((text) => text.trim() !== '' && text.length <= MAX_OUTPUT).map(finalAnswer);
      return meant.length === 0 ? unscored('The expected value is empty.') : verdict(answer, meant);
    }),
});

function verdict(answer: string, meant: readonly string[]): ScoreOutcome {
  if (answer === '') return binary(false, 'The output holds no answer.');
  const same = meant.find((one) => isSame(answer, one));
  if (same !== undefined) return binary(true, `${quote(answer)} is ${quote(same)}, as expected.`);
  const how = readRational(answer) === null ? ', which is not one number' : '';
  return binary(false, `Expected ${meant.slice(0, 3).map(quote).join(' or ')}, got ${quote(answer)}${how}.`);
}

function isSame(answer: string, meant: string): boolean {
  const [a, b] = [readRational(answer), readRational(meant)];
  if (a !== null && b !== null)
    return sameRational(a.value, b.value) && (a.unit === '' || b.unit === '' || a.unit === b.unit);
  return a === null && b === null && bare(answer) === bare(meant);
}

function bare(text: string): string {
  return plainMaths(text.slice(0, LONGEST + 1)).replaceAll(' ', '');
}

function finalAnswer(text: string): string {
  const boxed = lastBoxed(text);
  if (boxed !== null) return afterEquals(boxed);
  const said = [...text.matchAll(/\banswer(?:\*\*)?(?:\s*[::]|\s+is\b:?)[ \t]*(?:\*\*)?[ \t]*([^\n]{1,2000})/gi)].at(
    -1,
  )?.[1];
  return afterEquals(said ?? text);
}

/** The inside of the last `\boxed{…}`, whose braces must be even. */
function lastBoxed(text: string): string | null {
  const start = text.lastIndexOf('\\boxed{');
  if (start < 0) return null;
  const from = start + '\\boxed{'.length;
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(from, at);
  }
  return null;
}

/** `x = 3 or x = 5` is two equations, and neither of them is the answer. */
function afterEquals(text: string): string {
  const between = text.slice(text.indexOf('=') + 1, Math.max(text.lastIndexOf('='), 0));
  const isList = /\b(?:or|and)\b|;|,(?!\d{3})/.test(between.slice(between.lastIndexOf('\n') + 1));
  const value = (isList ? text : text.slice(text.lastIndexOf('=') + 1)).trim();
  return value.replace(/^\*\*|\*\*[.。]?$/g, '').trim();
}
