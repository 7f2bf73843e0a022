import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../../../src/engine/compare/baselineOf.ts';
import { CaseResults, type ComparedSample } from '../../../../src/engine/compare/caseResults.ts';
import { compareToBaseline } from '../../../../src/engine/compare/compareToBaseline.ts';
import { readBaseline } from '../../../../src/engine/compare/readBaseline.ts';
import { writeBaseline } from '../../../../src/engine/compare/writeBaseline.ts';
import type { JsonObject } from '../../../../src/engine/json.ts';
import type { RunSummary, RunVariant } from '../../../../src/engine/run/run.ts';

const IDS = ['t-10', 't-2', 't-1', 't-3'];

function variantOf(given: Partial<RunVariant> & { id: string }): RunVariant {
  return {
    prompt: 'prompts/triage.prompt',
    promptVersion: 'a'.repeat(64),
    model: 'replay/column',
    params: { temperature: 0 },
    signatures: { category: 'equals|v:1' },
    ...given,
  };
}

function summaryOf(
  variants: readonly RunVariant[],
  given: { digest?: string; cases?: number; signature?: string } = {},
): RunSummary {
  const { digest = 'd1', cases = IDS.length, signature = 'equals|v:1' } = given;
  const metric = { mean: null, n: 0, error: 0, unscored: 0, signature };
  return {
    status: 'finished',
    finishedAt: '2026-01-01T00:00:00Z',
    header: {
      id: 'run-1',
      suite: 'evals/triage.eval.yaml',
      suiteText: '',
      startedAt: '2026-01-01T00:00:00Z',
      git: null,
      dataset: { path: 'evals/triage.csv', format: 'csv', digest, cases, columns: [] },
      selection: { cases },
      repeats: 1,
      policy: { threshold: 0.5, missing: 'renormalise' },
      variants,
      prompts: [],
      metrics: [],
      plannedSamples: cases,
    },
    variants: variants.map((variant) => ({
      variant,
      samples: { pass: 0, fail: 0, error: 0, unscored: 0 },
      composite: null,
      metrics: { category: metric },
      latencyMs: null,
      tokens: null,
      costUsd: null,
    })),
  };
}

/** One sample: a composite of at least 0.5 passes; null is a sample in error. */
function sampleOf(variantId: string, caseId: string, composite: number | null): ComparedSample {
  const key = { variantId, caseId, caseIndex: IDS.indexOf(caseId) };
  if (composite === null) return { ...key, status: 'error' };
  return {
    ...key,
    status: composite >= 0.5 ? 'pass' : 'fail',
    composite,
    scores: [
      { metric: 'category', outcome: 'scored', score: composite },
      { metric: 'latency', outcome: 'scored', score: null },
    ],
  };
}

function samplesOf(variantId: string, composites: { readonly [caseId: string]: number | null }): ComparedSample[] {
  return Object.entries(composites).map(([caseId, composite]) => sampleOf(variantId, caseId, composite));
}

function textOf(summary: RunSummary, results: CaseResults): string {
  return writeBaseline(baselineOf(summary, results));
}

function committed(summary: RunSummary, samples: Iterable<ComparedSample>) {
  const { baseline, problems } = readBaseline(textOf(summary, CaseResults.of(samples)), 'b.json');
  expect(problems).toEqual([]);
  if (baseline === null) throw new Error('unreadable baseline');
  return baseline;
}

const THEN = { 't-1': 1, 't-2': 0.4, 't-3': 0.75, 't-10': 0 };

