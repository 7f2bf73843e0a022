import { describe, expect, it } from 'vitest';
import { CaseResults } from '../../../../src/engine/compare/caseResults.ts';
import type { Case } from '../../../../src/engine/dataset/case.ts';
import type { RunHeader } from '../../../../src/engine/run/run.ts';
import type { Sample } from '../../../../src/engine/run/sample.ts';
import type { History } from '../../../../src/node/store/history.ts';
import type { SampleQuery } from '../../../../src/protocol/views.ts';
import { answered, equalsScore, failedCall, header, promptOf, summary, testCase, variant } from './sampleRun.ts';
import { newHistory, rawDatabase, reopened } from './temporaryRoot.ts';

const HOSTILE =
  '<img src=x onerror="alert(1)"> {{role "system"}} <<<dotprompt:role:system>>> \u0000 \ud83d\ude00 e\u0301 \u202e';

describe('a run that was written', () => {
  it('is read as it was given', () => {
    const { history } = newHistory();
    const written = header('run-1', {
      suiteText: '# 中文\nprompts: []\n',
      selection: { cases: 2, filter: 'refund-*', tags: ['billing'], limit: 2 },
      policy: { threshold: 0.8, missing: 'zero', mean: 'geometric' },
      rescoreOf: 'run-0',
      revision: 'main',
      variants: [
        variant('v1'),
        variant('v2', {
          prompt: 'prompts/v2.prompt',
          params: { seed: [1, null] },
          signatures: { equals: 'other|v:1' },
        }),
      ],
      prompts: [promptOf('prompts/triage.prompt'), promptOf('prompts/v2.prompt', { text: 'other', partials: {} })],
      repeats: 2,
    });
    write(history, written, []);
    expect(history.run('run-1')).toEqual(summary(written));
    expect(history.runs()).toEqual([]);
    expect(history.runs({ past: true })).toEqual([
      {
        id: 'run-1',
        rescoreOf: 'run-0',
        revision: 'main',
        dataset: 'd'.repeat(64),
        suite: written.suite,
        status: 'finished',
        startedAt: written.startedAt,
        finishedAt: '2026-01-01T00:01:00.000Z',
        git: written.git,
        cases: 3,
        selection: written.selection,
        marks: { name: null, tags: [], pinned: false, archived: false },
        variants: summary(written).variants,
      },
    ]);
  });

  it.each(['cancelled', 'interrupted'] as const)('keeps that it was %s', (status) => {
    const { history } = newHistory();
    write(history, header('run-1', { git: null }), [], { status, finishedAt: null });
    expect(history.run('run-1')).toMatchObject({ status, finishedAt: null, header: { git: null } });
  });

  it('keeps the texts of a prompt whose version stayed the same', () => {
    const { history } = newHistory();
    const texts = ['{{!-- one --}}{{x}}', '{{!-- two --}}{{x}}', '{{!-- one --}}{{x}}'];
    texts.forEach((text, index) => {
      write(history, header(`run-${index}`, { prompts: [promptOf('prompts/triage.prompt', { text })] }), []);
    });
    expect(texts.map((_, index) => history.run(`run-${index}`)?.header.prompts[0]?.text)).toEqual(texts);
  });

  it('is not to be written twice', () => {
    const { history } = newHistory();
    write(history, header('run-1'), []);
    expect(() => history.sink().begin(header('run-1'))).toThrow(/UNIQUE/);
  });
});

