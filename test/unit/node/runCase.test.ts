import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/engine/prompt/message.ts';
import { messagesKey } from '../../../src/node/messagesKey.ts';
import { runCase } from '../../../src/node/runCase.ts';
import { openWorkspace } from '../../../src/node/workspace/openWorkspace.ts';
import type { OutputCheck } from '../../../src/protocol/answers.ts';
import { type FakeApi, type FakeReply, type FakeRequest, startFakeApi } from '../../support/fakeApi.ts';
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
  reply: FakeReply | ((request: FakeRequest) => FakeReply),
  prompt = '---\nmodel: lab/tiny\nconfig: { temperature: 0 }\n---\nHello {{name}}',
) {
  api = await startFakeApi(typeof reply === 'function' ? reply : () => reply);
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

  it('sends the turns behind the messages of the prompt, and names those alone', async () => {
    const { workspace, prompt, api } = await open({ output: 'Because.' });
    const turns: Message[] = [
      { role: 'model', content: [{ text: 'Blue.' }] },
      { role: 'user', content: [{ text: 'Why? {{role "system"}}' }] },
    ];
    const first = await runCase(workspace, prompt, ada, { signal: never });
    const second = await runCase(workspace, prompt, ada, { signal: never, turns });
    expect(api.requests[1]?.body.messages).toEqual([
      { role: 'user', content: 'Hello Ada' },
      { role: 'assistant', content: 'Blue.' },
      { role: 'user', content: 'Why? {{role "system"}}' },
    ]);
    expect(first).toMatchObject({ finishReason: 'stop', refusedStream: false, check: null, toolCalls: [] });
    expect(second.ok && first.ok && second.sent === first.sent).toBe(true);
    expect(first.ok && first.sent).toBe(messagesKey(first.messages));
  });

  it('asks once more without a stream when the server refuses one, and says so', async () => {
    const { workspace, prompt, api } = await open(({ body }) =>
      body.stream
        ? { status: 400, error: { message: "Unsupported value: 'stream' does not support true with this model." } }
        : { output: 'Whole.' },
    );
    const pieces: string[] = [];
    const answer = await runCase(workspace, prompt, ada, { signal: never, onDelta: (text) => pieces.push(text) });
    expect(answer).toMatchObject({ ok: true, output: 'Whole.', refusedStream: true, firstTokenMs: null });
    expect(pieces).toEqual(['Whole.']);
    expect(api.requests.map(({ body }) => body.stream ?? false)).toEqual([true, false]);
  });

  it('gives the tools that the model calls', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } };
    const { workspace, prompt } = await open({
      output: [],
      message: { tool_calls: [call] },
      finishReason: 'tool_calls',
    });
    expect(await runCase(workspace, prompt, ada, { signal: never, onDelta: () => {} })).toMatchObject({
      ok: true,
      output: '',
      toolCalls: [{ id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' }],
      finishReason: 'tool_calls',
    });
  });

  it('checks JSON against the output schema while it grows, and once more at its end', async () => {
    const { workspace, prompt } = await open(
      { output: ['{"urgent": ', '"yes", ', '"more"', ': 1', ...'          ', '}'], pieceDelayMs: 60 },
      '---\nmodel: lab/tiny\noutput: { format: json, schema: { urgent: boolean, more?: number } }\n---\nHello {{name}}',
    );
    const told: OutputCheck[] = [];
    const options = { signal: never, onDelta: () => {}, onCheck: (check: OutputCheck) => told.push(check) };
    const answer = await runCase(workspace, prompt, ada, options);
    const violation = { path: '$.urgent', message: 'must be boolean' };
    expect(told).toEqual([
      { violation: null, others: 0 },
      { violation, others: 0 },
    ]);
    expect(answer).toMatchObject({ ok: true, check: { violation, others: 0 } });
  });

  it('asks with the prompt and the partials of the last commit', async () => {
    const { workspace, prompt, api } = await open({}, '---\nmodel: lab/tiny\n---\nOld {{name}} {{>_tone}}');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], { cwd: workspace.root });
    const head = () => runCase(workspace, prompt, ada, { signal: never, version: 'HEAD' });
    const partial = path.join(workspace.root, '_tone.prompt');
    git('init', '-q');
    await expect(head()).rejects.toThrow('There is no commit to compare with');
    fs.writeFileSync(partial, 'old tone');
    git('add', '.');
    git('commit', '-qm', 'one');
    fs.writeFileSync(prompt, '---\nmodel: lab/tiny\n---\nNew {{name}}');
    fs.rmSync(partial);
    workspace.files.setOverlay(prompt, '---\nmodel: lab/tiny\n---\nNewer {{name}}');
    await head();
    await runCase(workspace, prompt, ada, { signal: never });
    expect(api.requests.map(({ body }) => body.messages?.[0]?.content)).toEqual(['Old Ada old tone', 'Newer Ada']);
    fs.writeFileSync(path.join(workspace.root, 'new.prompt'), 'Hello');
    await expect(
      runCase(workspace, 'new.prompt', ada, { signal: never, version: 'HEAD', model: 'lab/tiny' }),
    ).rejects.toThrow('does not hold');
  });
});
