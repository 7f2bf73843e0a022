import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
let api: FakeApi | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  workspaces.remove();
  await api?.stop();
});

/** A model that answers with the last word of what it is asked, and a judge that finds everything good. */
async function workspace(more = '') {
  api = await startFakeApi(({ body }) => {
    const asked = String(JSON.stringify(body.messages?.at(-1)?.content));
    return body.model === 'judge'
      ? { output: JSON.stringify({ reason: 'Fine.', score: 5, verdict: 'yes', pass: true }) }
      : { output: /(\w+)"?\W*$/.exec(asked)?.[1] ?? '' };
  });
  vi.stubEnv('FAKE_BASE_URL', api.url);
  vi.stubEnv('FAKE_API_KEY', 'sk-fake');
  const root = workspaces.make({
    'touchstone.yaml': '',
    'p.prompt': 'Repeat: {{q}}',
    'd.csv': 'id,q,expected\na,one,one\nb,two,two\nc,three,four\n',
    's.eval.yaml': `prompts: [p.prompt]\nmodels: [fake/model]\ndata: d.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n${more}`,
  });
  const file = path.join(root, 's.recording.jsonl');
  const lines = () => fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const composite = async (...args: string[]) => {
    const { code, stdout } = await touchstone(root, 'eval', 's.eval.yaml', '--reporter', 'json', ...args);
    const { variants } = JSON.parse(stdout);
    return { code, composite: variants[0].composite?.mean ?? null, samples: variants[0].samples };
  };
  return { root, lines, composite };
}
const JUDGED = '  - rubric: { criteria: Polite., judge: fake/judge }\n';

describe('a recording', () => {
  it('stands for the models, judges included, without a key or a call', async () => {
    const { root, lines, composite } = await workspace(JUDGED);
    const recorded = await composite('--record');
    expect(recorded.samples).toMatchObject({ error: 0, unscored: 0 });
    expect(lines()).toHaveLength(6);
    expect([...lines()].sort()).toEqual(lines());
    const asked = api?.requests.length ?? 0;
    expect(asked).toBe(6);
    vi.unstubAllEnvs();
    fs.rmSync(path.join(root, '.touchstone'), { recursive: true });
    expect(await composite('--recorded-only')).toEqual(recorded);
    expect(api?.requests.length).toBe(asked);
  });

  it('does not answer what was never asked: that is an error, and no failing of the gate', async () => {
    const { root, composite } = await workspace();
    await composite('--record');
    fs.writeFileSync(path.join(root, 'p.prompt'), 'Say again: {{q}}');
    const { code, samples } = await composite('--recorded-only');
    expect(samples).toMatchObject({ error: 3, pass: 0, fail: 0 });
    expect(code).toBe(3);
    expect(api?.requests).toHaveLength(3);
    const { stdout } = await touchstone(root, 'eval', 's.eval.yaml', '--recorded-only');
    expect(stdout.replace(/\s+/g, ' ')).toContain('s.recording.jsonl holds no answer to this request');
  });

  it('grows by what a part of the cases adds, and is made anew by all of them', async () => {
    const { root, lines, composite } = await workspace();
    await composite('--record', '--limit', '1');
    expect(lines()).toHaveLength(1);
    await composite('--record', '--filter', 'b');
    expect(lines()).toHaveLength(2);
    fs.writeFileSync(path.join(root, 'p.prompt'), 'Say again: {{q}}');
    await composite('--record', '--limit', '1');
    expect(lines()).toHaveLength(3);
    await composite('--record');
    expect(lines()).toHaveLength(3);
    expect((await composite('--recorded-only')).samples).toMatchObject({ pass: 2, fail: 1, error: 0 });
  });

  it('that a model of the suite replays is never emptied', async () => {
    const { root, lines, composite } = await workspace();
    await composite('--record');
    const suite = path.join(root, 's.eval.yaml');
    fs.writeFileSync(suite, fs.readFileSync(suite, 'utf8').replace('fake/model', 'replay/s'));
    const { stderr } = await touchstone(root, 'eval', 's.eval.yaml', '--record');
    expect(stderr).toContain('Nothing was recorded');
    expect(lines()).toHaveLength(3);
    fs.writeFileSync(suite, fs.readFileSync(suite, 'utf8').replace('replay/s', 'replay/s, fake/other'));
    await composite('--record');
    expect(lines()).toHaveLength(6);
  });

  it('is told to be missing before anything is run', async () => {
    const { root } = await workspace();
    const { code, stderr } = await touchstone(root, 'eval', 's.eval.yaml', '--recorded-only');
    expect(code).toBe(2);
    expect(stderr).toContain('There is no s.recording.jsonl beside the suite');
    expect(api?.requests).toHaveLength(0);
  });

  it.each([
    ['both at once', ['--record', '--recorded-only'], 'What is only played back cannot be recorded.'],
    ['embeddings', ['--recorded-only'], 'Embeddings are in no recording.'],
  ])('refuses %s', async (_name, args, words) => {
    const { root } = await workspace('  - embedding-similarity: { expected: "{{expected}}", model: fake/embedder }\n');
    fs.writeFileSync(path.join(root, 's.recording.jsonl'), '');
    const { code, stderr } = await touchstone(root, 'eval', 's.eval.yaml', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('that cannot be read is left as it is', async () => {
    const { root } = await workspace();
    fs.writeFileSync(path.join(root, 's.recording.jsonl'), 'mine\n');
    const { code, stderr } = await touchstone(root, 'eval', 's.eval.yaml', '--record', '--limit', '1');
    expect(code).not.toBe(0);
    expect(stderr).toContain('s.recording.jsonl:1:');
    expect(fs.readFileSync(path.join(root, 's.recording.jsonl'), 'utf8')).toBe('mine\n');
  });
});