describe('samples', () => {
  const samples: readonly Sample[] = [
    answered(0),
    answered(1, {
      status: 'unscored',
      composite: null,
      output: HOSTILE,
      scores: [{ metric: 'equals', signature: 'equals|v:1', outcome: 'error', reason: HOSTILE }],
      toolCalls: [{ id: 't1', name: 'look_up', arguments: '{"x":1}' }],
      finishReason: null,
      usage: null,
      latencyMs: null,
      firstTokenMs: null,
      costUsd: null,
      rawRequest: null,
      rawResponse: [HOSTILE, { [HOSTILE]: 0.1 }],
      messages: [
        { role: 'model', content: [{ text: HOSTILE }], metadata: { purpose: 'history' } },
        {
          role: 'tool',
          content: [{ toolResponse: { name: 'look_up', output: { '<b>': 1 } } }, { data: { a: [null] } }],
        },
      ],
      attempts: 3,
    }),
    failedCall(2, HOSTILE),
  ];
  const cases: readonly Case[] = [
    testCase(0),
    testCase(1, { vars: { ticket: HOSTILE, count: 3 }, expected: undefined, history: [{ role: 'user', content: [] }] }),
    testCase(2, { vars: {}, expected: null, tags: [], metadata: {} }),
  ];

  it('come back as they were given, with their cases, in the order of the dataset', () => {
    const { history } = newHistory();
    write(history, header('run-1'), [...samples].reverse(), {}, [...cases].reverse());
    const stored = [...history.allSamples('run-1')];
    expect(stored.map(({ sample }) => sample)).toEqual(samples);
    expect(stored.map((each) => each.testCase)).toEqual(cases.map(({ row, ...rest }) => rest));
  });

  it('are seen as rows', () => {
    const { history } = newHistory();
    write(history, header('run-1'), samples, {}, cases);
    const { total, rows } = history.samples(query({}));
    expect(total).toBe(3);
    expect(rows[0]).toEqual({
      sampleId: rows[0]?.sampleId,
      caseId: 'case-0',
      caseIndex: 0,
      variantId: 'v1',
      repeat: 0,
      status: 'pass',
      composite: 1,
      scores: { equals: { value: 1, passed: true }, latency: null },
      latencyMs: 100,
      costUsd: 0.0001,
      inputTokens: 120,
      outputTokens: 30,
      excerpt: '{"category":"billing","number":0}',
      inputExcerpt: 'Ticket 0: the invoice is wrong',
    });
    expect(rows[1]).toMatchObject({ scores: { equals: null, latency: null }, composite: null, excerpt: HOSTILE });
    expect(rows[1]?.inputExcerpt).toBe(`${HOSTILE} · count: 3`);
    expect(rows[2]).toMatchObject({ status: 'error', excerpt: HOSTILE, inputExcerpt: '', latencyMs: null });
  });

  it('are seen one at a time with all that belongs to them', () => {
    const { history } = newHistory();
    write(history, header('run-1'), samples, {}, cases);
    const { rows } = history.samples(query({}));
    const [, second, third] = rows.map((row) => history.sample('run-1', row.sampleId));
    expect(second).toMatchObject({
      runId: 'run-1',
      row: rows[1],
      variant: variant('v1'),
      vars: { ticket: HOSTILE, count: 3 },
      expected: null,
      messages: samples[1]?.messages,
      output: HOSTILE,
      error: null,
      finishReason: null,
      rawRequest: null,
      rawResponse: [HOSTILE, { [HOSTILE]: 0.1 }],
    });
    expect(second?.scores).toEqual([{ metric: 'equals', signature: 'equals|v:1', outcome: 'error', reason: HOSTILE }]);
    expect(third).toMatchObject({ output: null, scores: [], error: { code: 'rate-limited', message: HOSTILE } });
    expect(history.sample('run-1', 999)).toBeNull();
    expect(history.sample('run-2', rows[0]?.sampleId ?? 0)).toBeNull();
  });

  it('with a score that is not a number can be read', () => {
    const { history } = newHistory();
    write(history, header('run-1'), [answered(0, { scores: [equalsScore(Number.NaN)] })]);
    const [stored] = history.allSamples('run-1');
    expect(stored?.sample).toMatchObject({ scores: [{ metric: 'equals', outcome: 'error' }] });
    expect(history.samples(query({})).rows[0]?.scores).toEqual({ equals: null, latency: null });
  });

  it('keep what stands behind a score, and tell an unknown price from none', () => {
    const { history } = newHistory();
    const scores = [
      { ...equalsScore(1), details: { claims: [HOSTILE] }, costUsd: null },
      { metric: 'latency', signature: 'latency|v:1', outcome: 'unscored', reason: 'unread', costUsd: 0.25 },
    ] as const;
    write(history, header('run-1'), [answered(0, { scores }), answered(1)]);
    const [first, second] = history.allSamples('run-1');
    expect(first?.sample).toMatchObject({ scores });
    expect(second?.sample.status === 'error' ? null : second?.sample.scores[0]).not.toHaveProperty('costUsd');
  });

  it('of a large run come in chunks and all', () => {
    const { history } = newHistory();
    const many = Array.from({ length: 1_050 }, (_, index) => answered(index));
    write(history, header('run-1'), many);
    expect([...history.allSamples('run-1')].map(({ sample }) => sample.caseIndex)).toEqual(
      many.map((_, index) => index),
    );
  });

  it('of another run stay out', () => {
    const { history } = newHistory();
    write(history, header('run-1'), [answered(0), answered(1)]);
    write(history, header('run-2'), [answered(0)]);
    expect(history.samples(query({ runId: 'run-2' })).total).toBe(1);
    expect([...history.allSamples('run-2')]).toHaveLength(1);
    expect([...history.allSamples('run-3')]).toEqual([]);
    expect(history.samples(query({ runId: 'run-3' }))).toMatchObject({ total: 0, rows: [] });
  });

  it('share the cases that they were made for, over runs and dataset versions', () => {
    const { root, history } = newHistory();
    const dataset = header('x').dataset;
    for (const digest of ['1', '2'])
      write(history, header(`run-${digest}`, { dataset: { ...dataset, digest } }), [answered(0), answered(1)]);
    write(history, header('run-3'), [answered(0)], {}, [testCase(0, { vars: { ticket: 'edited' } })]);
    const database = rawDatabase(root);
    expect(database.prepare('SELECT count(*) FROM test_case').pluck().get()).toBe(3);
    expect(history.samples(query({ runId: 'run-3' })).rows[0]?.inputExcerpt).toBe('edited');
    expect(history.samples(query({ runId: 'run-1' })).rows[0]?.inputExcerpt).toBe('Ticket 0: the invoice is wrong');
  });

  it('of a filtered run keep their own cases, though the positions differ', () => {
    const { history } = newHistory();
    write(history, header('all'), [answered(0), answered(1)]);
    write(history, header('filtered'), [answered(0, { caseId: 'case-1' })], {}, [testCase(1)]);
    const [stored] = history.allSamples('filtered');
    expect(stored?.testCase).toMatchObject({ id: 'case-1', line: 2 });
  });
});

