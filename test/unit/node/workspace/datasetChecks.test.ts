import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DatasetChecks } from '../../../../src/node/workspace/datasetChecks.ts';
import { loadSuite } from '../../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import type { Workspace } from '../../../../src/node/workspace/workspace.ts';
import { folderWith } from './support.ts';

const PROMPT = 'a.prompt';
const DATA = 'a.csv';
const promptText = (schema: string, body: string) =>
  `---\nmodel: replay/answer\ninput: { schema: { ${schema} } }\n---\n${body}\n`;

/** A suite whose dataset counts how often it is read. */
function setUp(schema = 'ticket: string', body = 'Sort: {{ticket}}') {
  const folder = folderWith({
    'touchstone.yaml': '',
    [PROMPT]: promptText(schema, body),
    'a.eval.yaml': `prompts: [${PROMPT}]\ndata: ${DATA}\nmetrics:\n  - contains: hello\n`,
    [DATA]: 'ticket,plan\nHello,5\nBye,free\n',
  });
  const reads: string[] = [];
  const versions = new Map<string, number>();
  const checks = new DatasetChecks((file) => String(versions.get(file) ?? 0));
  const opened = openWorkspace(folder);
  const { files } = opened;
  const workspace: Workspace = {
    ...opened,
    checks,
    files: {
      ...files,
      chunks: (file) => {
        reads.push(path.basename(file));
        return files.chunks(file);
      },
    },
  };
  const at = (name: string) => path.join(folder, name);
  const edit = (name: string, text: string) => {
    fs.writeFileSync(at(name), text);
    versions.set(at(name), (versions.get(at(name)) ?? 0) + 1);
  };
  const load = () => loadSuite(workspace, at('a.eval.yaml'));
  const readsOfData = () => reads.filter((name) => name === DATA).length;
  return { load, edit, readsOfData };
}

describe('a dataset that was checked', () => {
  it('is not read again while the text of the prompt is typed', async () => {
    const { load, edit, readsOfData } = setUp();
    const first = await load();
    for (const body of ['Sort: {{ticket}} n', 'Sort: {{ticket}} no', 'Sort: {{ticket}} now', '{{#if ticket}}']) {
      edit(PROMPT, promptText('ticket: string', body));
      await load();
    }
    expect(first.loaded?.dataset.cases).toBe(2);
    expect(readsOfData()).toBe(1);
  });

  it('is read again when it changes', async () => {
    const { load, edit, readsOfData } = setUp();
    await load();
    edit(DATA, 'ticket,plan\nHello,5\n');
    expect((await load()).loaded?.dataset.cases).toBe(1);
    expect(readsOfData()).toBe(2);
  });

  it('is checked again when the prompt asks for something else of it', async () => {
    const { load, edit } = setUp();
    const codes = async () => (await load()).problems.filter(({ file }) => file.endsWith(DATA)).map(({ code }) => code);
    expect(await codes()).toEqual([]);
    edit(PROMPT, promptText('ticket: string, plan: integer', '{{ticket}}'));
    expect(await codes()).toEqual(['wrong-cell-type']);
    edit(PROMPT, promptText('ticket: string, place: string', '{{ticket}}'));
    expect(await codes()).toEqual(['missing-variable']);
    edit(PROMPT, promptText('ticket: string', '{{ticket}}'));
    expect(await codes()).toEqual([]);
  });

  it('says the same of its rows when it is remembered', async () => {
    const { load, readsOfData } = setUp('ticket: string, plan: integer', '{{ticket}} {{plan}}');
    const { problems } = await load();
    expect(problems).toHaveLength(1);
    expect((await load()).problems).toEqual(problems);
    expect(readsOfData()).toBe(1);
  });
});
