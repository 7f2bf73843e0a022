import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { evaluateSuite } from '../../../src/node/evaluateSuite.ts';
import { loadSuite } from '../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../src/node/workspace/openWorkspace.ts';
import type { Workspace } from '../../../src/node/workspace/workspace.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';

const never = new AbortController().signal;
const workspaces = temporaryWorkspaces();
afterEach(() => workspaces.remove());

const PROMPT = '---\nmodel: nowhere/x\n---\n{{ticket}}\n';
const files = (models: string) => ({
  'touchstone.yaml': 'providers:\n  lab: { baseUrl: "http://127.0.0.1:9/v1", maxRetries: 0 }\n',
  'a.prompt': PROMPT,
  'b.prompt': PROMPT.replace('{{ticket}}', 'Once more: {{ticket}}'),
  'a.csv': 'ticket,expected\nOne,x\nTwo,x\n',
  'a.eval.yaml': `prompts: [./a.prompt, ./b.prompt]\nmodels: [${models}]\ndata: ./a.csv\nmetrics:\n  - equals: "{{expected}}"\n`,
  'old.recording.jsonl': `${JSON.stringify({ key: 'a'.repeat(64), output: 'x', model: 'lab/x' })}\n`,
});

async function load(workspace: Workspace) {
  const { loaded, problems } = await loadSuite(workspace, 'a.eval.yaml');
  if (!loaded) throw new Error(JSON.stringify(problems));
  return loaded;
}

describe('an evaluation', () => {
  it('reads a recording once, however many variants replay it', async () => {
    const opened = openWorkspace(workspaces.make(files('replay/old, replay/old/lab/x')));
    const read: string[] = [];
    const chunks: Workspace['files']['chunks'] = (file, signal) => {
      read.push(path.basename(file));
      return opened.files.chunks(file, signal);
    };
    const readText: Workspace['files']['readText'] = (file) => {
      read.push(path.basename(file));
      return opened.files.readText(file);
    };
    const loaded = await load({ ...opened, files: { ...opened.files, chunks, readText } });
    const { summary } = await evaluateSuite(loaded, { signal: never, history: false });
    expect(summary.variants).toHaveLength(4);
    expect(read.filter((name) => name === 'old.recording.jsonl')).toHaveLength(1);
  });

  it('asks for the key of a provider once', async () => {
    const loaded = await load(openWorkspace(workspaces.make(files('lab/one, lab/two'))));
    const asked: string[] = [];
    const secret = async (provider: string) => {
      asked.push(provider);
      return 'sk-0123456789';
    };
    await evaluateSuite(loaded, { signal: never, history: false, access: { secret } });
    expect(asked).toEqual(['lab']);
  });

  it('is refused in a workspace that is not trusted, whoever asks', async () => {
    const loaded = await load(openWorkspace(workspaces.make(files('replay/expected')), { trusted: false }));
    const refused = evaluateSuite(loaded, { signal: never, history: false });
    await expect(refused).rejects.toMatchObject({ code: 'untrusted' });
  });

  it('keeps no history behind a link that leads out of the workspace', async () => {
    const root = workspaces.make(files('replay/expected'));
    const elsewhere = workspaces.make({});
    fs.symlinkSync(elsewhere, path.join(root, '.touchstone'));
    const refused = evaluateSuite(await load(openWorkspace(root)), { signal: never });
    await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(/^The history .* lies outside/) });
    expect(fs.readdirSync(elsewhere)).toEqual([]);
  });
});
