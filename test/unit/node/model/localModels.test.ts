import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import {
  type ModelClient,
  ModelError,
  type ModelRequest,
  parseModelRef,
} from '../../../../src/engine/model/modelClient.ts';
import { requestKey } from '../../../../src/engine/model/requestKey.ts';
import { modelObstacle, modelResolver } from '../../../../src/node/model/resolveModel.ts';
import { EMPTY_CONFIG } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { workspaceFiles } from '../../../../src/node/workspace/workspaceFiles.ts';
import { modelRequest, testCase } from '../../../support/modelRequest.ts';

const never = new AbortController().signal;
let root: string;
let outside: string;
const key = requestKey(modelRequest());

beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-models-'));
  outside = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-outside-'));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };
  const line = (parts: JsonObject) => `${JSON.stringify({ key, ...parts })}\n`;
  write(
    'evals/old.recording.jsonl',
    line({ output: 'first', model: 'a/b', costUsd: 0.5, latencyMs: 120 }) +
      line({ output: 'second', model: 'openai/gpt-test' }),
  );
  write('evals/more/deep.recording.jsonl', line({ output: 'deep' }));
  write('evals/broken.recording.jsonl', `${line({ output: 'x' })}{`);
  write(
    'evals/echo.mjs',
    `
    export default ({ messages, vars, params, testCase }) =>
      [messages[0].content[0].text, vars.x, params.p, testCase.id].join('|');
    export const rich = async () => ({ output: 'rich', usage: { inputTokens: 3, outputTokens: 4 }, costUsd: 0.25 });
    export const throws = () => { throw new Error('no luck'); };
    export const number = () => 42;
    export const waits = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    export const notOne = 3;`,
  );
  write('evals/syntax.mjs', 'export default (');
  fs.writeFileSync(path.join(outside, 'evil.mjs'), 'export default () => "evil"');
  fs.symlinkSync(path.join(outside, 'evil.mjs'), path.join(root, 'evals/link.mjs'));
  fs.writeFileSync(path.join(outside, 'far.recording.jsonl'), line({ output: 'far' }));
  fs.symlinkSync(path.join(outside, 'far.recording.jsonl'), path.join(root, 'evals/near.recording.jsonl'));
});
afterAll(() => {
  fs.rmSync(root, { recursive: true, force: true });
  fs.rmSync(outside, { recursive: true, force: true });
});

async function client(name: string): Promise<ModelClient> {
  const workspace = {
    root,
    files: workspaceFiles(),
    config: { providers: {}, prices: {} },
    configProblems: [],
    trusted: true,
  };
  const model = parseModelRef(name);
  const resolved =
    model && (await modelResolver({ workspace, folder: path.join(root, 'evals'), access: { env: {} } })(model));
  if (!resolved || resolved instanceof ModelError) throw new Error(`${name} is not there`);
  return resolved;
}

async function answer(name: string, request: ModelRequest = modelRequest(), signal = never): Promise<unknown> {
  try {
    return await (await client(name)).generate(request, { signal });
  } catch (error) {
    if (error instanceof ModelError) return `${error.code}: ${error.message} ${error.remedy ?? ''}`;
    throw error;
  }
}

