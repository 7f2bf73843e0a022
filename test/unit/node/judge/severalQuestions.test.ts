import { afterAll, describe, expect, it } from 'vitest';
import { graphFault } from '../../../../src/engine/metric/judged/graphFault.ts';
import { type FakeRequest, lastUserText } from '../../../support/fakeApi.ts';
import { type Judgement, judgedSuites } from '../../../support/judgedSuite.ts';
import { tryMetric } from '../../engine/metric/scoring.ts';

const suites = judgedSuites();
afterAll(() => suites.end());

const ROW = { expected: 'Rayleigh scattering.', contexts: ['First.', 'Second.'] };
const choice = (name: string) => JSON.stringify({ reason: `Since ${name}.`, choice: name });

async function judged(kind: string, options: object, reply: (request: FakeRequest) => Judgement, row: object = ROW) {
  const metric = { [kind]: { judge: 'lab/judge', ...options } };
  const { scores, asked } = await suites.judge(metric, { row: row as never, reply });
  return { score: scores[0], asked };
}

const GRAPH = {
  answers: { ask: 'Does it answer?', answers: { yes: 'tone', no: 0 } },
  tone: { ask: 'How does it sound?', answers: { friendly: 1, dry: 0.6, rude: 0.1 } },
};
const asks = (request: FakeRequest, question: string) => lastUserText(request).includes(question);

describe('decision-graph', () => {
  it.each<[string, string, number, number]>([
    ['yes', 'friendly', 1, 2],
    ['yes', 'dry', 0.6, 2],
    ['yes', 'rude', 0.1, 2],
    ['no', 'friendly', 0, 1],
  ])('%s, %s is %d after %d questions', async (first, second, value, calls) => {
    const { score, asked } = await judged('decision-graph', { nodes: GRAPH, threshold: 0.5 }, (request) =>
      choice(asks(request, 'Does it answer?') ? first : second),
    );
    expect(asked).toHaveLength(calls);
    expect(score).toMatchObject({ outcome: 'scored', value, passed: value >= 0.5 });
  });

  it('asks one question with its answers, and tells the way', async () => {
    const { score, asked } = await judged('decision-graph', { nodes: GRAPH }, (request) =>
      choice(asks(request, 'Does it answer?') ? 'yes' : 'dry'),
    );
    const [first = '', second = ''] = asked.map(lastUserText);
    expect(first).toContain('<choice>yes</choice>\n<choice>no</choice>');
    expect(first).not.toContain('friendly');
    expect(second).toContain('How does it sound?');
    expect(second).toContain('<output>\nIt scatters.\n</output>');
    expect(score).toMatchObject({
      reason: 'Answered yes, then dry. Since dry.',
      details: { judges: [{ claims: [{ claim: 'Does it answer?', verdict: 'yes' }, { verdict: 'dry' }] }] },
    });
  });

  it('may begin elsewhere, and has no score where an answer is none of those given', async () => {
    const { score } = await judged('decision-graph', { nodes: { tone: GRAPH.tone } }, () => choice('kind'));
    expect(score).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining('no verdict') });
    const nodes = { tone: GRAPH.tone, first: { ask: 'First?', answers: { yes: 'tone', no: 0 } } };
    const begun = await judged('decision-graph', { nodes, start: 'first' }, () => choice('no'));
    expect(begun.score).toMatchObject({ outcome: 'scored', value: 0 });
  });

  const node = (answers: { readonly [answer: string]: string | number }) => ({ ask: 'q', answers });
  it.each<[string, Parameters<typeof graphFault>[0], string | undefined, string | null]>([
    ['sound', GRAPH, undefined, null],
    [
      'two ways to one question',
      { a: node({ x: 'b', y: 'c' }), b: node({ x: 'c', y: 0 }), c: node({ x: 1, y: 0 }) },
      'a',
      null,
    ],
    ['empty', {}, undefined, 'at least one'],
    ['start', GRAPH, 'none', '`start`'],
    ['start of a prototype', GRAPH, 'constructor', '`start`'],
    ['one answer', { a: node({ x: 1 }) }, undefined, 'two answers'],
    ['stranger', { a: node({ x: 1, y: 'b' }) }, undefined, 'no question'],
    ['itself', { a: node({ x: 1, y: 'a' }) }, undefined, '"a" to "a"'],
    ['circle', { a: node({ x: 'b', y: 0 }), b: node({ x: 'a', y: 1 }) }, undefined, '"a" to "b" to "a"'],
    ['lost', { a: node({ x: 1, y: 0 }), b: node({ x: 1, y: 0 }) }, undefined, 'No answer leads'],
  ])('a graph: %s', (_name, nodes, start, fault) => {
    const found = graphFault(nodes, start);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toContain(fault);
  });

  it('refuses a score that is no share, and a graph without an end', () => {
    expect(() => tryMetric('decision-graph', { nodes: { a: node({ x: 2, y: 0 }) } })).toThrow();
    expect(tryMetric('decision-graph', { nodes: { a: node({ x: 'a', y: 0 }) } })).toMatchObject({
      error: expect.stringContaining('circle'),
    });
  });
});

