import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../../src/engine/dataset/case.ts';
import { checkFile } from '../../../../src/node/workspace/checkFile.ts';
import { loadSuite, type SuiteOverrides } from '../../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { brief, folderWith } from './support.ts';

const PROMPT = `---
model: replay/answer
input:
  schema:
    ticket: string
    count?: integer
    urgent?: boolean
---
{{role "user"}}
{{ticket}} {{count}} {{urgent}}
`;
const SUITE = `prompts: [../prompts/triage.prompt]
data: ./triage.csv
metrics:
  - equals: { expected: "{{expected.category}}" }
`;
const DATA = `id,tags,ticket,count,urgent,expected.category,answer
a,"x,y",Hello,3,TRUE,bug,bug
b,y,"再见, ""you""",,false,how-to,bug
c,,No,7,,bug,bug
`;
const FILES = {
  'touchstone.yaml': '',
  'prompts/triage.prompt': PROMPT,
  'evals/triage.eval.yaml': SUITE,
  'evals/triage.csv': DATA,
};

async function load(files: { readonly [name: string]: string | Uint8Array }, overrides?: SuiteOverrides) {
  const folder = folderWith({ ...FILES, ...files });
  const workspace = openWorkspace(folder);
  const { loaded, problems } = await loadSuite(workspace, 'evals/triage.eval.yaml', overrides);
  return { folder, workspace, loaded, problems, brief: problems.map((problem) => brief(folder, problem)) };
}

async function all(cases: AsyncIterable<Case> | undefined): Promise<Case[]> {
  const list: Case[] = [];
  if (cases) for await (const testCase of cases) list.push(testCase);
  return list;
}