describe('a page of the grid', () => {
  const variants = [variant('v1'), variant('v2', { model: 'ollama/qwen3:8b' })];
  // case, variant, status, composite, latency, cost
  const table: [number, string, 'pass' | 'fail' | 'unscored' | 'error', number | null, number | null, number | null][] =
    [
      [2, 'v1', 'pass', 1, 30, 0.3],
      [0, 'v2', 'fail', 0.2, 10, null],
      [0, 'v1', 'pass', 0.9, 20, 0.1],
      [1, 'v2', 'unscored', null, null, 0.2],
      [1, 'v1', 'error', null, null, null],
      [2, 'v2', 'fail', 0.2, 5, 0.05],
    ];
  const samples = table.map(([index, variantId, status, composite, latencyMs, costUsd]) =>
    status === 'error'
      ? { ...failedCall(index, 'down'), variantId }
      : answered(index, { variantId, status, composite, latencyMs, costUsd }),
  );

  it.each<[Partial<SampleQuery>, string]>([
    [{ sort: 'case' }, '0v1 0v2 1v1 1v2 2v1 2v2'],
    [{ sort: 'case', descending: true }, '2v2 2v1 1v2 1v1 0v2 0v1'],
    [{ sort: 'status' }, '1v1 0v2 2v2 0v1 2v1 1v2'],
    [{ sort: 'composite' }, '0v2 2v2 0v1 2v1 1v1 1v2'],
    [{ sort: 'composite', descending: true }, '2v1 0v1 0v2 2v2 1v1 1v2'],
    [{ sort: 'latency' }, '2v2 0v2 0v1 2v1 1v1 1v2'],
    [{ sort: 'latency', descending: true }, '2v1 0v1 0v2 2v2 1v1 1v2'],
    [{ sort: 'cost' }, '2v2 0v1 1v2 2v1 0v2 1v1'],
    [{ sort: 'cost', offset: 1, limit: 2 }, '0v1 1v2'],
    [{ offset: 5, limit: 10 }, '2v2'],
    [{ offset: 6 }, ''],
    [{ statuses: ['fail'] }, '0v2 2v2'],
    [{ statuses: ['error', 'unscored'] }, '1v1 1v2'],
    [{ variantIds: ['v2'] }, '0v2 1v2 2v2'],
    [{ variantIds: ['v2'], statuses: ['fail'], sort: 'latency' }, '2v2 0v2'],
    [{ variantIds: ['unknown'] }, ''],
    [{ text: 'down' }, '1v1'],
    [{ text: 'CASE-2', variantIds: ['v1'] }, '2v1'],
  ])('%j', (part, expected) => {
    const { history } = newHistory();
    write(history, header('run-1', { variants }), samples);
    const page = history.samples(query(part));
    expect(page.rows.map((row) => `${row.caseIndex}${row.variantId}`).join(' ')).toBe(expected);
  });

  it('counts what the filters leave, not what the page shows', () => {
    const { history } = newHistory();
    write(history, header('run-1', { variants }), samples);
    expect(history.samples(query({ limit: 1 })).total).toBe(6);
    expect(history.samples(query({ statuses: ['fail'], limit: 1, offset: 1 }))).toMatchObject({ total: 2, rows: [{}] });
    expect(history.samples(query({ statuses: ['fail'], offset: 2 }))).toMatchObject({ total: 2, rows: [] });
  });
});

