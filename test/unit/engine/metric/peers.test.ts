import { createTrajectoryMatchEvaluator } from 'agentevals';
import {
  ClosedQA,
  EmbeddingSimilarity,
  ExactMatch,
  Factuality,
  JSONDiff,
  Levenshtein,
  ListContains,
  NumericDiff,
} from 'autoevals';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/engine/json.ts';
import type { MetricTools } from '../../../../src/engine/metric/metric.ts';
import { type FakeReply, lastUserText, startFakeApi } from '../../../support/fakeApi.ts';
import { judgedSuites } from '../../../support/judgedSuite.ts';
import { inputOf, metricOf, PLAIN, score, valueIn } from './scoring.ts';

// The packages themselves, beside our metrics of the same definition and on the same inputs.

const TEXTS = ['', ' ', 'kitten', 'sitting', 'Kitten', '退款政策', '退货政策', '猫😀', '犬😀👍', 'naïve café', 'a\nb'];

/** Every one with every one. */
function pairsOf<T>(values: readonly T[]): (readonly [T, T])[] {
  return values.flatMap((left) => values.map((right) => [left, right] as const));
}

/** One UTF-16 unit for each code point: autoevals counts units, which is the one difference. */
function inUnits(text: string): string {
  return [...text].map((one) => (one.length === 1 ? one : String.fromCodePoint(one.charCodeAt(1)))).join('');
}

async function compare<T>(pairs: readonly (readonly [T, T])[], both: Both<T>): Promise<void> {
  expect(pairs.length).toBeGreaterThanOrEqual(50);
  for (const [output, expected] of pairs) {
    const [ours, theirs] = [await both.ours(output, expected), await both.theirs(output, expected)];
    expect(ours, `${JSON.stringify(output)}, expected ${JSON.stringify(expected)}`).not.toBeNull();
    expect(ours, `${JSON.stringify(output)}, expected ${JSON.stringify(expected)}`).toBeCloseTo(
      theirs ?? Number.NaN,
      12,
    );
  }
}

type Both<T> = {
  readonly ours: (output: T, expected: T) => Promise<number | null>;
  readonly theirs: (output: T, expected: T) => Promise<number | null>;
};

const kindOf =
  (kind: string, options: object = {}) =>
  async (output: Json, expected: Json) =>
    valueIn(await score(kind, options, typeof output === 'string' ? output : JSON.stringify(output), expected));

describe('autoevals 0.3.0', () => {
  it('ExactMatch is equals', async () => {
    await compare(pairsOf(TEXTS), {
      ours: kindOf('equals', { trim: false }),
      theirs: async (output, expected) => (await ExactMatch({ output, expected })).score,
    });
  });

  it('Levenshtein is levenshtein-similarity', async () => {
    await compare(pairsOf(TEXTS), {
      ours: kindOf('levenshtein-similarity'),
      theirs: async (output, expected) =>
        (await Levenshtein({ output: inUnits(output), expected: inUnits(expected) })).score,
    });
  });

  it('NumericDiff is numeric-diff', async () => {
    await compare(pairsOf([0, 1, -1, 2, 0.5, -0.25, 1e-9, 1e9, 12.75, 100]), {
      ours: kindOf('numeric-diff'),
      theirs: async (output, expected) => (await NumericDiff({ output, expected })).score,
    });
  });

  it('JSONDiff is json-diff', async () => {
    const values: Json[] = [
      {},
      [],
      { a: 1 },
      { a: 1, b: 'kitten' },
      { a: 3, b: 'sitting', c: null },
      { a: { b: { c: ['退款', '退货'] } } },
      { a: { b: { c: ['退款'] } } },
      [1, 2, 3],
      [3, 2],
      ['猫', ''],
      [{ n: 1 }, { n: 2 }],
    ];
    await compare(pairsOf(values), {
      ours: kindOf('json-diff'),
      theirs: async (output, expected) => (await JSONDiff({ output, expected })).score,
    });
  });

  it.each([false, true])('ListContains is list-contains; extra ones are free: %s', async (allowExtra) => {
    const lists = [
      [],
      [''],
      ['kitten'],
      ['sitting', 'kitten'],
      ['退款', '猫', '犬'],
      ['😀'],
      ['a', 'a'],
      ['犬', '退货', 'b'],
    ];
    await compare(pairsOf(lists), {
      ours: kindOf('list-contains', { allowExtra }),
      theirs: async (output, expected) =>
        (
          await ListContains({
            output: output.map(inUnits),
            expected: expected.map(inUnits),
            allowExtraEntities: allowExtra,
          })
        ).score,
    });
  });
});

