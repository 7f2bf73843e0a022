import { EventEmitter } from 'node:events';
import { createBirpc } from 'birpc';
import { expect, it } from 'vitest';
import { TouchstoneError } from '../../../src/engine/error.ts';
import { type RemoteWorker, WorkerClient, type WorkerThread } from '../../../src/extension/workerClient.ts';
import { portChannel } from '../../../src/node/worker/channel.ts';
import type { HostApi, WorkerApi } from '../../../src/protocol/worker.ts';

/** A thread made of two emitters: what one end posts, the other hears, as a structured clone. */
class FakeThread extends EventEmitter {
  readonly inside = new EventEmitter();
  readonly overlays: [string, string | null][] = [];
  host: HostApi;

  constructor(functions: Partial<WorkerApi>) {
    super();
    const port = {
      postMessage: (data: unknown) => void setImmediate(() => this.emit('message', structuredClone(data))),
      on: (event: 'message', listener: (data: unknown) => void) => this.inside.on(event, listener),
      off: (event: 'message', listener: (data: unknown) => void) => this.inside.off(event, listener),
    };
    this.host = createBirpc<HostApi, Partial<WorkerApi>>(
      { setOverlay: (path, text) => void this.overlays.push([path, text]), ...functions },
      { ...portChannel(port), eventNames: ['onDelta', 'onProgress'], bind: 'functions' },
    ) as unknown as HostApi;
  }

  postMessage(data: unknown): void {
    setImmediate(() => this.inside.emit('message', structuredClone(data)));
  }

  async terminate(): Promise<void> {
    this.emit('exit', 1);
  }
}

function setUp(functions: Partial<WorkerApi> = {}) {
  const threads: FakeThread[] = [];
  const crashes: TouchstoneError[] = [];
  const deltas: string[] = [];
  let nowMs = 0;
  const client = new WorkerClient({
    spawn: () => {
      const thread = new FakeThread(functions);
      threads.push(thread);
      return thread as unknown as WorkerThread;
    },
    host: {
      onDelta: (_callId, text) => void deltas.push(text),
      onCheck: () => undefined,
      onProgress: () => undefined,
      secret: async (provider) => `key of ${provider}`,
      askEditorModel: async () => ({ ok: true, output: '', toolCalls: [] }),
      stopEditorModel: () => undefined,
    },
    onStart: (worker: RemoteWorker) => void worker.setOverlay('/a', 'unsaved'),
    onCrash: (error) => crashes.push(error),
    now: () => nowMs,
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { client, threads, crashes, deltas, pass };
}

it('carries calls, events and questions back, and errors with their code', async () => {
  const { client, threads, deltas } = setUp({
    suites: async (folder) => [`${folder}/a.eval.yaml`],
    runs: async () => {
      throw new TouchstoneError('history-newer', 'Too new.', { remedy: 'Update.' });
    },
  });
  expect(await client.api.suites('/w')).toEqual(['/w/a.eval.yaml']);
  expect(threads[0]?.overlays).toEqual([['/a', 'unsaved']]);
  const error = await client.api.runs('/w/a.prompt').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TouchstoneError);
  expect(error).toMatchObject({ code: 'history-newer', message: 'Too new.', remedy: 'Update.' });
  expect(await threads[0]?.host.secret('openai')).toBe('key of openai');
  threads[0]?.host.onDelta('c', 'Hi');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(deltas).toEqual(['Hi']);
});

it('rejects what waited for a thread that died, tells once, and goes on with another that knows the buffers', async () => {
  const { client, threads, crashes } = setUp({ suites: async () => ['ok'], check: () => new Promise(() => {}) });
  const waiting = client.api.check('/a').catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 10));
  threads[0]?.emit('error', new Error('out of memory'));
  threads[0]?.emit('exit', 1);
  expect(await waiting).toMatchObject({ code: 'internal', message: expect.stringContaining('out of memory') });
  expect(crashes).toHaveLength(1);
  expect(await client.api.suites('/w')).toEqual(['ok']);
  expect(threads).toHaveLength(2);
  expect(threads[1]?.overlays).toEqual([['/a', 'unsaved']]);
});

it('stays down after the fourth death within a minute, and says so', async () => {
  const { client, threads, crashes, pass } = setUp({ suites: async () => [] });
  await client.crash();
  pass(61_000);
  for (let death = 0; death < 3; death += 1) await client.crash();
  expect(threads).toHaveLength(5);
  expect(crashes.map(({ message }) => /keeps ending/.test(message))).toEqual([false, false, false, false]);
  await client.crash();
  expect(threads).toHaveLength(5);
  expect(crashes[4]?.message).toMatch(/keeps ending/);
  await expect(client.api.suites('/w')).rejects.toThrow();
});

it('does not restart a thread that was closed', async () => {
  const { client, threads, crashes } = setUp({ close: async () => undefined });
  await client.close();
  await client.close();
  expect(threads).toHaveLength(1);
  expect(crashes).toEqual([]);
});
