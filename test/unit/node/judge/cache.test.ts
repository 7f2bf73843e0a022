import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cachedClient } from '../../../../src/node/model/cachedClient.ts';
import { cachePath, openCache, type ResponseCache } from '../../../../src/node/store/cacheFile.ts';
import { judgedSuites } from '../../../support/judgedSuite.ts';
import { modelRequest } from '../../../support/modelRequest.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { inputOf } from '../../engine/metric/scoring.ts';

const suites = judgedSuites();
const workspaces = temporaryWorkspaces();
afterEach(async () => {
  workspaces.remove();
  await suites.end();
});

const METRICS = [{ rubric: { judge: 'lab/judge', criteria: 'c' } }];
const reply = () => ({
  output: '{"pass":true,"score":1,"reason":"r"}',
  usage: { prompt_tokens: 10, completion_tokens: 1 },
});

describe('what a judge answered', () => {
  it('is not asked for again, and costs nothing then', async () => {
    const { loaded, api } = await suites.open({ metrics: METRICS, reply });
    const first = await suites.run(loaded, api);
    const second = await suites.run(loaded, api);
    expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
    expect([first.scores[0]?.costUsd, second.scores[0]?.costUsd]).toEqual([0.002, 0]);
    expect(second.scores).toMatchObject([{ outcome: 'scored', value: 1, reason: 'r' }]);
  });

  it('is asked for with --no-cache, and after the file was deleted', async () => {
    const { root, loaded, api } = await suites.open({ metrics: METRICS, reply });
    await suites.run(loaded, api);
    expect((await suites.run(loaded, api, { cache: false })).asked).toHaveLength(1);
    fs.rmSync(path.join(root, '.touchstone'), { recursive: true });
    expect((await suites.run(loaded, api)).asked).toHaveLength(1);
  });

  it.each(['not a database at all', ''.padEnd(4096, 'SQLite format 3\0')])(
    'is not looked for in a file that is not ours, which stays as it is: %#',
    async (content) => {
      const { root, loaded, api } = await suites.open({ metrics: METRICS, reply });
      fs.mkdirSync(path.join(root, '.touchstone'));
      fs.writeFileSync(cachePath(root), content);
      const { result, asked } = await suites.run(loaded, api);
      expect(asked).toHaveLength(1);
      expect(result.notes).toEqual([expect.stringContaining('is not used')]);
      expect(fs.readFileSync(cachePath(root), 'utf8')).toBe(content);
    },
  );

  it('is not looked for in a file of a newer version', async () => {
    const root = workspaces.make({});
    await use(root, () => {});
    const bytes = fs.readFileSync(cachePath(root));
    bytes.writeUInt32BE(99, 60);
    fs.writeFileSync(cachePath(root), bytes);
    expect(openCache(root)).toMatchObject({ note: expect.stringContaining('a newer Touchstone wrote it') });
    expect(fs.readFileSync(cachePath(root))).toEqual(bytes);
  });
});

describe('cachedClient', () => {
  const { response } = inputOf('yes');
  const signal = new AbortController().signal;
  const counting = (given: object = {}) => {
    const client = {
      calls: 0,
      async generate() {
        client.calls += 1;
        return { ...response, ...given };
      },
    };
    return client;
  };
  const request = modelRequest({ model: { provider: 'lab', name: 'x' } });

  it.each([
    ['a complete answer', {}, {}, 1],
    ['one that was cut', { finishReason: 'length' }, {}, 2],
    ['an empty one', { output: ' ' }, {}, 2],
    ['a repeat', {}, { repeat: 1 }, 2],
    ['a function', {}, { model: { provider: 'function', name: './f.ts' } }, 2],
  ])('keeps or does not keep %s', async (_name, given, asked, calls) => {
    const client = counting(given);
    await use(workspaces.make({}), async (cache) => {
      const cached = cachedClient(client, cache, '');
      for (let time = 0; time < 2; time += 1) await cached.generate({ ...request, ...asked }, { signal });
      expect(client.calls).toBe(calls);
    });
  });

  it('tells models, parameters and servers apart', async () => {
    const client = counting();
    await use(workspaces.make({}), async (cache) => {
      await cachedClient(client, cache, 'a').generate(request, { signal });
      await cachedClient(client, cache, 'b').generate(request, { signal });
      await cachedClient(client, cache, 'a').generate({ ...request, params: { seed: 1 } }, { signal });
      await cachedClient(client, cache, 'a').generate(
        { ...request, model: { provider: 'lab', name: 'y' } },
        { signal },
      );
      expect(client.calls).toBe(4);
    });
  });
});

async function use(root: string, work: (cache: ResponseCache) => void | Promise<void>): Promise<void> {
  const opened = openCache(root);
  if ('note' in opened) throw new Error(opened.note);
  try {
    await work(opened.cache);
  } finally {
    opened.cache.close();
  }
}