describe('writeBaseline', () => {
  const summary = summaryOf([variantOf({ id: 'v1', params: { top_p: 1, temperature: 0 } })]);
  const text = textOf(summary, CaseResults.of(samplesOf('v1', { ...THEN, 't-3': null })));

  it('has a line for each case, sorted, and nothing that is new in every run', () => {
    expect(text).toBe(`{
  "schema": "touchstone/baseline@1",
  "suite": "evals/triage.eval.yaml",
  "variants": [
    {
      "prompt": "prompts/triage.prompt",
      "model": "replay/column",
      "params": {"temperature":0,"top_p":1},
      "promptVersion": "${'a'.repeat(64)}",
      "metrics": {
        "category": "equals|v:1"
      },
      "cases": {
        "t-1": {"composite":1,"pass":1,"scores":{"category":1}},
        "t-10": {"composite":0,"fail":1,"scores":{"category":0}},
        "t-2": {"composite":0.4,"fail":1,"scores":{"category":0.4}},
        "t-3": {"error":1,"scores":{}},
        "": {"scores":{}}
      }
    }
  ]
}
`);
  });

  it('is the same whatever the order in which samples and variants came', () => {
    const variants = [variantOf({ id: 'v1' }), variantOf({ id: 'v2', model: 'a/b' })];
    const samples = [...samplesOf('v1', THEN), ...samplesOf('v2', THEN)];
    expect(textOf(summaryOf([...variants].reverse()), CaseResults.of([...samples].reverse()))).toBe(
      textOf(summaryOf(variants), CaseResults.of(samples)),
    );
  });

  it('averages repeats and counts how they ended', () => {
    const repeats = [1, 0.25, null].map((composite) => sampleOf('v1', 't-1', composite));
    expect(textOf(summary, CaseResults.of(repeats))).toContain(
      '"t-1": {"composite":0.625,"error":1,"fail":1,"pass":1,"scores":{"category":0.625}}',
    );
  });
});

describe('readBaseline', () => {
  const good = textOf(summaryOf([variantOf({ id: 'v1' })]), CaseResults.of(samplesOf('v1', THEN)));

  it.each([
    ['not JSON', good.replace('"params": {', '"params": ['), 'invalid-json', 7],
    ['a merge conflict', good.replace('  "variants"', '<<<<<<< HEAD\n  "variants"'), 'merge-conflict', 3],
    ['another file', '{"name": "x"}', 'unknown-baseline', 0],
    ['a newer one', good.replace('baseline@1', 'baseline@2'), 'unknown-baseline', 0],
    ['a wrong number', good.replace('"composite":0.75', '"composite":7.5'), 'out-of-range', 16],
  ])('refuses %s', (_, text, code, line) => {
    const { baseline, problems } = readBaseline(text, 'evals/triage.baseline.json');
    expect(baseline).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', code, file: 'evals/triage.baseline.json' });
    expect(problems[0]?.range.start.line).toBe(line);
  });
});

it('says where a merge has kept both lines of a case; the last one counts', () => {
  const text = textOf(summaryOf([variantOf({ id: 'v1' })]), CaseResults.of(samplesOf('v1', THEN)));
  const line = /^ +"t-10".*\n/m.exec(text)?.[0] ?? '';
  const merged = text.replace(line, `${line}${line.replace('"composite":0', '"composite":0.5')}`);
  const { baseline, problems } = readBaseline(merged, 'b.json');
  expect(problems).toMatchObject([{ severity: 'warning', code: 'merged-twice' }]);
  expect(baseline?.variants[0]?.cases['t-10']?.composite).toBe(0.5);
  expect(Object.keys(baseline?.variants[0]?.cases ?? {})).toHaveLength(4);
});

