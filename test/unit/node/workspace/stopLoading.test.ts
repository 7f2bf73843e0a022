import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../../src/engine/dataset/case.ts';
import { loadSuite } from '../../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import type { Workspace } from '../../../../src/node/workspace/workspace.ts';
import { folderWith } from './support.ts';

const CASES = 40_000;
const rows = Array.from({ length: CASES }, (_, index) => ({
  ticket: `Ticket ${index} about nothing at all`,
  expected: 'x',
}));

function workspaceOf(dataset: string, text: string): Workspace {
  const folder = folderWith({
    'touchstone.yaml': '',
    'a.prompt': '---\nmodel: replay/expected\n---\n{{ticket}}\n',
    'a.eval.yaml': `prompts: [./a.prompt]\ndata: ./${dataset}\nmetrics:\n  - equals: "{{expected}}"\n`,
    [dataset]: text,
  });
  return openWorkspace(folder);
}
const csv = () => workspaceOf('a.csv', `ticket,expected\n${rows.map(({ ticket }) => `${ticket},x`).join('\n')}\n`);

/** The same workspace, counting the pieces that are read and telling when the first one is. */
function watched(workspace: Workspace, onPiece: (count: number) => void): Workspace {
  const { files } = workspace;
  let count = 0;
  async function* chunks(file: string, signal?: AbortSignal) {
    for await (const piece of files.chunks(file, signal)) {
      count += 1;
      onPiece(count);
      yield piece;
    }
  }
  return { ...workspace, files: { ...files, chunks } };
}

describe('a stop while a dataset is read', () => {
  it('ends the check with the next piece', async () => {
    const stop = new AbortController();
    let pieces = 0;
    const workspace = watched(csv(), (count) => {
      pieces = count;
      stop.abort();
    });
    await expect(loadSuite(workspace, 'a.eval.yaml', {}, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(pieces).toBe(1);
  });

  it('gets through to a format that is read as a whole', async () => {
    const stop = new AbortController();
    let isRead = false;
    const workspace = watched(workspaceOf('a.json', JSON.stringify(rows)), () => {
      // As a message from another thread: it needs a turn of the event loop.
      if (!isRead) setImmediate(() => setImmediate(() => stop.abort()));
      isRead = true;
    });
    await expect(loadSuite(workspace, 'a.eval.yaml', {}, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends the cases of a run without an error', async () => {
    const { loaded } = await loadSuite(csv(), 'a.eval.yaml');
    const stop = new AbortController();
    const cases: Case[] = [];
    for await (const testCase of loaded?.cases(stop.signal) ?? []) {
      cases.push(testCase);
      stop.abort();
    }
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.length).toBeLessThan(CASES);
    expect(loaded && path.basename(loaded.dataset.path)).toBe('a.csv');
  });
});