describe('search', () => {
  const outputs = [
    'Your refund is on its way.',
    '{"category":"how-to","urgent":true}',
    '您的退款已经处理，请稍等。',
    HOSTILE,
    'Ünïcödé naïve café',
    '返金の手続きをしました',
    '',
  ];

  it.each<[string, number[]]>([
    ['refund', [0]],
    ['REFUND', [0]],
    ['refu', [0]],
    ['way refund', [0]],
    ['refund bill', []],
    ['"category":"how-to"', [1]],
    ['urgent":true', [1]],
    ['to-how', []],
    ['退款', [2]],
    ['款退', []],
    ['请稍等', [2]],
    ['手続き', [5]],
    ['onerror', [3]],
    ['<img src=x onerror="alert(1)">', [3]],
    ['<<<', [3]],
    ['{', [1, 3]],
    ['cafe', [4]],
    ['naïve', [4]],
    ['case-4', [4]],
    ['" OR "', []],
    ['* NOT x', []],
    ["'; DROP TABLE sample; --", []],
    ['   ', [0, 1, 2, 3, 4, 5, 6]],
  ])('%j', (text, expected) => {
    const { history } = newHistory();
    write(history, header('other'), [answered(0, { output: 'refund 退款 onerror category' })]);
    write(
      history,
      header('run-1'),
      outputs.map((output, index) => answered(index, { output })),
    );
    const page = history.samples(query({ text }));
    expect(page.rows.map((row) => row.caseIndex)).toEqual(expected);
    expect(page.total).toBe(expected.length);
  });

  it('finds nothing in a run without samples', () => {
    const { history } = newHistory();
    write(history, header('run-1'), []);
    expect(history.samples(query({ text: 'refund' })).total).toBe(0);
  });
});

