import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LineIndex } from '../../../../src/engine/problem.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { createWorkerApi } from '../../../../src/node/worker/workerApi.ts';
import type { Cursor } from '../../../../src/protocol/language.ts';
import type { WorkerApi } from '../../../../src/protocol/worker.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const FILES = {
  'touchstone.yaml': '',
  'prompts/a.prompt':
    '---\nmodel: openai/gpt-5-mini\ninput:\n  schema: { ticket: string }\n---\n{{role "system"}}\n{{>shared}}\n{{role "user"}}\n{{ticket}}\n',
  'prompts/b.prompt': '{{>shared}} {{plan}}',
  'prompts/c.prompt': '{{>quiet}} {{ticket}}',
  'prompts/_shared.prompt': 'About {{ticket}}.',
  'prompts/_quiet.prompt': 'Quietly.',
  'evals/a.eval.yaml': 'prompts: [../prompts/a.prompt]\ndata: ./a.csv\nmetrics: [equals]\n',
  'evals/a.csv': 'id,ticket,expected\n1,It broke,x\n2,Where,y\n',
};
const workspaces = temporaryWorkspaces();
let root: string;
let api: WorkerApi;
const at = (name: string) => path.join(root, name);

beforeEach(() => {
  root = fs.realpathSync(workspaces.make(FILES));
  const noModel = { ok: false, code: 'model-not-found', message: '', remedy: '' } as const;
  api = createWorkerApi({
    onDelta: () => undefined,
    onProgress: () => undefined,
    onCheck: () => undefined,
    secret: async () => null,
    askEditorModel: async () => noModel,
    stopEditorModel: () => undefined,
  });
  api.setFolders([root], true);
});
afterEach(async () => {
  await api.close();
  workspaces.remove();
});

function cursor(name: keyof typeof FILES, words: string, into = 1): Cursor {
  const { line, column } = new LineIndex(FILES[name]).position(FILES[name].indexOf(words) + into);
  return { line, column };
}
const relative = (file: string) => path.relative(root, file);

it('renames in every file that shares the variable, and in no other', async () => {
  const answer = await api.rename(at('prompts/a.prompt'), cursor('prompts/a.prompt', '{{ticket}}', 3), 'body');
  const changes = 'changes' in answer ? answer.changes : [];
  const after = Object.fromEntries(
    changes.map(({ path: file, edits }) => {
      const text = fs.readFileSync(file, 'utf8');
      const plain = edits.map(({ range, text: written }) => ({
        start: range.start.offset,
        end: range.end.offset,
        text: written,
      }));
      return [relative(file), applyEdits(text, plain)];
    }),
  );
  expect(after).toEqual({
    'prompts/a.prompt': FILES['prompts/a.prompt'].replaceAll('ticket', 'body'),
    'prompts/_shared.prompt': 'About {{body}}.',
    'evals/a.csv': FILES['evals/a.csv'].replace('ticket', 'body'),
  });
});

it('renames from within a partial', async () => {
  const answer = await api.rename(
    at('prompts/_shared.prompt'),
    cursor('prompts/_shared.prompt', '{{ticket}}', 3),
    'body',
  );
  expect('changes' in answer && answer.changes.map(({ path: file }) => relative(file)).sort()).toEqual([
    'evals/a.csv',
    'prompts/_shared.prompt',
    'prompts/a.prompt',
  ]);
  const target = await api.renameTarget(at('prompts/a.prompt'), cursor('prompts/a.prompt', '{{>shared}}', 4));
  expect(target).toEqual({ refusal: 'Only variables can be renamed.' });
});

it('refuses a name that another prompt of the same partial uses', async () => {
  const answer = await api.rename(at('prompts/a.prompt'), cursor('prompts/a.prompt', '{{ticket}}', 3), 'plan');
  expect(answer).toEqual({ refusal: expect.stringContaining('in b.prompt') });
});

