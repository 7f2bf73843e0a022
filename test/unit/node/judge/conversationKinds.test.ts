import { afterAll, describe, expect, it } from 'vitest';
import { type FakeRequest, lastUserText } from '../../../support/fakeApi.ts';
import { type Judgement, judgedSuites } from '../../../support/judgedSuite.ts';

const suites = judgedSuites();
afterAll(() => suites.end());

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
// Turns: 1 user, 2 assistant, 3 user, 4 assistant, 5 user, 6 assistant, which is the answer.
const HISTORY = [user('I am Ann.'), assistant('Hello Ann.'), user('What is Rayleigh?'), assistant('A physicist.')];

async function judged(kind: string, options: object, reply: (request: FakeRequest) => Judgement, row: object = {}) {
  const metric = { [kind]: { judge: 'lab/judge', ...options } };
  const { scores, asked } = await suites.judge(metric, { row: { history: HISTORY, ...row } as never, reply });
  return { score: scores[0], asked: asked.map(lastUserText), system: asked.map(systemText) };
}

function systemText({ body }: FakeRequest): string {
  return String(body.messages?.find(({ role }) => role === 'system')?.content);
}

describe('turn-relevancy with a window', () => {
  const onlyIn = (request: FakeRequest) => Number(/Judge turn (\d+) and no other/.exec(systemText(request))?.[1]);
  const verdicts = (words: { readonly [turn: number]: string }) => (request: FakeRequest) => {
    const number = onlyIn(request);
    return JSON.stringify({ claims: [{ number, reason: 'r', verdict: words[number] }] });
  };

  it('asks for each turn of the assistant, and shows those before it as far as the window reaches', async () => {
    const reply = verdicts({ 2: 'relevant', 4: 'irrelevant', 6: 'relevant' });
    const { score, asked } = await judged('turn-relevancy', { window: 3 }, reply);
    const numbers = asked.map((text) => [...text.matchAll(/turn number="(\d+)"/g)].map((match) => Number(match[1])));
    expect(numbers).toEqual([
      [1, 2],
      [2, 3, 4],
      [4, 5, 6],
    ]);
    expect(score).toMatchObject({
      outcome: 'scored',
      value: expect.closeTo(2 / 3, 12),
      details: {
        judges: [{ claims: [{ claim: 'Hello Ann.' }, { verdict: 'irrelevant' }, { claim: 'It scatters.' }] }],
      },
    });
    expect(score?.signature).toContain('|window:3|');
  });

  it('has no score where one turn cannot be read', async () => {
    const { score, asked } = await judged('turn-relevancy', { window: 2 }, verdicts({ 2: 'relevant', 4: 'perhaps' }));
    expect(asked).toHaveLength(3);
    expect(score).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining('no verdict') });
  });
});

const claims = (...verdicts: string[]) =>
  JSON.stringify({ claims: verdicts.map((verdict, at) => ({ number: at + 1, claim: 'c', reason: 'r', verdict })) });
/** What is asked of the turn whose output it is, e.g. of `Hello Ann.` */
const byTurn = (answers: { readonly [text: string]: string }) => (request: FakeRequest) => {
  const found = Object.keys(answers).find((text) => lastUserText(request).includes(text));
  return (found === undefined ? undefined : answers[found]) ?? 'nothing that can be read';
};
const between = (text: string, tag: string) => new RegExp(`<${tag}[^>]*>\\n(.*)\\n</${tag}>`).exec(text)?.[1];