describe('the numbers of a run', () => {
  it('are those of its samples', () => {
    const { history } = newHistory();
    const variants = [variant('v1'), variant('v2')];
    const samples = [
      answered(0, { scores: [equalsScore(1)], composite: 1 }),
      answered(0, { repeat: 1, status: 'fail', scores: [equalsScore(0)], composite: 0.25 }),
      answered(1, { variantId: 'v2', status: 'unscored', composite: null }),
      failedCall(2, 'down'),
    ];
    write(history, header('run-1', { variants, repeats: 2 }), samples);
    const results = history.caseResults('run-1');
    const expected = CaseResults.of(samples);
    for (const { id } of variants) expect([...results.ofVariant(id)]).toEqual([...expected.ofVariant(id)]);
    expect(results.ofVariant('v1').get('case-0')).toEqual({
      pass: 1,
      fail: 1,
      composite: 0.625,
      scores: { equals: 0.5 },
    });
    expect(history.caseResults('no such run').ofVariant('v1').size).toBe(0);
  });
});

describe('the list of runs', () => {
  it('is newest first, by time and then by when they were written', () => {
    const { history } = newHistory();
    for (const [id, startedAt] of [
      ['b', '2026-01-02T00:00:00.000Z'],
      ['a', '2026-01-01T00:00:00.000Z'],
      ['d', '2026-01-03T00:00:00.000Z'],
      ['c', '2026-01-02T00:00:00.000Z'],
    ] as const)
      write(history, header(id, { startedAt }), []);
    expect(history.runs().map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect(history.runs({ limit: 2 }).map(({ id }) => id)).toEqual(['d', 'c']);
    expect(history.run('latest')?.header.id).toBe('d');
  });

  it('is of a prompt or a suite when asked so, with the variants of that prompt', () => {
    const { history } = newHistory();
    const other = variant('v2', { prompt: 'prompts/other.prompt' });
    const prompts = [promptOf('prompts/triage.prompt'), promptOf('prompts/other.prompt')];
    write(history, header('both', { variants: [variant('v1'), other], prompts }), []);
    write(history, header('one', { variants: [variant('v1')], suite: 'evals/one.eval.yaml' }), []);
    write(history, header('other', { variants: [other], prompts }), []);
    const ids = (query: Parameters<History['runs']>[0]) => history.runs(query).map(({ id }) => id);
    expect(ids({ promptPath: 'prompts/other.prompt' })).toEqual(['other', 'both']);
    expect(ids({ suite: 'evals/one.eval.yaml' })).toEqual(['one']);
    expect(ids({ suite: 'evals/one.eval.yaml', promptPath: 'prompts/other.prompt' })).toEqual([]);
    expect(history.countRuns()).toBe(3);
    expect(history.countRuns({ promptPath: 'prompts/other.prompt' })).toBe(2);
    const [, both] = history.runs({ promptPath: 'prompts/other.prompt' });
    expect(both?.variants.map((each) => each.variant.id)).toEqual(['v2']);
  });
});

describe('the id of a run', () => {
  it('may be shortened while it is clear', () => {
    const { history } = newHistory();
    for (const id of ['abc-1', 'abc-2', 'b%_']) write(history, header(id), []);
    expect(history.run('abc-1')?.header.id).toBe('abc-1');
    expect(history.run('b')?.header.id).toBe('b%_');
    expect(history.run('x')).toBeNull();
    expect(history.run('')).toBeNull();
    expect(history.run('%')).toBeNull();
    expect(() => history.run('abc')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });

  it('is found whole even when it begins another', () => {
    const { history } = newHistory();
    for (const id of ['ab', 'abc']) write(history, header(id), []);
    expect(history.run('ab')?.header.id).toBe('ab');
  });
});

describe('a run without a summary', () => {
  it('is added up from its samples', () => {
    const { history } = newHistory();
    const sink = history.sink();
    sink.begin(header('run-1', { repeats: 2 }));
    // Case 0: repeats 1 and 0, mean 0.5; case 1: 0.52; case 2 has none.
    sink.add(answered(0, { scores: [equalsScore(1)], composite: 1, latencyMs: 10, costUsd: 0.25 }), testCase(0));
    sink.add(
      answered(0, { repeat: 1, status: 'fail', scores: [equalsScore(0)], composite: 0, latencyMs: 20, costUsd: 0.5 }),
      testCase(0),
    );
    sink.add(answered(1, { scores: [equalsScore(1)], composite: 0.52, latencyMs: 40, costUsd: 0.125 }), testCase(1));
    sink.add(failedCall(2, 'down'), testCase(2));
    history.close();
    const [run] = reopened(history).runs();
    expect(run?.status).toBe('interrupted');
    const [figures] = run?.variants ?? [];
    expect(figures?.samples).toEqual({ pass: 2, fail: 1, error: 1, unscored: 0 });
    // Mean of 0.5 and 0.52; s = 0.0141421, standard error 0.01, and t(1 degree, 0.975) is 12.706205.
    expect(figures?.composite?.mean).toBeCloseTo(0.51, 12);
    expect(figures?.composite?.low).toBeCloseTo(0.51 - 12.7062047 * 0.01, 6);
    expect(figures?.composite?.high).toBeCloseTo(0.51 + 12.7062047 * 0.01, 6);
    expect(figures?.metrics['equals']).toEqual({ mean: 2 / 3, n: 3, error: 0, unscored: 0, signature: 'equals|v:1' });
    expect(figures?.metrics['latency']).toEqual({ mean: null, n: 0, error: 0, unscored: 0, signature: 'latency|v:1' });
    // Type 7: p95 of 10, 20, 40 is 20 + 0.9 x 20.
    expect(figures?.latencyMs?.p50).toBe(20);
    expect(figures?.latencyMs?.p95).toBeCloseTo(38, 9);
    expect(figures?.tokens).toEqual({ input: 360, output: 90 });
    expect(figures?.costUsd).toBe(0.875);
  });

  it('has no value of a metric that belongs to the whole run, only how many rows have one', () => {
    const { history } = newHistory();
    const sink = history.sink();
    const [metric] = header('x').metrics;
    if (!metric) throw new Error('There is no metric.');
    sink.begin(header('run-1', { metrics: [{ ...metric, kind: 'bleu' }] }));
    sink.add(answered(0, { scores: [equalsScore(0.5)] }), testCase(0));
    history.close();
    expect(reopened(history).runs()[0]?.variants[0]?.metrics['equals']).toMatchObject({ mean: null, n: 1 });
  });

  it('has an unknown cost as soon as one is unknown, and no figures without samples', () => {
    const { history } = newHistory();
    const sink = history.sink();
    sink.begin(header('run-1', { variants: [variant('v1'), variant('v2')] }));
    sink.add(answered(0), testCase(0));
    sink.add(answered(1, { costUsd: null, usage: null }), testCase(1));
    history.close();
    const [first, second] = reopened(history).runs()[0]?.variants ?? [];
    expect(first).toMatchObject({ costUsd: null, tokens: null, samples: { pass: 2 } });
    expect(second).toMatchObject({ costUsd: null, tokens: null, latencyMs: null, composite: null });
    expect(second?.samples).toEqual({ pass: 0, fail: 0, error: 0, unscored: 0 });
  });
});

function query(part: Partial<SampleQuery>): SampleQuery {
  const base = { runId: 'run-1', offset: 0, limit: 100, sort: 'case', descending: false } as const;
  return { ...base, statuses: [], variantIds: [], text: '', ...part };
}

/** Writes and finishes a run; each sample's case is made up from its position unless cases are given. */
function write(
  history: History,
  of: RunHeader,
  samples: readonly Sample[],
  part: Parameters<typeof summary>[1] = {},
  cases?: readonly Case[],
): void {
  const sink = history.sink();
  sink.begin(of);
  samples.forEach((sample, index) => {
    sink.add(sample, cases?.[index] ?? testCase(sample.caseIndex));
  });
  sink.finish(summary(of, part));
}