describe('compareToBaseline', () => {
  const before = variantOf({ id: 'v1' });
  const edited = variantOf({ id: 'v2', promptVersion: 'b'.repeat(64) });
  const baseline = committed(summaryOf([before]), samplesOf('v1', THEN));

  it('compares the same cases under the edited prompt', () => {
    const now = samplesOf('v2', { 't-1': 0.25, 't-2': 1, 't-3': 0.75, 't-10': 0.5 });
    const { variants, notes } = compareToBaseline(summaryOf([edited]), CaseResults.of(now), baseline);
    expect(notes).toEqual([]);
    expect(variants).toHaveLength(1);
    expect(variants[0]).toMatchObject({
      variantId: 'v2',
      promptVersion: { before: 'a'.repeat(64), after: 'b'.repeat(64) },
      passed: { before: 2, after: 3, cases: 4 },
      // The order of the dataset, not of the ids.
      fixed: ['t-10', 't-2'],
      broke: ['t-1'],
    });
    // (1 + .4 + .75 + 0) / 4 and (.25 + 1 + .75 + .5) / 4
    expect(variants[0]?.composite?.before).toBeCloseTo(0.5375, 14);
    expect(variants[0]?.composite?.after).toBeCloseTo(0.625, 14);
    expect(variants[0]?.composite?.difference).toBeCloseTo(0.0875, 14);
    // The differences -.75, .6, 0, .5: mean ± 3.182446 s / √4, where 3.182446 is the t quantile .975 of 3 degrees of freedom.
    expect(variants[0]?.composite?.interval?.low).toBeCloseTo(-0.89420215, 6);
    expect(variants[0]?.composite?.interval?.high).toBeCloseTo(1.06920215, 6);
    // The metric has passing beside it in its family, and so needs more cases.
    const { composite, metrics } = variants[0] ?? {};
    const verdict = { ...composite?.verdict, moreCases: metrics?.['category']?.verdict.moreCases };
    expect(metrics).toEqual({ category: { ...composite, verdict, sameDefinition: true } });
    expect(verdict.moreCases).toBeGreaterThan(composite?.verdict.moreCases ?? Number.NaN);
  });

  it('leaves cases out that are missing or in error on one side', () => {
    const now = samplesOf('v2', { 't-1': 1, 't-2': null, 't-10': 0.2, 't-99': 1 });
    const { variants } = compareToBaseline(summaryOf([edited]), CaseResults.of(now), baseline);
    expect(variants[0]?.composite).toMatchObject({ before: 0.5, after: 0.6, difference: 0.1, cases: 2 });
    expect(variants[0]).toMatchObject({ passed: { before: 1, after: 1, cases: 2 }, fixed: [], broke: [] });
  });

  it('has no difference where there is nothing in common', () => {
    const { variants } = compareToBaseline(summaryOf([edited]), CaseResults.of([]), baseline);
    expect(variants[0]).toMatchObject({ composite: null, passed: { cases: 0 }, metrics: {} });
  });

  it('leaves cases out that say something else now, and tells how many', () => {
    const contents = (ids: Record<string, string>) => () =>
      new Map(Object.entries(ids).map(([id, content]) => [id, { content: content.repeat(64) }]));
    const then = CaseResults.of(samplesOf('v1', THEN), {}, contents({ 't-1': 'a', 't-2': 'b', 't-3': 'c' }));
    const known = readBaseline(textOf(summaryOf([before]), then), 'b.json').baseline;
    if (known === null) throw new Error('unreadable baseline');
    expect(known.variants[0]?.cases['t-1']?.content).toBe('a'.repeat(12));
    const now = CaseResults.of(
      samplesOf('v2', THEN),
      {},
      contents({ 't-1': 'a', 't-2': 'x', 't-3': 'c', 't-10': 'd' }),
    );
    const { variants, notes } = compareToBaseline(summaryOf([edited]), now, known);
    // What the baseline does not know of t-10 is no difference.
    expect(variants[0]?.composite?.cases).toBe(3);
    expect(notes).toEqual(['1 case says something else than in the baseline, so not compared.']);
  });

  it('says that a metric changed', () => {
    const summary = summaryOf([edited], { signature: 'equals|trim:yes|v:1' });
    const { variants, notes } = compareToBaseline(summary, CaseResults.of(samplesOf('v2', THEN)), baseline);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('not comparable: `category`');
    expect(variants[0]?.metrics['category']?.sameDefinition).toBe(false);
  });

  it.each<[string, Partial<RunVariant>, string[]]>([
    ['another model', { model: 'openai/x' }, ['does not have', 'also has']],
    ['another prompt', { prompt: 'prompts/other.prompt' }, ['does not have', 'also has']],
    ['edited params', { params: { temperature: 1 } }, ['have changed']],
  ])('notes %s', (_, change, words) => {
    const summary = summaryOf([variantOf({ id: 'v2', ...change })]);
    const { variants, notes } = compareToBaseline(summary, CaseResults.of(samplesOf('v2', THEN)), baseline);
    expect(variants).toHaveLength(words.length === 1 ? 1 : 0);
    expect(notes).toHaveLength(words.length);
    for (const [index, word] of words.entries()) expect(notes[index]).toContain(word);
  });

  it('does not guess between several variants with other params', () => {
    const params: JsonObject[] = [{ temperature: 0.5 }, { temperature: 1 }];
    const summary = summaryOf(params.map((one, index) => variantOf({ id: `v${index}`, params: one })));
    const { variants, notes } = compareToBaseline(summary, CaseResults.of([]), baseline);
    expect(variants).toEqual([]);
    expect(notes).toHaveLength(3);
  });
});
