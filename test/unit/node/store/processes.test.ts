import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openHistory } from '../../../../src/node/store/history.ts';
import { answered, header, summary, testCase } from './sampleRun.ts';
import { closing, rawDatabase, temporaryRoot } from './temporaryRoot.ts';

const WRITER = fileURLToPath(new URL('./writerProcess.ts', import.meta.url));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

describe('several processes', () => {
  it('write the same history at once and lose nothing', async () => {
    const root = temporaryRoot();
    // The first of them makes the file while the others open it.
    const children = ['a', 'b'].map((id) => startWriter(root, id, 1_000));
    const here = closing(openHistory(root));
    const sink = here.sink();
    sink.begin(header('here'));
    for (let index = 0; index < 500; index += 1) sink.add(answered(index), testCase(index));
    const exits = await Promise.all(children.map(exitOf));
    sink.finish(summary(header('here')));

    expect(exits).toEqual([
      { code: 0, complaint: '' },
      { code: 0, complaint: '' },
    ]);
    for (const [id, count] of [
      ['a', 1_000],
      ['b', 1_000],
      ['here', 500],
    ] as const) {
      expect(here.run(id)?.status).toBe('finished');
      expect([...here.allSamples(id)].map(({ sample }) => sample.caseIndex)).toEqual([...Array(count).keys()]);
    }
    const query = { runId: 'b', offset: 0, limit: 5, sort: 'case', descending: false } as const;
    const page = here.samples({ ...query, statuses: [], variantIds: [], text: 'says 999' });
    expect(page.rows.map((row) => row.excerpt)).toEqual(['b says 999']);
    expect(rawDatabase(root).pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

describe('a process that is killed', () => {
  it('loses at most its last batch, and its run is interrupted', async () => {
    const root = temporaryRoot();
    const child = startWriter(root, 'killed', 1_000_000);
    const exit = exitOf(child);
    const added = await reportedBeyond(child, 700);
    child.kill('SIGKILL');
    await exit;

    const history = closing(openHistory(root));
    const [run] = history.runs();
    const stored = [...history.allSamples('killed')];
    expect(run).toMatchObject({ id: 'killed', status: 'interrupted', finishedAt: null });
    // Batches of 100 are written as they fill, so all whole ones that were reported are there, and none in part.
    expect(stored.length).toBeGreaterThanOrEqual(Math.floor(added / 100) * 100);
    expect(stored.map(({ sample }) => sample.caseIndex)).toEqual([...Array(stored.length).keys()]);
    expect(stored.every(({ sample }) => sample.status !== 'error' && sample.scores.length === 2)).toBe(true);
    expect(run?.variants[0]?.samples.pass).toBe(stored.length);
    expect(rawDatabase(root).pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

function startWriter(root: string, runId: string, samples: number): ChildProcess {
  const flags = ['--experimental-transform-types', '--no-warnings'];
  const child = spawn(process.execPath, [...flags, WRITER, root, runId, String(samples)], { stdio: 'pipe' });
  started.push(child);
  return child;
}

async function exitOf(child: ChildProcess): Promise<{ code: unknown; complaint: string }> {
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  child.stdout?.resume();
  const [code] = await once(child, 'close');
  return { code, complaint };
}

/** Waits until the writer has reported so many samples. */
async function reportedBeyond(child: ChildProcess, wanted: number): Promise<number> {
  if (!child.stdout) throw new Error('The writer has no output.');
  for await (const line of createInterface({ input: child.stdout })) if (Number(line) > wanted) return Number(line);
  throw new Error('The writer ended early.');
}
