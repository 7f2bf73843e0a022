import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkerApi } from '../../../../src/node/worker/workerApi.ts';
import type { HostApi, WorkerApi } from '../../../../src/protocol/worker.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const workspaces = temporaryWorkspaces();
let root = '';
let api: WorkerApi;
const at = (name: string) => path.join(root, name);
const SUITE = 's.eval.yaml';
const ROWS = [
  'a,one,yes,no,"{""word"":""yes"",""sure"":true}"',
  'b,two,yes,no,"{""word"":""no"",""sure"":false}"',
  'c,three,yes,no,',
];
const data = (rows = ROWS) =>
  fs.writeFileSync(at('d.csv'), `id,q,expected.word,expected.sure,said\n${rows.join('\n')}\n`);
const tests = async (runId: string | null = null) => {
  const found = await api.suiteTests(at(SUITE), runId);
  if (!found) throw new Error('the suite has errors');
  const [variant] = found.variants;
  return { ...found, cases: found.cases, of: found.results[variant?.id ?? ''] ?? {} };
};

beforeEach(() => {
  root = fs.realpathSync(
    workspaces.make({
      'touchstone.yaml': '',
      'p.prompt': '{{q}}',
      [SUITE]:
        'prompts: [p.prompt]\nmodels: [replay/said]\ndata: d.csv\nmetrics:\n  - equals: { path: word, expected: "{{expected.word}}" }\n    name: word\n',
    }),
  );
  data();
  const host = { onProgress: () => undefined } as unknown as HostApi;
  api = createWorkerApi(host);
  api.setFolders([root], true);
});
afterEach(async () => {
  await api.close();
  workspaces.remove();
});

describe('suiteTests', () => {
  it('are the cases at their rows, before anything was run, and make no history', async () => {
    const { variants, cases, of, dataPath, finishedAt } = await tests();
    expect(variants).toMatchObject([{ label: 'p' }]);
    expect(cases).toEqual([
      { id: 'a', line: 1 },
      { id: 'b', line: 2 },
      { id: 'c', line: 3 },
    ]);
    expect({ of, dataPath, finishedAt }).toEqual({ of: {}, dataPath: at('d.csv'), finishedAt: null });
    expect(fs.existsSync(at('.touchstone'))).toBe(false);
  });

  it('tell how each ended, an error apart from a failure, with both texts', async () => {
    await api.evaluate('1', at(SUITE));
    const { of } = await tests();
    expect(of['a']).toMatchObject({ status: 'pass', composite: 1, reasons: [] });
    expect(of['b']).toMatchObject({ status: 'fail', composite: 0 });
    expect(of['b']?.reasons).toEqual([
      {
        text: expect.stringMatching(/^word: /),
        difference: { expected: '{\n  "word": "yes"\n}', actual: '{\n  "word": "no"\n}' },
      },
    ]);
    expect(of['c']).toMatchObject({ status: 'error', composite: null });
    expect(of['c']?.reasons[0]?.text).toContain('The column said of this case is empty.');
  });

  it('keep what earlier runs told of cases that a later one left out', async () => {
    await api.evaluate('1', at(SUITE));
    data(ROWS.map((row) => row.replace('""no""', '""yes""')));
    const answer = await api.evaluate('2', at(SUITE), { ids: ['b'] });
    if (!answer.started) throw new Error('refused');
    expect(answer.summary.header.selection).toEqual({ ids: ['b'], cases: 1 });
    const { of } = await tests();
    expect(
      Object.entries(of)
        .map(([id, { status }]) => [id, status])
        .sort(),
    ).toEqual([
      ['a', 'pass'],
      ['b', 'pass'],
      ['c', 'error'],
    ]);
    expect(Object.keys((await tests(answer.summary.header.id)).of)).toEqual(['b']);
  });

  it('stay while the prompt is edited', async () => {
    await api.evaluate('1', at(SUITE));
    fs.writeFileSync(at('p.prompt'), 'Say {{q}}');
    expect((await tests()).of['a']).toMatchObject({ status: 'pass' });
  });

  it('are none for a suite with errors', async () => {
    fs.writeFileSync(at(SUITE), 'prompts: [p.prompt]\ndata: nope.csv\nmetrics: [words]\n');
    expect(await api.suiteTests(at(SUITE), null)).toBeNull();
  });
});
