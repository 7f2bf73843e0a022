import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trial } from '../../../../src/engine/trial/trial.ts';
import { createWorkerApi } from '../../../../src/node/worker/workerApi.ts';
import type { SampleQuery } from '../../../../src/protocol/views.ts';
import type { WorkerApi } from '../../../../src/protocol/worker.ts';
import { copySample } from '../../cli/commands/sampleFolder.ts';

const folder = copySample();
const suite = path.join(folder, 'evals/triage.eval.yaml');
const host = {
  onDelta: () => {},
  onCheck: () => {},
  onProgress: () => {},
  secret: async () => null,
  askEditorModel: async () => {
    throw new Error('no editor here');
  },
  stopEditorModel: () => {},
};
const api: WorkerApi = createWorkerApi(host as unknown as Parameters<typeof createWorkerApi>[0]);
afterAll(async () => {
  await api.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const TRIAL: Trial = {
  weights: { category: { weight: 1, gate: false }, urgent: { weight: 5, gate: false } },
  policy: { threshold: 0.9, missing: 'renormalise' },
};
const query = (runId: string, given: Partial<SampleQuery> = {}): SampleQuery => ({
  ...{ runId, offset: 0, limit: 500, sort: 'case', descending: false, statuses: [], variantIds: [], text: '' },
  ...given,
});

describe('a trial of other weights', () => {
  let runId = '';
  beforeAll(async () => {
    api.setFolders([folder], true);
    const answer = await api.evaluate('1', suite);
    runId = answer.started ? answer.summary.header.id : '';
  });

  it('comes to what the run would have come to, sample by sample', async () => {
    expect(await api.results(suite, runId)).toMatchObject({ isScoredOtherwise: false });
    const state = await api.trial(suite, runId, TRIAL);
    const page = await api.samples(suite, query(runId, { trial: TRIAL }));
    const written = await api.writtenWeights(suite, runId, TRIAL);
    expect(written).toMatchObject({ ok: true, path: suite });
    if (!written.ok) return;
    const text = fs.readFileSync(suite, 'utf8');
    expect(written.length).toBe(text.length);
    // Typed, not saved: what is seen is what runs.
    const edits = written.edits.toSorted((a, b) => b.start - a.start);
    api.setOverlay(
      suite,
      edits.reduce((all, { start, end, text: now }) => all.slice(0, start) + now + all.slice(end), text),
    );
    expect(await api.results(suite, runId)).toMatchObject({ isScoredOtherwise: true });
    const again = await api.rescore('2', suite, runId);
    if (!again.started) throw new Error(JSON.stringify(again.problems));
    expect(await api.results(suite, again.summary.header.id)).toMatchObject({ isScoredOtherwise: false });
    const rescored = await api.samples(suite, query(again.summary.header.id));
    expect(page.rows.map(({ composite, status }) => ({ composite, status }))).toEqual(
      rescored.rows.map(({ composite, status }) => ({ composite, status })),
    );
    for (const { variant, composite, samples } of again.summary.variants) {
      expect(state?.variants[variant.id]?.samples).toEqual(samples);
      expect(state?.variants[variant.id]?.composite?.mean).toBeCloseTo(composite?.mean ?? Number.NaN, 12);
    }
    const before = await api.samples(suite, query(runId));
    const moved = page.rows.filter(({ status }, index) => status !== before.rows[index]?.status).length;
    expect(state?.changed).toBe(moved);
    expect(moved).toBeGreaterThan(0);
  });

  it('is sorted, filtered and searched as the trial has it', async () => {
    const all = await api.samples(suite, query(runId, { trial: TRIAL }));
    const failed = await api.samples(suite, query(runId, { trial: TRIAL, statuses: ['fail'], sort: 'composite' }));
    expect(failed.total).toBe(all.rows.filter(({ status }) => status === 'fail').length);
    const composites = failed.rows.map(({ composite }) => composite ?? -1);
    expect(composites).toEqual(composites.toSorted((a, b) => a - b));
    const variantIds = [all.rows[0]?.variantId ?? ''];
    const found = await api.samples(suite, query(runId, { trial: TRIAL, variantIds, text: 'refund', limit: 3 }));
    const stored = await api.samples(suite, query(runId, { variantIds, text: 'refund', limit: 3 }));
    expect(found.total).toBe(stored.total);
    expect(found.rows.map(({ sampleId }) => sampleId)).toEqual(stored.rows.map(({ sampleId }) => sampleId));
    const second = await api.samples(suite, query(runId, { trial: TRIAL, offset: 2, limit: 2 }));
    expect(second.rows.map(({ sampleId }) => sampleId)).toEqual(all.rows.slice(2, 4).map(({ sampleId }) => sampleId));
  });

  it('says so when there is nothing to try', async () => {
    expect(await api.trial(suite, 'gone', TRIAL)).toMatchObject({
      note: 'The history does not hold this run any more.',
    });
    const gone = await api.writtenWeights(suite, runId, { ...TRIAL, weights: { gone: { weight: 1, gate: false } } });
    expect(gone).toEqual({ ok: false, message: 'The suite no longer has the metric `gone`.' });
  });

  it('is not re-scored where nobody trusts the workspace', async () => {
    api.setFolders([folder], false);
    await expect(api.rescore('3', suite, runId)).rejects.toMatchObject({ code: 'untrusted' });
    api.setFolders([folder], true);
  });
});