describe.each(['answer-accuracy', 'context-relevance', 'groundedness'])('%s', (kind) => {
  // As Ragas' NVIDIA metrics have it: {0, 2, 4} / 4 or {0, 1, 2} / 2, the mean of two.
  it.each([
    ['fully', 'fully', 1],
    ['fully', 'partly', 0.75],
    ['partly', 'none', 0.25],
    ['none', 'none', 0],
    ['none', 'fully', 0.5],
  ])('%s and %s', async (first, second, value) => {
    let asked = 0;
    const { score } = await judged(kind, {}, () => {
      asked += 1;
      return choice(asked === 1 ? first : second);
    });
    expect(asked).toBe(2);
    expect(score).toMatchObject({ outcome: 'scored', value });
  });

  it('asks twice in other words, and shows what the question needs', async () => {
    const { asked } = await judged(kind, {}, () => choice('fully'));
    const [first = '', second = ''] = asked.map(lastUserText);
    expect(first).not.toBe(second);
    expect(first.includes('<output>')).toBe(kind !== 'context-relevance');
    expect(first.includes('<contexts>')).toBe(kind !== 'answer-accuracy');
    expect(first.includes('<expected>')).toBe(kind === 'answer-accuracy');
    if (kind === 'answer-accuracy') {
      expect(first).toContain('<expected>\nRayleigh scattering.\n</expected>\n<output>\nIt scatters.');
      expect(second).toContain('<expected>\nIt scatters.\n</expected>\n<output>\nRayleigh scattering.');
    }
  });

  it('has no score where one rating cannot be read', async () => {
    let asked = 0;
    const { score } = await judged(kind, {}, () => {
      asked += 1;
      return asked === 1 ? choice('fully') : 'I cannot say.';
    });
    expect(asked).toBe(3);
    expect(score).toMatchObject({ outcome: 'unscored' });
  });
});