describe('autoevals 0.3.0, which ask a model', () => {
  const ends: (() => Promise<void>)[] = [];
  const suites = judgedSuites();
  afterAll(async () => {
    await Promise.all([suites.end(), ...ends.map((end) => end())]);
  });
  const serve = async (reply: Parameters<typeof startFakeApi>[0]) => {
    const api = await startFakeApi(reply);
    ends.push(api.stop);
    return { api, client: { openAiBaseUrl: api.url, openAiApiKey: 'sk-1', model: 'judge' } };
  };
  const chosen = (choice: string): FakeReply => ({
    message: {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'c1',
          type: 'function',
          function: { name: 'select_choice', arguments: JSON.stringify({ reasons: 'r', choice }) },
        },
      ],
    },
  });
  const ROW = { input: 'Why is the sky blue?', output: 'It scatters.', expected: 'Rayleigh scattering.' };

  it.each(['A', 'B', 'C', 'D', 'E'])('Factuality is factuality: %s', async (letter) => {
    const { api, client } = await serve(() => chosen(letter));
    const theirs = await Factuality({ ...ROW, ...client });
    const ours = await suites.judge(
      { factuality: { judge: 'lab/judge' } },
      { row: { expected: ROW.expected }, reply: () => JSON.stringify({ reason: 'r', choice: letter }) },
    );
    expect(ours.scores.map(valueIn)).toEqual([theirs.score]);
    expect([api.requests.length, ours.asked.length]).toEqual([1, 1]);
    for (const [request] of [api.requests, ours.asked]) {
      const said = request?.body.messages?.map(({ content }) => content).join('\n');
      for (const text of [ROW.expected, ROW.output]) expect(said).toContain(text);
      for (const choice of ['A', 'B', 'C', 'D', 'E']) expect(said).toMatch(new RegExp(`\\b${choice}\\b`));
    }
  });

  it.each([
    ['Y', 'yes'],
    ['N', 'no'],
  ])('ClosedQA is closed-qa: %s', async (letter, choice) => {
    const criteria = 'It names the cause.';
    const { api, client } = await serve(() => chosen(letter));
    const theirs = await ClosedQA({ ...ROW, ...client, criteria });
    const ours = await suites.judge(
      { 'closed-qa': { judge: 'lab/judge', criteria } },
      { reply: () => JSON.stringify({ reason: 'r', choice }) },
    );
    expect(ours.scores.map(valueIn)).toEqual([theirs.score]);
    expect([api.requests.length, ours.asked.length]).toEqual([1, 1]);
    for (const [request] of [api.requests, ours.asked])
      for (const text of [criteria, ROW.output]) expect(request && lastUserText(request)).toContain(text);
  });

  it('EmbeddingSimilarity is embedding-similarity that is rescaled from 0.7', async () => {
    const vectorOf = (text: string) => Float32Array.of(Math.cos(Number(text)), Math.sin(Number(text)));
    // Its client asks for vectors in this form.
    const base64Of = ({ buffer }: Float32Array<ArrayBuffer>) => Buffer.from(buffer).toString('base64');
    const { api, client } = await serve(({ body }) => ({
      body: JSON.stringify({
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: base64Of(vectorOf(String(body['input']))) }],
      }),
    }));
    const embed = async (texts: readonly string[]) => ({
      vectors: texts.map((text) => Float64Array.from(vectorOf(text))),
      costUsd: null,
    });
    const tools: MetricTools = { ...PLAIN.tools, findEmbedder: () => ({ embed }) };
    const angles = Array.from({ length: 8 }, (_, index) => String(index * 0.15));
    await compare(pairsOf(angles), {
      ours: async (output, expected) =>
        valueIn(
          await metricOf('embedding-similarity', { model: 'openai/e', rescaleFrom: 0.7 }, { tools }).score(
            inputOf(output, { expected }),
          ),
        ),
      theirs: async (output, expected) => (await EmbeddingSimilarity({ output, expected, ...client })).score,
    });
    expect(api.requests).toHaveLength(2 * angles.length ** 2);
  });
});

/** agentevals turns subset and superset of arguments round in the modes unordered and subset. */
const TRAJECTORIES = [
  ['strict', ['exact', 'ignore', 'subset', 'superset']],
  ['unordered', ['exact', 'ignore']],
  ['subset', ['exact', 'ignore']],
  ['superset', ['exact', 'ignore', 'subset', 'superset']],
] as const;

describe('agentevals 0.0.7', () => {
  const A = ['search', { q: '猫😀' }] as const;
  const B = ['search', { q: '猫😀', limit: 2 }] as const;
  const C = ['book', {}] as const;
  const runs: (readonly (readonly [string, JsonObject])[])[] = [[], [A], [B], [C], [A, C], [C, A], [A, A], [A, B, C]];
  const callsOf = (calls: (typeof runs)[number]) =>
    calls.map(([name, given], index) => ({ id: `c${index}`, name, arguments: JSON.stringify(given) }));
  /** Each call in a turn of its own: of the calls of one turn agentevals never minds the order. */
  const messages = (calls: (typeof runs)[number]) => [
    { role: 'user' as const, content: 'q' },
    ...callsOf(calls).map(({ id, ...called }) => ({
      role: 'assistant' as const,
      content: '',
      tool_calls: [{ type: 'function' as const, id, function: called }],
    })),
  ];

  it.each(TRAJECTORIES.flatMap(([mode, all]) => all.map((args) => [mode, args] as const)))(
    'trajectory match %s with arguments %s is trajectory-match',
    async (mode, args) => {
      const evaluate = createTrajectoryMatchEvaluator({ trajectoryMatchMode: mode, toolArgsMatchMode: args });
      const metric = metricOf('trajectory-match', { mode, arguments: args });
      await compare(pairsOf(runs), {
        ours: async (output, expected) => {
          const calls: Json = expected.map(([name, given]) => ({ name, arguments: given }));
          return valueIn(
            await metric.score(inputOf('', { response: { toolCalls: callsOf(output) }, expected: calls })),
          );
        },
        theirs: async (output, expected) => {
          const result = await evaluate({ outputs: messages(output), referenceOutputs: messages(expected) });
          return Number(result.score);
        },
      });
    },
  );
});
