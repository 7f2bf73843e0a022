import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type FakeApi, type FakeReply, type FakeRequest, startFakeApi } from '../../../support/fakeApi.ts';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
let api: FakeApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function run(reply: (request: FakeRequest) => FakeReply) {
  api = await startFakeApi(reply);
  fs.writeFileSync(
    path.join(folder, 'touchstone.yaml'),
    `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\n`,
  );
  return touchstone(folder, 'run', 'prompts/triage.prompt', '--model', 'lab/tiny');
}

it('says how fast the answer came, what it broke, and that it was cut off', async () => {
  const { code, stdout, stderr } = await run(() => ({
    output: ['{"category":', '"none"', '}'],
    pieceDelayMs: 60,
    finishReason: 'length',
  }));
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{"category":"none"}\n' });
  expect(stderr).toMatch(/^output schema: \S.* \(and \d+ more\)$/m);
  expect(stderr).toMatch(/first token \d+ ms · 10 tokens in, 5 out · \d+ tokens\/s · – · length$/m);
});

it('shows the tools that the model calls', async () => {
  const call = { id: 'c', type: 'function', function: { name: 'look_up', arguments: '{"id":7}' } };
  const { stderr } = await run(() => ({ output: [], message: { tool_calls: [call] }, finishReason: 'tool_calls' }));
  expect(stderr).toMatch(/^calls look_up \{"id":7\}$/m);
  expect(stderr).not.toContain('output schema');
});

it('asks once more where a stream is refused, and says so', async () => {
  const { code, stdout, stderr } = await run(({ body }) =>
    body.stream ? { status: 400, error: { message: 'stream is not supported' } } : { output: '{}' },
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{}\n' });
  expect(stderr).toContain('The server refused to stream');
});

it('names the status and the request of a failure', async () => {
  const { code, stderr } = await run(() => ({ status: 503, error: { message: 'The engine is on fire.' } }));
  expect(code).toBe(3);
  expect(stderr).toMatch(/^server: lab answered 503: The engine is on fire\.$/m);
  expect(stderr).toMatch(/^HTTP 503 · request req-0$/m);
});
