import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCase } from '../../../src/node/runCase.ts';
import { openWorkspace } from '../../../src/node/workspace/openWorkspace.ts';
import { type FakeApi, type FakeReply, startFakeApi } from '../../support/fakeApi.ts';
import { testCase } from '../../support/modelRequest.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';

const never = new AbortController().signal;
const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
afterEach(async () => {
  workspaces.remove();
  await api?.stop();
  api = undefined;
});

async function open(
  reply: FakeReply,
  prompt = '---\nmodel: lab/tiny\nconfig: { temperature: 0 }\n---\nHello {{name}}',
) {
  api = await startFakeApi(() => reply);
  const root = workspaces.make({
    'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\nprices:\n  lab/tiny: { inputPerMillion: 1, outputPerMillion: 2 }\n`,
    'a.prompt': prompt,
  });
  return { workspace: openWorkspace(root), prompt: path.join(root, 'a.prompt'), api };
}

const ada = testCase({ vars: { name: 'Ada' }, row: { name: 'Ada', said: 'as recorded' } });

describe('runCase', () => {
  it('streams the answer and says what it took', async () => {
    const { workspace, prompt, api } = await open({ output: ['Hi ', 'Ada'] });
    const pieces: string[] = [];
    const answer = await runCase(workspace, prompt, ada, {
      signal: never,
      onDelta: (text) => pieces.push(text),
      params: { seed: 3 },
    });
    expect(pieces).toEqual(['Hi ', 'Ada']);
    expect(answer).toMatchObject({ ok: true, output: 'Hi Ada', inputTokens: 10, outputTokens: 5, costUsd: 20e-6 });
    expect(answer.messages).toEqual([{ role: 'user', content: [{ text: 'Hello Ada' }] }]);
    expect(api.requests[0]?.body).toMatchObject({ model: 'tiny', temperature: 0, seed: 3, stream: true });
  });

  it('gives a replayed answer in one piece', async () => {
    const { workspace, prompt } = await open({});
    const pieces: string[] = [];
    const answer = await runCase(workspace, prompt, ada, {
      signal: never,
      onDelta: (text) => pieces.push(text),
      model: 'replay/said',
    });
    expect(answer).toMatchObject({ ok: true, output: 'as recorded', costUsd: null, latencyMs: null });
    expect(pieces).toEqual(['as recorded']);
  });

  it('keeps what had come when the answer breaks off', async () => {
    const { workspace, prompt } = await open({ output: ['one ', 'two ', 'three'], cut: 'half-way' });
    const answer = await runCase(workspace, prompt, ada, { signal: never, onDelta: () => {} });
    expect(answer).toMatchObject({ ok: false, cancelled: false, error: { code: 'connection' } });
    expect(answer.ok ? '' : answer.partial).toMatch(/^one /);
  });

  it('is told apart from a failure when it was stopped', async () => {
    const { workspace, prompt, api } = await open({ delayMs: 10_000 });
    const stop = new AbortController();
    const running = runCase(workspace, prompt, ada, { signal: stop.signal });
    await expect.poll(() => api.requests.length).toBe(1);
    stop.abort();
    expect(await running).toMatchObject({ ok: false, cancelled: true, error: { code: 'cancelled' } });
  });

  it.each([
    ['a prompt that names no model', 'Hello', undefined, 'unknown-provider', 'The prompt names no model.'],
    ['a model without a provider', 'Hello', 'tiny', 'unknown-provider', '`tiny` does not name a provider.'],
    ['a provider that nobody knows', 'Hello', 'nowhere/x', 'unknown-provider', 'The provider `nowhere` is not known.'],
    ['a prompt that cannot be rendered', '{{#if}}', 'lab/tiny', 'render-failed', ''],
  ])('answers %s with an error', async (_name, text, model, code, message) => {
    const { workspace, prompt, api } = await open({}, text);
    const answer = await runCase(workspace, prompt, ada, { signal: never, model });
    expect(answer).toMatchObject({ ok: false, cancelled: false, error: { code } });
    expect(answer.ok ? '' : answer.error.message).toContain(message);
    expect(api.requests).toHaveLength(0);
  });
});
