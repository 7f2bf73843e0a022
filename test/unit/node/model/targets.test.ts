import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ModelError, type ModelRequest, parseModelRef } from '../../../../src/engine/model/modelClient.ts';
import { modelObstacle, modelResolver } from '../../../../src/node/model/resolveModel.ts';
import { EMPTY_CONFIG, parseConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { workspaceFiles } from '../../../../src/node/workspace/workspaceFiles.ts';
import { type FakeApi, type FakeReply, startFakeApi } from '../../../support/fakeApi.ts';
import { modelRequest, testCase } from '../../../support/modelRequest.ts';

const TOKEN = 'tok-0123456789abcdef';
const REQUEST = modelRequest({
  model: { provider: 'http', name: 'bot' },
  messages: [
    { role: 'system', content: [{ text: 'Be brief.' }] },
    { role: 'user', content: [{ text: 'Hi "you"\n' }] },
  ],
  params: { temperature: 0 },
  testCase: testCase({ id: 'c9', vars: { ticket: 'My {{prompt}}', n: 3 } }),
});

let root: string;
let api: FakeApi | undefined;
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-targets-'));
  fs.mkdirSync(path.join(root, 'app'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

/** Asks a target of a `touchstone.yaml`; what fails is told as text. */
async function ask(
  yaml: string,
  model: string,
  { request = REQUEST, signal = AbortSignal.timeout(20_000), trusted = true } = {},
): Promise<Awaited<ReturnType<typeof answerOf>>> {
  return answerOf(yaml, model, request, signal, trusted);
}

async function answerOf(yaml: string, model: string, request: ModelRequest, signal: AbortSignal, trusted: boolean) {
  const { config, problems } = parseConfig(yaml, 'touchstone.yaml');
  expect(problems).toEqual([]);
  const workspace = { root, files: workspaceFiles(), config, configProblems: [], trusted };
  const access = { env: { BOT_TOKEN: TOKEN, PATH: process.env['PATH'] } };
  const ref = parseModelRef(model);
  if (!ref) throw new Error(model);
  const client = await modelResolver({ workspace, folder: root, access })(ref);
  if (client instanceof ModelError) return client;
  return client.generate(request, { signal }).catch((error: unknown) => {
    if (error instanceof ModelError) return error;
    throw error;
  });
}

async function httpYaml(reply: FakeReply, more = ''): Promise<string> {
  api = await startFakeApi(() => reply);
  return `targets:\n  http:\n    bot:\n      url: ${api.url}/ask?key=\${env:BOT_TOKEN}\n${more}`;
}

describe('an HTTP target', () => {
  const MAPPED = `
      headers: { Authorization: "Bearer \${env:BOT_TOKEN}" }
      body: { question: "{{vars.ticket}}", text: "#{{vars.n}} {{prompt}}", chat: "{{messages}}", t: "{{params.temperature}}" }
      output: reply.parts[0]
      usage: { input: took.in, output: took.out }
      cost: took.usd
`;

  it('sends what its body says, and finds the answer and what it took', async () => {
    const yaml = await httpYaml({ body: '{"reply":{"parts":["你好"]},"took":{"in":3,"out":4,"usd":0.25}}' }, MAPPED);
    const answer = await ask(yaml, 'http/bot');
    expect(answer).toMatchObject({
      output: '你好',
      usage: { inputTokens: 3, outputTokens: 4, cachedInputTokens: null, reasoningTokens: null },
      costUsd: 0.25,
      attempts: 1,
    });
    const [sent] = api?.requests ?? [];
    expect(sent).toMatchObject({ method: 'POST', path: `/v1/ask?key=${TOKEN}` });
    expect(sent?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(sent?.body).toEqual({
      question: 'My {{prompt}}',
      text: '#3 Be brief.\n\nHi "you"\n',
      chat: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi "you"\n' },
      ],
      t: 0,
    });
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });

  it('sends all that is known and takes the whole body, where nothing is said', async () => {
    const yaml = await httpYaml({ body: 'plain text', headers: { 'content-type': 'text/plain' } });
    expect(await ask(yaml, 'http/bot')).toMatchObject({ output: 'plain text', usage: null, costUsd: null });
    expect(api?.requests[0]?.body).toMatchObject({
      vars: { ticket: 'My {{prompt}}', n: 3 },
      params: { temperature: 0 },
    });
  });

  it.each<[string, FakeReply, string, string, string, number]>([
    ['a wrong token', { status: 401, body: '{"error":"No."}' }, '', 'auth', 'http/bot answered 401: No.', 1],
    ['a bad request', { status: 422, body: '{"detail":"Too long."}' }, '', 'bad-request', 'answered 422: Too long.', 1],
    [
      'a broken server',
      { status: 500, body: 'oops', headers: { 'retry-after': '0' } },
      '',
      'server',
      'answered 500: oops',
      3,
    ],
    [
      'a cut body',
      { body: '{"a":1}', cut: 'half-way' },
      '      maxRetries: 0',
      'connection',
      'the connection was cut',
      1,
    ],
    [
      'an answer elsewhere',
      { body: '{"a":1}' },
      '      output: b',
      'malformed-response',
      'The answer has nothing at b.',
      1,
    ],
    ['no JSON', { body: '<html>' }, '      output: b', 'malformed-response', 'did not answer with JSON', 1],
    ['silence', { delayMs: 3_000 }, '      timeoutMs: 80\n      maxRetries: 0', 'timeout', 'within 0.08 s', 1],
    ['a body with a variable that is not there', {}, '      body: "{{vars.z}}"', 'bad-request', 'names vars.z', 0],
    ['a header with a variable that is not set', {}, `      headers: { A: "\${env:NONE}" }`, 'missing-key', 'NONE', 0],
  ])('fails with words for %s', async (_name, reply, more, code, message, requests) => {
    const error = await ask(await httpYaml(reply, more), 'http/bot');
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(api?.requests).toHaveLength(requests);
    expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN);
  });

  it('stops at once', async () => {
    const stop = new AbortController();
    const asked = ask(await httpYaml({ delayMs: 5_000 }), 'http/bot', { signal: stop.signal });
    await expect.poll(() => api?.requests.length).toBe(1);
    stop.abort();
    expect(await asked).toMatchObject({ code: 'cancelled' });
  });
});

/** A target that is a Node program of one line. */
function commandYaml(code: string, more = ''): string {
  fs.writeFileSync(
    path.join(root, 'app/app.mjs'),
    `const read = async () => { let s = ''; for await (const c of process.stdin) s += c; return JSON.parse(s); };\n${code}`,
  );
  return `targets:\n  command:\n    app:\n      run: [${JSON.stringify(process.execPath)}, app.mjs, "a b; echo $HOME"]\n      cwd: app\n${more}`;
}

describe('a command target', () => {
  it('reads the request from stdin, without a shell, and answers in text', async () => {
    const code =
      "const q = await read(); console.log([q.vars.ticket, q.messages[1].content, q.case.id, process.argv[2], process.env.OWN].join('|'));";
    const answer = await ask(commandYaml(code, `      env: { OWN: "v \${env:BOT_TOKEN}" }`), 'command/app');
    expect(answer).toMatchObject({
      output: 'My {{prompt}}|Hi "you"\n|c9|a b; echo $HOME|v [key removed]',
      usage: null,
    });
  });

  it.each<[string, string, object]>([
    [
      'what it took',
      '{ output: "yes", usage: { inputTokens: 3 }, costUsd: 0.5 }',
      { output: 'yes', costUsd: 0.5, usage: { inputTokens: 3, outputTokens: null } },
    ],
    ['JSON of its own', '{ category: "bug" }', { output: '{"category":"bug"}', usage: null }],
  ])('may answer with %s', async (_name, value, expected) => {
    const yaml = commandYaml(`console.log(JSON.stringify(${value}))`);
    expect(await ask(yaml, 'command/app')).toMatchObject(expected);
  });

  it.each<[string, string, string, string]>([
    ['fails', 'console.error("no luck"); process.exit(3)', 'function-failed', 'ended with 3. It says: no luck'],
    ['throws', 'throw new Error("boom")', 'function-failed', 'boom'],
    [
      'is too slow',
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.error("thinking")',
      'timeout',
      'within 0.4 s. It says: thinking',
    ],
  ])('tells why when it %s', async (_name, code, expected, message) => {
    const error = await ask(commandYaml(code, '      timeoutMs: 400'), 'command/app');
    expect(error).toMatchObject({ code: expected, message: expect.stringContaining(message) });
  });

  it('is ended on stop, with all that it started', async () => {
    const code = `
      import { spawn } from 'node:child_process';
      import fs from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      fs.writeFileSync('pids.json', JSON.stringify([process.pid, child.pid]));`;
    const stop = new AbortController();
    const asked = ask(commandYaml(code), 'command/app', { signal: stop.signal });
    const file = path.join(root, 'app/pids.json');
    await expect
      .poll(() => fs.existsSync(file) && fs.readFileSync(file, 'utf8').endsWith(']'), { timeout: 10_000 })
      .toBe(true);
    const pids: number[] = JSON.parse(fs.readFileSync(file, 'utf8'));
    stop.abort();
    expect(await asked).toMatchObject({ code: 'cancelled' });
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });

  it.each([['no such program', '[no-such-program-of-ours]', 'it, or the folder it is started in, is not there']])(
    'is told to be missing: %s',
    async (_name, run, message) => {
      const yaml = `targets: { command: { app: { run: ${run} } } }`;
      expect(await ask(yaml, 'command/app')).toMatchObject({
        code: 'function-failed',
        message: expect.stringContaining(message),
        remedy: 'Correct targets.command.app in touchstone.yaml.',
      });
    },
  );
});

describe('an untrusted workspace', () => {
  it.each(['http/bot', 'command/app', 'function/app/app.mjs', 'openai/gpt-test', 'ollama/m', 'vscode/m'])(
    'does not have %s asked',
    async (model) => {
      const yaml = `${commandYaml('console.log(1)')}  http:\n    bot: { url: "http://127.0.0.1:9/" }\n`;
      expect(await ask(yaml, model, { trusted: false })).toMatchObject({ code: 'untrusted' });
    },
  );
});

it.each([
  ['http/none', 'There is no target http/none.'],
  ['command/constructor', 'There is no target command/constructor.'],
  ['vscode/gpt', 'vscode/gpt is a model of the editor.'],
])('%s is known to be missing before anything is sent', async (model, message) => {
  const workspace = { root, files: workspaceFiles(), config: EMPTY_CONFIG, configProblems: [], trusted: true };
  const ref = parseModelRef(model);
  expect(ref && (await modelObstacle(ref, { workspace, folder: root, access: { env: {} } }))).toMatchObject({
    message,
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended but that nobody has asked about yet still has its number.
    const stat = `/proc/${pid}/stat`;
    return !fs.existsSync(stat) || !/\) Z /.test(fs.readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