describe('a metric of retrieval, turn by turn', () => {
  const contexts = [['About Ann.'], ['About Rayleigh.', 'About light.'], ['About the sky.']];

  it('is the mean over the answers, each by its own question and contexts', async () => {
    const reply = byTurn({
      '<output>\nHello Ann.': claims('supported'),
      '<output>\nA physicist.': claims('supported', 'unsupported', 'unsupported', 'unsupported'),
      '<output>\nIt scatters.': claims('supported', 'unsupported'),
    });
    const { score, asked } = await judged('turn-faithfulness', {}, reply, { contexts });
    expect(asked.map((text) => between(text, 'question'))).toEqual([
      'I am Ann.',
      'What is Rayleigh?',
      'Why is the sky blue?',
    ]);
    expect(asked[1]).toContain(
      '<context number="1">\nAbout Rayleigh.\n</context>\n<context number="2">\nAbout light.\n</context>\n</contexts>',
    );
    // (1 + 1/4 + 1/2) / 3, where the share over all claims would be 3/7.
    expect(score).toMatchObject({
      outcome: 'scored',
      value: expect.closeTo(7 / 12, 12),
      reason: 'Mean 0.5833: 1 in turn 2, 0.25 in turn 4, 0.5 in turn 6.',
    });
    expect(score).toMatchObject({
      details: { judges: [{ claims: [{ claim: 'Turn 2: c' }, {}, {}, {}, {}, {}, {}] }] },
    });
  });

  it.each<[string, string, object, string[], string[], number]>([
    // Ranks 1 and 2 of 2: (1 + 1) / 2, and 2 alone: 1/2. Of one context: 0.
    [
      'precision',
      'turn-context-precision',
      { contexts },
      ['relevant'],
      ['irrelevant', 'relevant'],
      (1 + 1 / 2 + 1) / 3,
    ],
    ['relevancy', 'turn-context-relevancy', { contexts }, ['relevant'], ['irrelevant', 'irrelevant'], 2 / 3],
    [
      'recall, by an expected text for each',
      'turn-context-recall',
      { contexts, expected: ['Ann.', 'Lord Rayleigh.', 'Scattering.'] },
      ['attributable'],
      ['attributable', 'not-attributable'],
      (1 + 1 / 2 + 1) / 3,
    ],
  ])('%s', async (_name, kind, row, one, two, value) => {
    const { score, asked } = await judged(
      kind,
      {},
      (request) => claims(...(lastUserText(request).includes('About light.') ? two : one)),
      row,
    );
    expect(asked).toHaveLength(3);
    expect(score).toMatchObject({ outcome: 'scored', value: expect.closeTo(value, 12) });
  });

  it.each<[string, object, number]>([
    ['one list of contexts is for every answer', { contexts: ['Everything.'] }, 3],
    ['a list in JSON counts as a list', { contexts: '[["a"], null, ["b"]]' }, 2],
    ['an answer without contexts is left out', { contexts: [['a'], [], ['b']] }, 2],
    ['an empty answer is left out', { contexts: ['a'], said: ' ' }, 2],
  ])('%s', async (_name, row, calls) => {
    const { score, asked } = await judged('turn-faithfulness', {}, () => claims('supported'), row);
    expect(asked).toHaveLength(calls);
    expect(score).toMatchObject({ outcome: 'scored', value: 1 });
  });

  it('without contexts takes what functions gave since the user spoke', async () => {
    const history = [
      user('Who is Ann?'),
      { role: 'model', content: [{ text: 'Let me look.' }, { toolRequest: { name: 'find', input: {} } }] },
      { role: 'tool', content: [{ toolResponse: { name: 'find', output: 'Ann is a clerk.' } }] },
      assistant('A clerk.'),
    ];
    const { score, asked } = await judged('turn-faithfulness', {}, () => claims('supported'), { history });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('<context number="1">\nAnn is a clerk.\n</context>');
    expect(between(asked[0] ?? '', 'output')).toBe('A clerk.');
    expect(score).toMatchObject({ value: 1, reason: expect.stringContaining('1 answer left out') });
  });

  it.each<[string, string, object, number, string]>([
    ['no contexts at all', 'turn-faithfulness', {}, 0, 'None of 3 answers'],
    ['two lists for three answers', 'turn-faithfulness', { contexts: [['a'], ['b']] }, 0, 'There are 2 contexts for 3'],
    ['two expected texts', 'turn-context-recall', { contexts, expected: ['a', 'b'] }, 0, '2 expected texts for 3'],
    ['no claim in any', 'turn-faithfulness', { contexts }, 3, 'None of 3 answers'],
  ])('%s leaves no score', async (_name, kind, row, calls, reason) => {
    const { score, asked } = await judged(kind, {}, () => claims(), row);
    expect(asked).toHaveLength(calls);
    expect(score).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining(reason) });
  });

  it('a single expected text is for the last answer', async () => {
    const row = { contexts, expected: 'Scattering.' };
    const { score, asked } = await judged('turn-context-recall', {}, () => claims('attributable'), row);
    expect(asked.map((text) => between(text, 'expected'))).toEqual(['Scattering.']);
    expect(score).toMatchObject({ outcome: 'scored', value: 1 });
  });
});