describe('a sound suite', () => {
  it('is loaded with variants, metrics and a summary of its data', async () => {
    const { loaded, problems } = await load({});
    expect(problems).toEqual([]);
    expect(loaded?.variants.map(({ prompt, model }) => [prompt, model])).toEqual([
      ['../prompts/triage.prompt', { provider: 'replay', name: 'answer' }],
    ]);
    expect(loaded?.metrics).toMatchObject([{ kind: 'equals', name: 'equals', weight: 1, gate: false }]);
    expect(loaded?.dataset).toMatchObject({ path: 'evals/triage.csv', format: 'csv', cases: 3 });
    expect(loaded?.dataset.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(loaded?.selection.cases).toBe(3);
  });

  it('gives cases whose variables have the types that the prompt declares; rows stay text', async () => {
    const { loaded } = await load({});
    const cases = await all(loaded?.cases());
    expect(cases.map(({ vars }) => vars)).toEqual([
      { ticket: 'Hello', count: 3, urgent: true, answer: 'bug' },
      { ticket: '再见, "you"', urgent: false, answer: 'bug' },
      { ticket: 'No', count: 7, answer: 'bug' },
    ]);
    expect(cases[0]?.row).toMatchObject({ count: '3', urgent: 'TRUE' });
    expect(cases.map(({ index, line }) => [index, line])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    // Reading them twice gives the same.
    expect(await all(loaded?.cases())).toEqual(cases);
  });

  it('may read data from outside the workspace', async () => {
    const outside = folderWith({ 'd.csv': DATA });
    const file = path.join(outside, 'd.csv');
    const { loaded, problems } = await load({ 'evals/triage.eval.yaml': SUITE.replace('./triage.csv', file) });
    expect(problems).toEqual([]);
    expect(await all(loaded?.cases())).toHaveLength(3);
  });

  it('sees unsaved buffers', async () => {
    const { folder, workspace } = await load({});
    workspace.files.setOverlay(path.join(folder, 'evals/triage.csv'), 'ticket,expected.category\nonly,bug\n');
    workspace.files.setOverlay(path.join(folder, 'evals/triage.eval.yaml'), `${SUITE}repeats: 4\n`);
    const { loaded } = await loadSuite(workspace, 'evals/triage.eval.yaml');
    expect([loaded?.dataset.cases, loaded?.suite.repeats]).toEqual([1, 4]);
  });
});

describe('overrides', () => {
  it.each<[SuiteOverrides, string[]]>([
    [{ filter: 'a' }, ['a']],
    [{ filter: '?' }, ['a', 'b', 'c']],
    [{ tags: ['y'] }, ['a', 'b']],
    [{ tags: ['y'], limit: 1 }, ['a']],
    [{ limit: 2 }, ['a', 'b']],
  ])('%j', async (overrides, ids) => {
    const { loaded } = await load({}, overrides);
    expect((await all(loaded?.cases())).map(({ id }) => id)).toEqual(ids);
    expect([loaded?.selection.cases, loaded?.dataset.cases]).toEqual([ids.length, 3]);
  });

  it('stand in for models, params and repeats', async () => {
    const { loaded } = await load({}, { models: ['openai/x', 'openai/y'], params: { seed: [1, 2] }, repeats: 5 });
    expect(loaded?.variants.map(({ model, params }) => `${model.name} ${JSON.stringify(params)}`)).toEqual([
      'x {"seed":1}',
      'x {"seed":2}',
      'y {"seed":1}',
      'y {"seed":2}',
    ]);
    expect(loaded?.suite.repeats).toBe(5);
  });

  it('choose one prompt by its name or path', async () => {
    const files = {
      'prompts/other.prompt': `${PROMPT}!`,
      'evals/triage.eval.yaml': SUITE.replace('[', '[../prompts/other.prompt, '),
    };
    for (const prompt of ['triage.prompt', '../prompts/triage.prompt', 'prompts/triage.prompt']) {
      const { loaded } = await load(files, { prompt });
      expect(loaded?.variants.map((variant) => variant.prompt)).toEqual(['../prompts/triage.prompt']);
    }
    expect((await load(files)).loaded?.variants).toHaveLength(2);
    expect((await load(files, { prompt: 'third' })).brief).toEqual(['evals/triage.eval.yaml:1:1 unknown-prompt']);
  });

  it('that select nothing are a problem', async () => {
    expect((await load({}, { filter: 'nope' })).brief).toEqual(['evals/triage.eval.yaml:1:1 no-cases']);
  });
});

describe('what is broken', () => {
  it('is told all at once: config, suite, prompt, partial and data', async () => {
    const { loaded, brief: found } = await load({
      'touchstone.yaml': 'provider: {}\n',
      'evals/triage.eval.yaml': `${SUITE}modles: []\n  - regex: "("\n`.replace(
        'modles: []\n  - regex: "("\n',
        '  - regex: "("\nmodles: []\n',
      ),
      'prompts/triage.prompt': PROMPT.replace('{{count}}', '{{>gone}}{{cuont}}'),
      'evals/triage.csv': DATA.replace('Hello', 'Hello,').replace('id,', 'key,').replace('7', 'seven'),
    });
    expect(loaded).toBeNull();
    expect(found.map((line) => line.replace(/^(prompts\S+) .*/, '$1'))).toEqual([
      'touchstone.yaml:1:1 unknown-key',
      'evals/triage.eval.yaml:5:5 invalid-metric',
      'evals/triage.eval.yaml:6:1 unknown-key',
      'prompts/triage.prompt:10:15',
      'prompts/triage.prompt:10:23',
      'evals/triage.csv:2:27 ragged-row',
      'evals/triage.csv:4:7 wrong-cell-type',
    ]);
  });

  it.each<[string, { readonly [name: string]: string | Uint8Array }, string[]]>([
    [
      'no such suite data',
      { 'evals/triage.eval.yaml': SUITE.replace('triage.csv', 'gone.csv') },
      ['evals/triage.eval.yaml:2:7 file-not-found'],
    ],
    [
      'no such prompt',
      { 'evals/triage.eval.yaml': SUITE.replace('triage.prompt', 'gone.prompt') },
      ['evals/triage.eval.yaml:1:11 file-not-found'],
    ],
    [
      'a prompt outside',
      { 'evals/triage.eval.yaml': SUITE.replace('../prompts', '../../..') },
      ['evals/triage.eval.yaml:1:11 unreadable-file'],
    ],
    [
      'no model at all',
      { 'prompts/triage.prompt': PROMPT.replace('model: replay/answer\n', '') },
      ['evals/triage.eval.yaml:1:11 no-model'],
    ],
    [
      'a model without provider',
      { 'prompts/triage.prompt': PROMPT.replace('replay/answer', 'answer') },
      ['prompts/triage.prompt:2:8 invalid-model'],
    ],
    [
      'a column that the prompt needs',
      { 'evals/triage.csv': DATA.replace('ticket', 'tickte') },
      ['evals/triage.csv:1:1 missing-variable'],
    ],
    [
      'a part of the expected value that no case has',
      { 'evals/triage.eval.yaml': SUITE.replace('category', 'categroy') },
      ['evals/triage.eval.yaml:4:5 unknown-expected'],
    ],
    [
      'data that is not UTF-8',
      { 'evals/triage.csv': Buffer.from('ticket\ncaf\xe9\n', 'latin1') },
      ['evals/triage.csv:2:4 invalid-utf8'],
    ],
    [
      'a suite that is not UTF-8',
      { 'evals/triage.eval.yaml': Buffer.from('# \xe9', 'latin1') },
      ['evals/triage.eval.yaml:1:3 invalid-utf8'],
    ],
    [
      'data of the wrong type in JSON',
      {
        'evals/triage.eval.yaml': SUITE.replace('.csv', '.jsonl'),
        'evals/triage.jsonl': '{"ticket":"x"}\n{"ticket":5}\n',
      },
      ['evals/triage.jsonl:2:11 invalid-variable'],
    ],
    [
      'a mapping to nowhere',
      { 'evals/triage.eval.yaml': `${SUITE}columns: { expected: label }\n` },
      ['evals/triage.csv:1:1 unknown-column'],
    ],
    ['no rows', { 'evals/triage.csv': 'ticket\n' }, ['evals/triage.csv:1:1 empty-dataset']],
  ])('%s', async (_name, files, expected) => {
    const { loaded, brief: found } = await load(files);
    expect(found).toEqual(expected);
    expect(loaded).toBeNull();
  });

  it('prompts that read one column as different types', async () => {
    const { brief: found } = await load({
      'prompts/other.prompt': PROMPT.replace('integer', 'string'),
      'evals/triage.eval.yaml': SUITE.replace('[', '[../prompts/other.prompt, '),
    });
    expect(found.map((line) => line.replace(/:\d+:\d+/, ''))).toEqual([
      'prompts/triage.prompt conflicting-variable-types',
    ]);
  });

  it('data that changes during a run ends it', async () => {
    const { loaded, folder } = await load({});
    const iterator = loaded?.cases()[Symbol.asyncIterator]();
    expect((await iterator?.next())?.value.id).toBe('a');
    const later = loaded?.cases();
    fs.writeFileSync(path.join(folder, 'evals/triage.csv'), DATA.replace('Hello', 'Hullo'));
    await expect(all(later)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('changed'),
    });
    fs.writeFileSync(path.join(folder, 'evals/triage.csv'), 'a,b\n1\n');
    await expect(all(loaded?.cases())).rejects.toMatchObject({ message: expect.stringContaining('changed') });
  });
});

describe('checkFile', () => {
  const check = async (files: { readonly [name: string]: string }, file: string): Promise<string[]> => {
    const folder = folderWith({ ...FILES, ...files });
    return (await checkFile(openWorkspace(folder), file)).map((problem) => brief(folder, problem));
  };

  it.each<[string, { readonly [name: string]: string }, string, string[]]>([
    [
      'a prompt',
      { 'prompts/triage.prompt': '---\nmodel: [\n---\n' },
      'prompts/triage.prompt',
      ['prompts/triage.prompt'],
    ],
    [
      'a suite with what it names',
      { 'evals/triage.csv': 'ticket,x\n1\n' },
      'evals/triage.eval.yaml',
      ['evals/triage.csv'],
    ],
    [
      'a dataset as its suite reads it',
      { 'evals/triage.csv': DATA.replace('7', 'seven') },
      'evals/triage.csv',
      ['evals/triage.csv'],
    ],
    ['touchstone.yaml', { 'touchstone.yaml': 'x: 1\n' }, 'touchstone.yaml', ['touchstone.yaml']],
    ['a dataset that no suite names', { 'evals/other.csv': 'a,b\n1\n' }, 'evals/other.csv', []],
    ['another file', { 'README.md': '---\n[' }, 'README.md', []],
    ['a suite that is not there', {}, 'evals/gone.eval.yaml', ['evals/gone.eval.yaml']],
    ['a prompt that is not there', {}, 'gone.prompt', ['gone.prompt']],
    [
      'a sound dataset of a suite with other problems',
      { 'evals/triage.eval.yaml': `${SUITE}modles: []\n` },
      'evals/triage.csv',
      [],
    ],
  ])('%s', async (_name, files, file, expected) => {
    const found = await check(files, file);
    expect([...new Set(found.map((line) => line.split(':')[0]))]).toEqual(expected);
  });
});

describe('real files', () => {
  const sample = path.resolve(import.meta.dirname, '../../../../media/sample');
  it('the sample workspace has no problems', async () => {
    const { loaded, problems } = await loadSuite(openWorkspace(sample), 'evals/triage.eval.yaml');
    expect(problems).toEqual([]);
    expect(loaded?.dataset.cases).toBeGreaterThanOrEqual(40);
  });

  const suite = path.resolve(import.meta.dirname, '../../../real/agnews.eval.yaml');
  const data = path.resolve(path.dirname(suite), '../../../shared/data/agnews/ag_news.csv');
  it.skipIf(!fs.existsSync(data))('2,000 news items (skipped where ../shared/data is missing)', async () => {
    const { loaded, problems } = await loadSuite(openWorkspace(suite), suite);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(loaded?.dataset.cases).toBe(2000);
    const cases = await all(loaded?.cases());
    const right = (column: string): number => cases.filter(({ row, expected }) => row[column] === expected).length;
    expect(['baseline_predicted', 'default_predicted', 'confidence_predicted'].map(right)).toEqual([1674, 1716, 1758]);
  });
});