describe('replay', () => {
  it('takes the column of the case', async () => {
    const request = modelRequest({ testCase: testCase({ row: { said: 'from the row', old: 'before the file' } }) });
    expect(await answer('replay/said', request)).toMatchObject({
      output: 'from the row',
      latencyMs: null,
      costUsd: null,
    });
    expect(await answer('replay/old', request)).toMatchObject({ output: 'before the file' });
  });

  it('takes the recording beside the suite, with what it cost and how long it took', async () => {
    expect(await answer('replay/old')).toMatchObject({ output: 'first', costUsd: 0.5, latencyMs: 120 });
    expect(await answer('replay/more/deep')).toMatchObject({ output: 'deep' });
  });

  it("takes one model's answers of a recording that holds several", async () => {
    expect(await answer('replay/old/openai/gpt-test')).toMatchObject({ output: 'second' });
    expect(await answer('replay/old/openai/other')).toMatch(/^not-recorded: old\.recording\.jsonl holds no answer/);
  });

  it.each([
    [
      'an empty cell',
      'replay/said',
      modelRequest({ testCase: testCase({ row: { said: null } }) }),
      'The column said of this case is empty.',
    ],
    [
      'an empty cell of a table',
      'replay/said',
      modelRequest({ testCase: testCase({ row: { said: '' } }) }),
      'The column said of this case is empty.',
    ],
    [
      'neither column nor file',
      'replay/none',
      modelRequest(),
      'The dataset has no column none, and there is no none.recording.jsonl beside the suite.',
    ],
    ['a column that is only inherited', 'replay/constructor', modelRequest(), 'The dataset has no column constructor'],
    [
      'another request',
      'replay/old',
      modelRequest({ params: { temperature: 1 } }),
      'old.recording.jsonl holds no answer to this request.',
    ],
    ['a broken recording', 'replay/broken', modelRequest(), 'broken.recording.jsonl:2: It is not JSON.'],
  ])('has no answer for %s', async (_name, model, request, message) => {
    const told = await answer(model, request);
    expect(told).toMatch(/^not-recorded: /);
    expect(told).toContain(message);
    expect(told).toContain('Evaluate with a model and record its answers');
  });
});

describe('a recording outside the workspace', () => {
  it.each([
    ['by its name', () => `replay/../${path.relative(root, outside)}/far`],
    ['by an absolute name', () => `replay/${path.join(outside, 'far')}`],
    ['through a link', () => 'replay/near'],
  ])('%s is not read, and that is known before a run', async (_name, model) => {
    const ref = parseModelRef(model());
    const workspace = { root, files: workspaceFiles(), config: EMPTY_CONFIG, configProblems: [], trusted: true };
    const obstacle = ref && (await modelObstacle(ref, { workspace, folder: path.join(root, 'evals'), access: {} }));
    expect(obstacle?.message).toMatch(/^The recording .* lies outside the workspace/);
    expect(await answer(model())).toMatch(/^not-recorded: The recording .* lies outside the workspace/);
  });
});

describe('function', () => {
  it('is called with the messages, the variables, the parameters and the case', async () => {
    const request = modelRequest({ params: { p: 7 }, testCase: testCase({ id: 'c9', vars: { x: 'y' } }) });
    expect(await answer('function/echo.mjs', request)).toMatchObject({
      output: 'Hi|y|7|c9',
      usage: null,
      costUsd: null,
    });
  });

  it('may say what it took', async () => {
    expect(await answer('function/echo.mjs#rich')).toMatchObject({
      output: 'rich',
      usage: { inputTokens: 3, outputTokens: 4, cachedInputTokens: null, reasoningTokens: null },
      costUsd: 0.25,
    });
  });

  it.each([
    ['throws', 'function/echo.mjs#throws', 'echo.mjs#throws threw: no luck'],
    ['gives no answer', 'function/echo.mjs#number', 'echo.mjs#number did not return an answer.'],
    ['is not a function', 'function/echo.mjs#notOne', 'has no export notOne that is a function. It exports: default, '],
    ['is not exported', 'function/echo.mjs#none', 'has no export none'],
    ['is not there', 'function/none.mjs', 'none.mjs cannot be loaded'],
    ['does not parse', 'function/syntax.mjs', 'syntax.mjs cannot be loaded'],
    ['lies outside', 'function/../../evil.mjs', 'lies outside the workspace'],
    ['is a link that leads outside', 'function/link.mjs', 'lies outside the workspace'],
  ])('fails as a sample when it %s', async (_name, model, message) => {
    const told = await answer(model);
    expect(told).toMatch(/^function-failed: /);
    expect(told).toContain(message);
  });

  it('is told when to stop', async () => {
    const stop = new AbortController();
    const told = answer('function/echo.mjs#waits', modelRequest(), stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect(await told).toMatch(/^cancelled/);
  });
});