it('finds definitions and references across files, in unsaved buffers too', async () => {
  const defined = await api.definition(at('prompts/a.prompt'), cursor('prompts/a.prompt', '{{ticket}}', 3));
  expect(defined.map(({ path: file, range }) => `${relative(file)}:${range.start.line + 1}`)).toEqual([
    'prompts/a.prompt:4',
  ]);
  const partial = await api.definition(at('prompts/b.prompt'), { line: 0, column: 5 });
  expect(partial.map(({ path: file }) => relative(file))).toEqual(['prompts/_shared.prompt']);
  api.setOverlay(at('prompts/c.prompt'), '{{>shared}} {{>shared}}');
  const uses = await api.references(at('prompts/b.prompt'), { line: 0, column: 5 });
  expect(uses.map(({ path: file }) => relative(file))).toEqual([
    'prompts/a.prompt',
    'prompts/b.prompt',
    'prompts/c.prompt',
    'prompts/c.prompt',
  ]);
  const suite = await api.definition(at('evals/a.eval.yaml'), cursor('evals/a.eval.yaml', './a.csv', 2));
  expect(suite.map(({ path: file }) => relative(file))).toEqual(['evals/a.csv']);
});

it('knows the models of the price table, their windows and their prices', async () => {
  const hover = await api.hover(at('prompts/a.prompt'), cursor('prompts/a.prompt', 'gpt-5-mini'), 0);
  expect(hover?.lines.join('\n')).toContain('context 400,000 tokens');
  api.setOverlay(at('prompts/b.prompt'), '---\nmodel: openai/gpt-5-mnii\n---\n');
  const problems = await api.check(at('prompts/b.prompt'));
  expect(problems.find(({ code }) => code === 'unknown-model')?.remedy).toBe('Did you mean `openai/gpt-5-mini`?');
  const found = await api.completions(at('prompts/b.prompt'), { line: 1, column: 'model: openai/gpt'.length });
  expect(found.map(({ label }) => label)).toContain('openai/gpt-5-mini');
  api.setOverlay(at('prompts/b.prompt'), '---\nmodel: ollama/anything:1b\n---\nHi');
  expect((await api.check(at('prompts/b.prompt'))).map(({ code }) => code)).toEqual([]);
});

it('warns of a prompt that is longer than its model reads', async () => {
  api.setOverlay(at('evals/a.csv'), `ticket,expected\n"${'many words '.repeat(250_000)}",x\n`);
  const problems = await api.check(at('prompts/a.prompt'));
  expect(problems.map(({ code }) => code)).toEqual(['context-overflow']);
});

it('shows the value of the case that is asked for', async () => {
  const where = cursor('prompts/a.prompt', '{{ticket}}', 3);
  expect((await api.hover(at('prompts/a.prompt'), where, 0))?.code?.text).toBe('It broke');
  expect((await api.hover(at('prompts/a.prompt'), where, 1))?.code?.text).toBe('Where');
});

it('counts the tokens of each message behind its role', async () => {
  expect(await api.tokenHints(at('prompts/a.prompt'), 0)).toEqual([
    { at: { line: 5, column: 17 }, tokens: expect.any(Number), exact: true },
    { at: { line: 7, column: 15 }, tokens: expect.any(Number), exact: true },
  ]);
});

it('mends what is under the cursor', async () => {
  api.setOverlay(at('prompts/b.prompt'), 'Hi {{>lost}}');
  const fixes = await api.fixes(at('prompts/b.prompt'), { line: 0, column: 7 }, { line: 0, column: 7 });
  expect(fixes.map(({ kind, create }) => [kind, create && relative(create.path)])).toEqual([
    ['create-partial', 'prompts/_lost.prompt'],
  ]);
  expect(await api.fixes(at('prompts/b.prompt'), { line: 0, column: 0 }, { line: 0, column: 1 })).toEqual([]);
});

it('tells of columns that nothing uses at the dataset', async () => {
  api.setOverlay(at('evals/a.csv'), 'ticket,spare,expected\na,b,c\n');
  const problems = await api.check(at('evals/a.eval.yaml'));
  expect(problems.map(({ code, file }) => [code, relative(file)])).toEqual([['unused-column', 'evals/a.csv']]);
});

it('says nothing of files of other kinds', async () => {
  expect(await api.completions(at('evals/a.csv'), { line: 0, column: 1 })).toEqual([]);
  expect(await api.hover(at('evals/a.csv'), { line: 0, column: 1 }, 0)).toBeNull();
  expect(await api.symbols(at('evals/a.csv'))).toEqual([]);
});
