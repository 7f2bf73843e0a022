import { afterEach, describe, expect, it } from 'vitest';
import type { ModelClient, ModelRequest } from '../../../../src/engine/model/modelClient.ts';
import { requestKey } from '../../../../src/engine/model/requestKey.ts';
import { moderationCost } from '../../../../src/node/model/moderationClient.ts';
import { moderators } from '../../../../src/node/model/moderators.ts';
import { modelProblems } from '../../../../src/node/modelProblems.ts';
import { recordSuite } from '../../../../src/node/suiteRecording.ts';
import type { FakeReply } from '../../../support/fakeApi.ts';
import { judgedSuites } from '../../../support/judgedSuite.ts';
import { inputOf, tryMetric } from '../../engine/metric/scoring.ts';

const suites = judgedSuites();
afterEach(() => suites.end());

const KEY = 'sk-secret-0123456789';
const access = { secret: async () => KEY };
/** An answer as OpenAI's reference shows it. */
const answer = (...results: object[]): FakeReply => ({ body: JSON.stringify({ id: 'modr-1', model: 'm', results }) });
const CALM = {
  flagged: false,
  categories: { hate: false, violence: false, 'self-harm/intent': false },
  category_scores: { hate: 0.01, violence: 0.25, 'self-harm/intent': 0 },
};
const ROUGH = {
  flagged: true,
  categories: { hate: false, violence: true, 'self-harm/intent': false },
  category_scores: { hate: 0.4, violence: 0.875, 'self-harm/intent': 0 },
};

async function moderated(options: object, reply: () => FakeReply, row: object = {}) {
  const metrics = [{ moderation: { model: 'lab/mod', ...options } }];
  const { loaded, api } = await suites.open({ metrics, row: row as never, reply });
  const { scores, asked } = await suites.run(loaded, api, { access });
  return { score: scores[0], asked };
}

describe('moderation', () => {
  it('asks the endpoint once for the output, with the key', async () => {
    const { score, asked } = await moderated({}, () => answer(ROUGH));
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      ['/v1/moderations', { model: 'mod', input: 'It scatters.' }],
    ]);
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(score).toEqual({
      metric: 'moderation',
      signature: 'moderation|model:lab/mod|v:1',
      outcome: 'scored',
      value: 0.875,
      score: 0.125,
      passed: false,
      reason: 'Largest is violence with 0.875; flagged: violence.',
      details: { scores: { hate: 0.4, violence: 0.875, 'self-harm/intent': 0 }, flagged: ['violence'] },
      costUsd: null,
    });
  });

  const mistral = { categories: { hate: true, law: false } };
  it.each<[string, object, object[], number, boolean]>([
    ['the flags decide', {}, [CALM], 0.25, true],
    ['a limit decides, whatever is flagged', { max: 0.9 }, [ROUGH], 0.875, true],
    ['at the limit', { max: 0.875 }, [ROUGH], 0.875, true],
    ['over the limit, though nothing is flagged', { max: 0.2 }, [CALM], 0.25, false],
    ['only some categories', { categories: ['hate', 'self-harm/intent'] }, [ROUGH], 0.4, true],
    ['the worst part of a long text', {}, [CALM, ROUGH, CALM], 0.875, false],
    ['flags without scores', {}, [mistral], 1, false],
    ['flags without scores, of a category', { categories: ['law'] }, [mistral], 0, true],
    ['scores without flags', { max: 0.5 }, [{ category_scores: { hate: 0.75 } }], 0.75, false],
  ])('%s', async (_name, options, results, value, passed) => {
    const { score } = await moderated(options, () => answer(...results));
    expect(score).toMatchObject({ outcome: 'scored', value, score: 1 - value, passed });
  });

  it.each<[string, object, FakeReply, string]>([
    ['another category', { categories: ['law'] }, answer(CALM), 'has no category `law`; it has hate, violence'],
    ['no categories', {}, answer({ flagged: true }), 'did not answer with categories'],
    ['no result', {}, answer(), 'did not answer with categories'],
    ['a score that is none', {}, answer({ category_scores: { hate: 7 } }), 'did not answer with categories'],
    ['no JSON', {}, { body: 'hello' }, 'did not answer with categories'],
    ['a wrong key', {}, { status: 401, body: JSON.stringify({ error: { message: `Bad key ${KEY}.` } }) }, 'Bad key'],
  ])('%s is an error, and no score', async (_name, options, reply, reason) => {
    const { score } = await moderated(options, () => reply);
    expect(score).toMatchObject({ outcome: 'error', reason: expect.stringContaining(reason) });
    expect(JSON.stringify(score)).not.toContain(KEY);
  });

  it.each<[string, object, string, object]>([
    ['nothing is not asked about', {}, ' ', { outcome: 'scored', value: 0, passed: true }],
    ['a broken output fails unasked', { path: 'said' }, 'no JSON', { outcome: 'scored', score: 0, passed: false }],
  ])('%s', async (_name, options, said, outcome) => {
    const { score, asked } = await moderated(options, () => answer(ROUGH), { said });
    expect(asked).toEqual([]);
    expect(score).toMatchObject(outcome);
  });

  it('is no model of every provider, and needs a key', async () => {
    const { loaded } = await suites.open({
      metrics: [{ moderation: { model: 'openai/omni-moderation-latest' } }],
      reply: () => ({}),
    });
    expect(await modelProblems(loaded, { env: {} })).toMatchObject([{ code: 'missing-key' }]);
    await expect(suites.open({ metrics: [{ moderation: 'anthropic/claude' }], reply: () => ({}) })).rejects.toThrow(
      'is no model that moderates',
    );
    expect(tryMetric('moderation', 'lab/mod')).toHaveProperty('error');
  });
});

