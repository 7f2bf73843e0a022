import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageText } from '../../../../src/engine/prompt/message.ts';
import { createWorkerApi } from '../../../../src/node/worker/workerApi.ts';
import type { WorkerApi } from '../../../../src/protocol/worker.ts';
import { FORMAT_FILES, FORMAT_PROMPTS, suiteOf } from '../../../support/formatFiles.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const workspaces = temporaryWorkspaces();
afterAll(workspaces.remove);
const NO_MODEL = { ok: false, code: 'model-not-found', message: 'There is none.', remedy: null } as const;
let folder: string;
let api: WorkerApi;
const at = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = fs.realpathSync(workspaces.make(FORMAT_FILES));
  api = createWorkerApi({
    onDelta: () => {},
    onProgress: () => {},
    onCheck: () => {},
    secret: async () => null,
    askEditorModel: async () => NO_MODEL,
    stopEditorModel: () => {},
  });
  api.setFolders([folder], true);
});
afterEach(() => api.close());

describe.each(FORMAT_PROMPTS)('%s', (name) => {
  const prompt = `p/${name}`;

  it('has lenses, a preview, runs and evaluations like any prompt', async () => {
    fs.writeFileSync(at('s.eval.yaml'), suiteOf(name));
    expect(await api.check(at(prompt))).toEqual([]);
    const state = await api.promptState(at(prompt));
    expect(state).toMatchObject({ isPrompt: true, suites: [at('s.eval.yaml')], cases: 2, errors: 0 });

    const preview = await api.preview(at(prompt), 1);
    expect(preview).toMatchObject({ caseId: 'b', caseCount: 2, problems: [] });
    // The case's value has a line "system:", which must not begin a turn.
    expect(preview.messages.at(-1)?.role).toBe('user');
    expect(preview.messages.map(messageText).join()).toContain('Bo\nsystem:');
    expect(preview.sources.flat(2).find((source) => source?.variable === 'who')?.file).toBe(at(prompt));
    expect(preview.fields.map((field) => field.name)).toContain('who');

    const answer = await api.runCase('1', at(prompt), {
      caseIndex: 0,
      suitePath: at('s.eval.yaml'),
      model: null,
      params: {},
      version: 'working',
      turns: [],
    });
    expect(answer).toMatchObject({ ok: true, output: 'Hello Ann' });
    const evaluated = await api.evaluate('2', at('s.eval.yaml'));
    expect(evaluated).toMatchObject({ started: true });
    const after = await api.promptState(at(prompt));
    expect(after).toMatchObject({ runCount: 1, last: { edited: false, counts: { pass: 2, fail: 0, error: 0 } } });
  });

  it('changes its version when what it sends changes', async () => {
    fs.writeFileSync(at('s.eval.yaml'), suiteOf(name));
    const { version } = await api.promptState(at(prompt));
    api.setOverlay(at(prompt), (FORMAT_FILES[prompt] ?? '').replace('Be kind', 'Be unkind'));
    const changed = await api.promptState(at(prompt));
    expect(changed.version).not.toBe(version);
    expect(changed.version).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gets a first suite that runs', async () => {
    const plan = await api.newCases(at(prompt));
    expect(path.basename(plan.suitePath)).toBe(`${name[0]}.eval.yaml`);
    fs.writeFileSync(plan.suitePath, plan.suiteText);
    fs.writeFileSync(plan.dataPath, plan.dataText);
    expect(await api.promptState(at(prompt))).toMatchObject({ suites: [plan.suitePath], cases: 1, errors: 0 });
  });
});

describe('a file that is no prompt', () => {
  it('is left alone until a suite names it', async () => {
    fs.writeFileSync(at('p/other.prompt'), '{% if x %}\n{{ x | upper }}\n{% endif %}\n');
    for (const name of ['p/d.md', 'p/f.jinja2', 'data.csv', 'p/other.prompt']) {
      expect(await api.check(at(name))).toEqual([]);
      if (name !== 'data.csv') expect(await api.promptState(at(name))).toMatchObject({ isPrompt: false, errors: 0 });
    }
    fs.writeFileSync(at('s.eval.yaml'), suiteOf('other.prompt'));
    expect(await api.promptState(at('p/other.prompt'))).toMatchObject({ isPrompt: true, errors: 1 });
  });
});

describe('a sample in the file', () => {
  it.each(['p/a.prompty', 'p/b.prompt.yml'])('fills the preview of %s while there is no dataset', async (name) => {
    const preview = await api.preview(at(name), 0);
    expect(preview.vars).toMatchObject({ who: 'Sam', mood: 'fine' });
    expect(preview.messages.map(messageText).join()).toContain('Sam');
  });
});

describe('files that a prompt names', () => {
  const prompt = (file: string) => `---\nsample: $\{file:${file}}\n---\nuser:\n{{ secret }}\n`;

  it('are read, as their buffers stand', async () => {
    fs.writeFileSync(at('p/sample.json'), '{ "secret": "on disk" }');
    fs.writeFileSync(at('p/h.prompty'), prompt('sample.json'));
    expect((await api.preview(at('p/h.prompty'), 0)).vars).toEqual({ secret: 'on disk' });
    api.setOverlay(at('p/sample.json'), '{ "secret": "typed" }');
    expect((await api.preview(at('p/h.prompty'), 0)).vars).toEqual({ secret: 'typed' });
  });

  it.each(['../../outside.json', '/etc/hostname', 'link.json'])(
    'are not read outside of the workspace: %s',
    async (file) => {
      const outside = path.join(path.dirname(folder), 'outside.json');
      fs.writeFileSync(outside, '{ "secret": "s3cret" }');
      fs.symlinkSync(outside, at('p/link.json'));
      fs.writeFileSync(at('p/h.prompty'), prompt(file));
      const preview = await api.preview(at('p/h.prompty'), 0);
      fs.rmSync(outside);
      expect(preview.problems.map(({ code }) => code)).toEqual(['missing-file']);
      expect(JSON.stringify(preview)).not.toContain('s3cret');
    },
  );

  it('of the environment never get into a message', async () => {
    process.env['TOUCHSTONE_TEST_SECRET'] = 's3cret';
    const reference = ['$', '{env:TOUCHSTONE_TEST_SECRET}'].join('');
    const inputs = `inputs:\n  secret: { default: "${reference}" }\nsample: { secret: "${reference}" }`;
    fs.writeFileSync(at('p/h.prompty'), `---\n${inputs}\n---\nuser:\n{{ secret }} ${reference}\n`);
    const preview = await api.preview(at('p/h.prompty'), 0);
    delete process.env['TOUCHSTONE_TEST_SECRET'];
    expect(JSON.stringify(preview)).not.toContain('s3cret');
    expect(preview.problems.map(({ code }) => code)).toContain('environment-in-input');
  });
});

describe('a conversion', () => {
  it.each(FORMAT_PROMPTS)('of %s renders its samples and cases with both forms, and writes nothing', async (name) => {
    fs.writeFileSync(at('s.eval.yaml'), suiteOf(name));
    const { targetPath, text, report } = await api.convert(at(`p/${name}`));
    expect(targetPath).toBe(at(`p/${name[0]}.prompt`));
    expect(fs.existsSync(targetPath)).toBe(false);
    expect(text).toContain('{{');
    expect(report).toMatch(/Rendered with [23] sets of values/);
    if (name !== 'f.jinja2') expect(report).toContain(' 0 different');
  });
});
