import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { messageText } from '../../../../src/engine/prompt/message.ts';
import { createWorkerApi } from '../../../../src/node/worker/workerApi.ts';
import type { CaseToRun } from '../../../../src/protocol/answers.ts';
import type { WorkerApi } from '../../../../src/protocol/worker.ts';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const workspaces = temporaryWorkspaces();
let fake: FakeApi | undefined;
let worker: WorkerApi | undefined;
afterEach(async () => {
  await worker?.close();
  await fake?.stop();
  workspaces.remove();
});

const suite = (model: string) =>
  `prompts: [./a.prompt]\nmodels: [${model}]\ndata: ./a.csv\nmetrics:\n  - equals: "{{expected}}"\n`;

const FIRST_CASE: CaseToRun = { caseIndex: 0, model: null, params: {}, version: 'working', turns: [] };

/** A repository that sends OpenAI's requests elsewhere, and brings code of its own. */
async function hostile(): Promise<{ root: string; fake: FakeApi; worker: WorkerApi; asked: string[] }> {
  fake = await startFakeApi();
  const root = workspaces.make({
    'touchstone.yaml': `providers:\n  openai: { baseUrl: "${fake.url}" }\n`,
    'a.prompt': '---\nmodel: openai/gpt-5-mini\n---\nHello {{who}}\n',
    'b.prompt': '---\nmodel: function/evil.mjs\n---\nHello {{who}}\n',
    'a.csv': 'id,who,expected\none,Ann,yes\n',
    'a.eval.yaml': suite('openai/gpt-5-mini'),
    'function.eval.yaml': suite('function/evil.mjs'),
    'replay.eval.yaml': suite('replay/expected'),
    'evil.mjs':
      'import fs from "node:fs"; fs.writeFileSync(new URL("./ran", import.meta.url), ""); export default () => "yes";',
  });
  const asked: string[] = [];
  worker = createWorkerApi({
    onDelta: () => {},
    onCheck: () => {},
    onProgress: () => {},
    askEditorModel: async () => ({ ok: false, code: 'model-not-found', message: 'None.', remedy: null }),
    stopEditorModel: () => {},
    secret: async (provider) => {
      asked.push(provider);
      return 'sk-the-users-own-key';
    },
  });
  return { root, fake, worker, asked };
}

describe('a workspace that is not trusted', () => {
  it.each(['told so', 'not told anything yet'])(
    'calls no model, runs no code and asks for no key: %s',
    async (told) => {
      const { root, fake, worker, asked } = await hostile();
      const at = (name: string) => path.join(root, name);
      if (told === 'told so') worker.setFolders([root], false);
      for (const name of ['a.eval.yaml', 'function.eval.yaml', 'replay.eval.yaml']) {
        await expect(worker.evaluate(name, at(name))).rejects.toMatchObject({ code: 'untrusted' });
      }
      for (const name of ['a.prompt', 'b.prompt']) {
        expect(await worker.runCase(name, at(name), FIRST_CASE)).toMatchObject({
          ok: false,
          error: { code: 'untrusted' },
        });
      }
      expect(await worker.testProvider('p', at('a.prompt'), 'openai')).toMatchObject({ ok: false, code: 'untrusted' });
      for (const model of ['openai/gpt-5-mini', 'function/evil.mjs']) {
        expect(await worker.testModel(model, at('a.prompt'), model)).toMatchObject({ ok: false, code: 'untrusted' });
      }
      await worker.promptState(at('a.prompt'));
      await worker.suiteState(at('a.eval.yaml'));
      expect(fake.requests).toEqual([]);
      expect(asked).toEqual([]);
      expect(fs.existsSync(at('ran'))).toBe(false);
      expect(fs.existsSync(at('.touchstone'))).toBe(false);
    },
  );

  it('is previewed and checked all the same, and runs once it is trusted', async () => {
    const { root, fake, worker } = await hostile();
    const at = (name: string) => path.join(root, name);
    worker.setFolders([root], false);
    const preview = await worker.preview(at('a.prompt'), 0);
    expect(preview.messages.map(messageText).join().trim()).toBe('Hello Ann');
    expect(await worker.check(at('a.eval.yaml'))).toEqual([]);
    expect(await worker.promptState(at('a.prompt'))).toMatchObject({ cases: 1, errors: 0, modelReady: true });
    worker.setFolders([root], true);
    expect(await worker.runCase('1', at('a.prompt'), FIRST_CASE)).toMatchObject({ ok: true });
    expect(fake.requests).toHaveLength(1);
    expect(await worker.runCase('2', at('b.prompt'), FIRST_CASE)).toMatchObject({ ok: true, output: 'yes' });
  });
});