describe('response-relevancy', () => {
  const VECTORS: { readonly [text: string]: readonly number[] } = {
    'Why is the sky blue?': [1, 0],
    same: [2, 0],
    half: [1, Math.sqrt(3)],
    none: [0, 1],
    against: [-1, 0],
  };
  const server =
    (guesses: readonly (readonly [question: string, noncommittal: boolean])[]) =>
    (request: FakeRequest): Judgement => {
      if (!request.path.endsWith('/embeddings')) {
        const questions = guesses.map(([question, noncommittal]) => ({ question, noncommittal }));
        return JSON.stringify({ questions });
      }
      const texts = request.body['input'] as readonly string[];
      const data = texts.map((text, index) => ({ index, embedding: VECTORS[text] }));
      return {
        body: JSON.stringify({ object: 'list', data, model: 'e', usage: { prompt_tokens: 1, total_tokens: 1 } }),
      };
    };
  const options = { model: 'lab/e' };

  // Mean cosine with the question, times 0 when all are evaded, as Ragas computes it.
  it.each<[string, (readonly [string, boolean])[], number, number]>([
    [
      'the same',
      [
        ['same', false],
        ['same', false],
        ['same', false],
      ],
      1,
      2,
    ],
    [
      'a mean',
      [
        ['same', false],
        ['half', false],
        ['none', false],
      ],
      0.5,
      2,
    ],
    [
      'one evaded',
      [
        ['same', true],
        ['half', false],
        ['half', false],
      ],
      2 / 3,
      2,
    ],
    [
      'all evaded',
      [
        ['same', true],
        ['same', true],
        ['same', true],
      ],
      0,
      1,
    ],
    [
      'below 0',
      [
        ['against', false],
        ['none', false],
        ['against', false],
      ],
      0,
      2,
    ],
    [
      'more than asked for',
      [
        ['same', false],
        ['same', false],
        ['same', false],
        ['none', false],
      ],
      1,
      2,
    ],
  ])('%s', async (_name, guesses, value, calls) => {
    const { score, asked } = await judged('response-relevancy', options, server(guesses));
    expect(asked).toHaveLength(calls);
    expect(score).toMatchObject({ outcome: 'scored', value: expect.closeTo(value, 9) });
  });

  it('asks for as many questions as it is told, and shows the judge nothing but the output', async () => {
    const { asked, score } = await judged(
      'response-relevancy',
      { ...options, questions: 1 },
      server([['half', false]]),
    );
    expect(score).toMatchObject({
      value: expect.closeTo(0.5, 9),
      reason: 'Mean similarity 0.5 of 1 question, e.g. "half".',
    });
    expect(JSON.stringify(asked[0]?.body.messages)).toContain('You write questions, 1 in all');
    expect(JSON.stringify(asked[0]?.body.messages)).not.toContain('Why is the sky blue?');
    expect(asked[1]?.body['input']).toEqual(['Why is the sky blue?', 'half']);
  });

  it.each<[string, (request: FakeRequest) => Judgement, object, object]>([
    ['fewer questions', server([['same', false]]), {}, { outcome: 'unscored' }],
    ['no question in the case', server([]), { question: '' }, { outcome: 'unscored' }],
    ['an empty output', server([]), { said: ' ' }, { outcome: 'scored', value: 0 }],
    [
      'vectors that fail',
      (request) =>
        request.path.endsWith('/embeddings')
          ? { status: 400, error: { message: 'no such model' } }
          : server([
              ['same', false],
              ['same', false],
              ['same', false],
            ])(request),
      {},
      { outcome: 'error', reason: expect.stringContaining('lab/e') },
    ],
  ])('%s', async (_name, reply, row, outcome) => {
    const { score } = await judged('response-relevancy', options, reply, { ...ROW, ...row });
    expect(score).toMatchObject(outcome);
  });
});

describe('answer-correctness with the similarity', () => {
  const claims = (...verdicts: string[]) =>
    JSON.stringify({ claims: verdicts.map((verdict) => ({ claim: 'c', reason: 'r', verdict })) });
  const server =
    (said: string) =>
    (request: FakeRequest): Judgement => {
      if (!request.path.endsWith('/embeddings')) return said;
      const data = [
        { index: 0, embedding: [1, 0] },
        { index: 1, embedding: [3, 4] },
      ];
      return { body: JSON.stringify({ object: 'list', data, model: 'e', usage: { prompt_tokens: 1 } }) };
    };
  const said = claims('true-positive', 'false-positive', 'false-negative');

  // F1 = 1 / (1 + (1 + 1) / 2) = 1/2, and the cosine of (1, 0) and (3, 4) is 3/5.
  it.each([
    [{}, 0.75 * 0.5 + 0.25 * 0.6],
    [{ weight: 0.5 }, 0.55],
    [{ mode: 'precision', weight: 0.1 }, 0.9 * 0.5 + 0.1 * 0.6],
  ])('%j', async (options, value) => {
    const { score, asked } = await judged('answer-correctness', { model: 'lab/e', ...options }, server(said));
    expect(asked.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/embeddings']);
    expect(asked[1]?.body['input']).toEqual(['It scatters.', 'Rayleigh scattering.']);
    expect(score).toMatchObject({ outcome: 'scored', value: expect.closeTo(value, 12) });
    expect(score?.signature).toContain('|model:lab/e|weight:');
  });

  it.each<[string, string, object, object]>([
    ['no claim', claims(), {}, { outcome: 'unscored' }],
    ['nothing expected but space', said, { expected: ' ' }, { outcome: 'scored', value: 0.375 }],
  ])('%s is not embedded', async (_name, answer, row, outcome) => {
    const { score, asked } = await judged('answer-correctness', { model: 'lab/e' }, server(answer), { ...ROW, ...row });
    expect(asked).toHaveLength(1);
    expect(score).toMatchObject(outcome);
  });

  it('refuses a weight of nothing', () => {
    expect(tryMetric('answer-correctness', { weight: 0.5 })).toMatchObject({
      error: expect.stringContaining('`model`'),
    });
  });
});