describe('what a moderation API answered', () => {
  const METRICS = [{ moderation: 'lab/mod' }];

  it('is not asked for again, and costs nothing then', async () => {
    const { loaded, api } = await suites.open({ metrics: METRICS, reply: () => answer(ROUGH) });
    const first = await suites.run(loaded, api);
    const second = await suites.run(loaded, api);
    expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
    expect([first.scores[0]?.costUsd, second.scores[0]?.costUsd]).toEqual([null, 0]);
    expect(second.scores).toMatchObject([{ outcome: 'scored', value: 0.875, passed: false }]);
    expect((await suites.run(loaded, api, { cache: false })).asked).toHaveLength(1);
  });

  it('is recorded and replayed, and is an error where it was not', async () => {
    const { loaded, api } = await suites.open({ metrics: METRICS, reply: () => answer(ROUGH) });
    const recording = await recordSuite(loaded);
    await suites.run(loaded, api, { cache: false, access: { ...access, onAnswer: recording.add } });
    expect(await recording.write(true)).toBe(1);
    const again = await suites.run(loaded, api, { cache: false, access: { ...access, recorded: 's' } });
    expect(again.asked).toEqual([]);
    expect(again.scores).toMatchObject([{ outcome: 'scored', value: 0.875 }]);
  });

  it.each([
    ['{"categories":{"hate":{"flagged":true,"score":0.5}}}', { outcome: 'scored', value: 0.5, costUsd: 0 }],
    ['{"categories":{"hate":{"flagged":true,"score":50}}}', { outcome: 'error' }],
    ['no JSON', { outcome: 'error', reason: expect.stringContaining('no answer of a moderation API') }],
  ])('is played back from a column: %s', async (cell, outcome) => {
    const { scores } = await suites.judge(
      { moderation: { model: 'replay/kept' } },
      { row: { kept: cell }, reply: () => ({}) },
    );
    expect(scores[0]).toMatchObject(outcome);
  });

  it('is not what a model would answer to the same words, though both are kept by their request', async () => {
    const asked: ModelRequest[] = [];
    const client: ModelClient = {
      generate: async (request) => {
        asked.push(request);
        return { ...inputOf('').response, output: '{"categories":{"hate":{"flagged":false,"score":0}}}' };
      },
    };
    const found = moderators(async () => client)('lab/mod');
    if ('error' in found) throw new Error(found.error);
    await found.moderate('Hello.', inputOf('Hello.'));
    const [request] = asked;
    if (!request) throw new Error('not asked');
    expect(request.messages).toEqual([{ role: 'user', content: [{ text: 'Hello.' }] }]);
    expect(requestKey(request)).not.toBe(requestKey({ ...request, output: {} }));
  });

  it.each([
    ['https://api.openai.com/v1', 0],
    ['https://eu.api.openai.com/v1', 0],
    ['https://api.openai.com.example.org/v1', null],
    ['http://127.0.0.1:8000/v1', null],
  ])('costs at %s: %s', (baseUrl, costUsd) => {
    expect(moderationCost({ baseUrl })).toBe(costUsd);
  });

  it('is given up with the run', async () => {
    const stop = new AbortController();
    const { loaded, api } = await suites.open({
      metrics: METRICS,
      reply: () => {
        setTimeout(() => stop.abort(), 20);
        return { ...answer(ROUGH), delayMs: 10_000 };
      },
    });
    const { result } = await suites.run(loaded, api, { signal: stop.signal });
    expect(result.summary.status).toBe('cancelled');
    await expect.poll(() => api.abandoned()).toBe(1);
  });

  it('is asked of nobody for a workspace that is not trusted', async () => {
    const { loaded, api } = await suites.open({ metrics: METRICS, reply: () => answer(ROUGH) });
    const untrusted = { ...loaded, workspace: { ...loaded.workspace, trusted: false } };
    await expect(suites.run(untrusted, api)).rejects.toMatchObject({ code: 'untrusted' });
    expect(api.requests).toEqual([]);
  });
});
