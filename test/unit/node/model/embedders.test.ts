import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../../../src/engine/metric/semantic/embedder.ts';
import { evaluateSuite } from '../../../../src/node/evaluateSuite.ts';
import { embedders } from '../../../../src/node/model/embedders.ts';
import { modelProblems } from '../../../../src/node/modelProblems.ts';
import { loadSuite } from '../../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { type FakeApi, type FakeReply, type FakeRequest, startFakeApi } from '../../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const KEY = 'sk-secret-0123456789';
const never = new AbortController().signal;
const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
afterEach(async () => {
  workspaces.remove();
  await api?.stop();
  api = undefined;
});

/** A text's vector: its length, and its first code unit. */
function vectorsFor({ body }: FakeRequest): FakeReply {
  const texts = body['input'] as string[];
  const data = texts.map((text, index) => ({ index, embedding: [text.length, text.charCodeAt(0)] })).reverse();
  return { body: JSON.stringify({ data, usage: { prompt_tokens: 10 * texts.length } }) };
}

async function open(
  reply: (request: FakeRequest) => FakeReply,
  { secret = KEY, trusted = true, files = {} }: { secret?: string | null; trusted?: boolean; files?: object } = {},
) {
  api = await startFakeApi(reply);
  const root = workspaces.make({
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 1, timeoutMs: 5000 }\nprices:\n  lab/e: { inputPerMillion: 100, outputPerMillion: 0 }\n`,
    ...files,
  });
  const workspace = { ...openWorkspace(root), trusted };
  const access = { secret: async () => secret, env: {} };
  const found = embedders({ workspace, access })('lab/e');
  if ('error' in found) throw new Error(found.error);
  return { root, workspace, access, embedder: found, api };
}

const listed = async (embedder: Embedder, ...texts: string[]) => {
  const { vectors, costUsd } = await embedder.embed(texts, never);
  return { vectors: vectors.map((vector) => [...vector]), costUsd };
};

describe('an embedder', () => {
  it('asks once for each text, in one request, with the key', async () => {
    const { embedder, api: server } = await open(vectorsFor);
    expect(await listed(embedder, 'ab', 'c', 'ab')).toEqual({
      vectors: [
        [2, 97],
        [1, 99],
        [2, 97],
      ],
      costUsd: 0.002,
    });
    expect(await listed(embedder, 'c')).toEqual({ vectors: [[1, 99]], costUsd: 0 });
    expect(await listed(embedder, 'c', 'd')).toEqual({
      vectors: [
        [1, 99],
        [1, 100],
      ],
      costUsd: 0.001,
    });
    expect(server.requests.map(({ path: asked, body }) => [asked, body['input'], body['encoding_format']])).toEqual([
      ['/v1/embeddings', ['ab', 'c'], 'float'],
      ['/v1/embeddings', ['d'], 'float'],
    ]);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('shares what is under way', async () => {
    const { embedder, api: server } = await open((request) => ({ ...vectorsFor(request), delayMs: 100 }));
    await Promise.all([listed(embedder, 'a'), listed(embedder, 'a'), listed(embedder, 'a', 'b')]);
    expect(server.requests.map(({ body }) => body['input'])).toEqual([['a'], ['b']]);
  });

  it('tries again, and forgets what failed', async () => {
    const { embedder, api: server } = await open((request) =>
      request.index < 3 ? { status: 500, body: '{}', headers: { 'retry-after': '0' } } : vectorsFor(request),
    );
    await expect(listed(embedder, 'a')).rejects.toMatchObject({ code: 'server' });
    expect(server.requests).toHaveLength(2);
    expect((await listed(embedder, 'a')).vectors).toEqual([[1, 97]]);
  });

  it.each([
    ['no JSON', { body: 'hello' }, 'malformed-response'],
    ['too few', { body: '{"data":[]}' }, 'malformed-response'],
    ['no vector', { body: '{"data":[{"embedding":[]}]}' }, 'malformed-response'],
    ['a wrong key', { status: 401, body: JSON.stringify({ error: { message: `Bad key ${KEY}.` } }) }, 'auth'],
    ['no such model', { status: 404, body: '{"error":{"message":"no","code":"model_not_found"}}' }, 'model-not-found'],
  ] as [string, FakeReply, string][])('tells of %s, without the key', async (_, reply, code) => {
    const { embedder } = await open(() => reply);
    const failure = await listed(embedder, 'a').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify(failure) + String(failure)).not.toContain(KEY);
  });

  it('stops with the run', async () => {
    const { embedder, api: server } = await open(() => ({ delayMs: 10_000, body: '{}' }));
    const stop = new AbortController();
    const asking = embedder.embed(['a'], stop.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    stop.abort();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('asks nobody for a workspace that is not trusted', async () => {
    const { embedder, api: server } = await open(vectorsFor, { trusted: false });
    await expect(listed(embedder, 'a')).rejects.toMatchObject({ code: 'untrusted' });
    expect(server.requests).toEqual([]);
  });

  it('is not every model', async () => {
    const { workspace, access } = await open(vectorsFor);
    for (const name of ['replay/x', 'vscode/x', 'anthropic/x', 'gpt'])
      expect(embedders({ workspace, access })(name)).toHaveProperty(
        'error',
        `\`${name}\` is no model that embeds texts.`,
      );
  });
});

describe('a suite with embedding-similarity', () => {
  const files = {
    'p.prompt': '---\nmodel: replay/said\n---\n{{ticket}}\n',
    'd.csv': 'id,ticket,expected,said\na,one,aaaa,aaaa\nb,two,aaaa,b\n',
    's.eval.yaml': 'prompts: [p.prompt]\ndata: d.csv\nmetrics:\n  - embedding-similarity: { model: lab/e }\n',
  };

  it('is scored by the API', async () => {
    const { root, workspace, access, api: server } = await open(vectorsFor, { files });
    const { loaded, problems } = await loadSuite(workspace, path.join(root, 's.eval.yaml'));
    expect(problems).toEqual([]);
    if (!loaded) throw new Error('not loaded');
    const { summary } = await evaluateSuite(loaded, { signal: never, history: false, access });
    expect(summary.variants[0]?.metrics['embedding-similarity']).toMatchObject({ n: 2 });
    const cosine = (4 * 1 + 97 * 98) / Math.sqrt((4 ** 2 + 97 ** 2) * (1 + 98 ** 2));
    expect(summary.variants[0]?.metrics['embedding-similarity']?.mean).toBeCloseTo((1 + cosine) / 2, 12);
    expect(server.requests.flatMap(({ body }) => body['input']).sort()).toEqual(['aaaa', 'b']);
  });

  it('tells before the run that the model cannot be asked', async () => {
    const text = files['s.eval.yaml'].replace('lab/e', 'openai/text-embedding-3-small');
    const { root, workspace, access } = await open(vectorsFor, {
      files: { ...files, 's.eval.yaml': text },
      secret: null,
    });
    const { loaded } = await loadSuite(workspace, path.join(root, 's.eval.yaml'));
    if (!loaded) throw new Error('not loaded');
    expect(await modelProblems(loaded, access)).toMatchObject([
      { code: 'missing-key', message: 'There is no API key for openai.', range: { start: { line: 3 } } },
    ]);
  });
});
