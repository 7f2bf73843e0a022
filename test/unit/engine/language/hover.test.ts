import { expect, it } from 'vitest';
import { hoverPrompt } from '../../../../src/engine/language/hoverPrompt.ts';
import { hoverSuite } from '../../../../src/engine/language/hoverSuite.ts';
import { type Around, atMark, promptView, suiteView } from './languageView.ts';

const SUITE_TEXT = 'prompts: [./p.prompt]\ndata: ./d.csv\nmetrics: [equals]\n';
const DATA: Around = {
  suite: SUITE_TEXT,
  row: { ticket: 'late', 'expected.kind': 'bug' },
  partials: { tone: 'Be kind.' },
};
const FRONT =
  '---\nmodel: openai/gpt-5-mini\nconfig: { topP: 1 }\ninput:\n  schema:\n    ticket: string, what they wrote\n  default: { plan: free }\n---\n';

/** What is under the cursor, the title, and all that is said of it. */
it.each([
  [
    `${FRONT}{{tick¦et}}`,
    'ticket: string',
    ['what they wrote', 'Its value now, from case 1 of d.csv, line 2:'],
    'late',
  ],
  [`${FRONT}{{pl¦an}}`, 'plan: any', ['Not declared in input.schema.', 'Its value now, from its default:'], 'free'],
  [
    FRONT.replace('ticket:', 'tick¦et:'),
    'ticket: string',
    ['what they wrote', 'Its value now, from case 1 of d.csv, line 2:'],
    'late',
  ],
  [`${FRONT}{{>to¦ne}}`, 'partial tone', ['/w/_tone.prompt'], 'Be kind.'],
  [
    `${FRONT}{{#i¦f ticket}}{{/if}}`,
    'if',
    ['Shows its content when the value is there and is not false, 0, empty text or an empty list.'],
    '{{#if value}}…{{else}}…{{/if}}',
  ],
  [
    FRONT.replace('gpt-5-mini', 'gpt-5-m¦ini'),
    'openai/gpt-5-mini',
    ['GPT 5 mini', '$0.25 in, $2 out per million tokens; context 400,000 tokens'],
    undefined,
  ],
  [
    FRONT.replace('topP', 'to¦pP'),
    'topP',
    ['Takes only the likeliest tokens that make up this share of probability.', 'a number, 0 to 1'],
    undefined,
  ],
  [FRONT.replace('input:', 'in¦put:'), 'input', ['What goes into the prompt.'], undefined],
  ['{{#each a}}{{@ind¦ex}}{{/each}}', '@index', ['The number of the element, from 0.'], undefined],
])('of a prompt: %j', async (marked, title, lines, code) => {
  const { text, offset } = atMark(marked);
  const hover = hoverPrompt(await promptView(text, DATA), offset);
  expect(hover).toMatchObject({ title, lines });
  expect(hover?.code?.text).toBe(code);
});

it.each([
  ['metrics:\n  - equ¦als', 'equals', 'higher is better'],
  ['metrics:\n  - bl¦eu: { expected: x }', 'bleu', 'From 0 to 1, higher is better, over the whole run.'],
  ['metrics:\n  - equals: { pa¦th: a }', 'equals: path', 'JSON output'],
  ['metrics:\n  - equals: x\n    wei¦ght: 2', 'weight', 'Weight in the composite'],
  ['metrics:\n  - equals: x\n    tru¦st: { kappa: 0.6 }', 'trust', 'relied on'],
  ['metrics:\n  - equals: x\n    trust: { kap¦pa: 0.6 }', 'trust: kappa', 'ratings'],
  ['metrics:\n  - bleu: { smo¦oth: exp }', 'bleu: smooth', 'One of: exp, floor'],
  ['metrics:\n  - scr¦ipt: ./a.ts', 'script', 'Yours'],
  ['rep¦eats: 2', 'repeats', 'How often each case is asked'],
  ['gate:\n  pass¦Rate: 1', 'gate.passRate', 'Least share'],
  ['models: [openai/gpt-5-m¦ini]', 'openai/gpt-5-mini', 'context 400,000'],
  ['params:\n  see¦d: 1', 'seed', 'repeatable'],
  ['metrics:\n  - equals: "{{expected.ki¦nd}}"', 'expected.kind', 'Its value in case 1, line 2:'],
])('of a suite: %j', async (marked, title, part) => {
  const { text, offset } = atMark(marked);
  const hover = hoverSuite(await suiteView(text, DATA), offset);
  expect(hover?.title).toBe(title);
  expect(hover?.lines.join('\n')).toContain(part);
});

it.each(['Hello wor¦ld', '{{! a no¦te }}', '---\n# a no¦te\n---\n'])('says nothing of %j', async (marked) => {
  const { text, offset } = atMark(marked);
  expect(hoverPrompt(await promptView(text, DATA), offset)).toBeNull();
});
