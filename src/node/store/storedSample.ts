import type { Case } from '../../engine/dataset/case.ts';
import type { Evidence, Score } from '../../engine/metric/metric.ts';
import type { RunVariant } from '../../engine/run/run.ts';
import type { Sample } from '../../engine/run/sample.ts';
import type { SampleDetail, SampleRow } from '../../protocol/views.ts';
import { columns, type PayloadRow, parseColumn, type SampleRowColumns, type ScoreRow, unreadable } from './rows.ts';
import type { KnownRun } from './runReader.ts';

/** A sample with the case that it was made for, as it was then. */
export type StoredSample = { readonly sample: Sample; readonly testCase: Omit<Case, 'row'> };

/** The sample as the run gave it. */
export function toStored(
  run: KnownRun,
  row: SampleRowColumns,
  payload: PayloadRow,
  scores: readonly Score[],
): StoredSample {
  const common = {
    variantId: variantAt(run, row.variant).id,
    caseId: row.caseId,
    repeat: row.repeat,
    caseIndex: row.caseIndex,
    startedAt: payload.startedAt,
    messages: parseColumn(columns.messages, payload.messages),
    rawRequest: parseColumn(columns.json, payload.rawRequest),
  };
  const testCase = {
    id: row.caseId,
    ...parseColumn(columns.caseContent, payload.content),
    index: row.caseIndex,
    line: payload.line,
  };
  if (row.status === 'error') {
    const error = parseColumn(columns.error, payload.error ?? '');
    return { sample: { ...common, status: 'error', error }, testCase };
  }
  const usage = {
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    cachedInputTokens: payload.cachedInputTokens,
    reasoningTokens: payload.reasoningTokens,
  };
  const sample: Sample = {
    ...common,
    status: row.status,
    scores,
    composite: row.composite,
    output: payload.output ?? '',
    toolCalls: payload.toolCalls === null ? [] : parseColumn(columns.toolCalls, payload.toolCalls),
    finishReason: payload.finishReason,
    usage: Object.values(usage).every((count) => count === null) ? null : usage,
    latencyMs: row.latencyMs,
    firstTokenMs: payload.firstTokenMs,
    costUsd: row.costUsd,
    rawResponse: parseColumn(columns.json, payload.rawResponse ?? 'null'),
    attempts: payload.attempts ?? 1,
  };
  return { sample, testCase };
}

/** What the grid shows; a metric without a value is there, as null. */
export function toRow(
  run: KnownRun,
  { variant, isFlaky, ...row }: SampleRowColumns,
  scores: readonly Score[],
): SampleRow {
  const values = new Map<string, SampleRow['scores'][string]>(run.header.metrics.map(({ name }) => [name, null]));
  for (const score of scores)
    if (score.outcome === 'scored') values.set(score.metric, { value: score.value, passed: score.passed });
  const flaky = isFlaky === undefined ? {} : { isFlaky: isFlaky === 1 };
  return { ...row, ...flaky, variantId: variantAt(run, variant).id, scores: Object.fromEntries(values) };
}

export function toDetail(run: KnownRun, row: SampleRowColumns, { sample, testCase }: StoredSample): SampleDetail {
  const answer = sample.status === 'error' ? null : sample;
  const scores = answer?.scores ?? [];
  return {
    runId: run.header.id,
    row: toRow(run, row, scores),
    variant: variantAt(run, row.variant),
    vars: testCase.vars,
    expected: testCase.expected ?? null,
    tags: testCase.tags,
    messages: sample.messages,
    output: answer?.output ?? null,
    error: sample.status === 'error' ? sample.error : null,
    scores,
    finishReason: answer?.finishReason ?? null,
    firstTokenMs: answer?.firstTokenMs ?? null,
    rawRequest: sample.rawRequest,
    rawResponse: answer?.rawResponse ?? null,
  };
}

/** A stored score with the name and signature that its run gives to the metric. */
export function toScore(row: ScoreRow, run: KnownRun, { signatures }: Pick<RunVariant, 'signatures'>): Score {
  const metric = run.header.metrics[row.metric];
  if (!metric) throw unreadable(`a score names metric ${row.metric} of ${run.header.metrics.length}`);
  const base = { metric: metric.name, signature: signatures[metric.name] ?? '', ...evidenceOf(row) };
  if (row.outcome !== 'scored') return { ...base, outcome: row.outcome, reason: row.reason };
  // NaN, which no metric should give, is NULL in SQLite.
  if (row.value === null) return { ...base, outcome: 'error', reason: 'The value is not a number.' };
  const passed = row.passed === null ? null : row.passed === 1;
  return { ...base, outcome: 'scored', value: row.value, score: row.score, passed, reason: row.reason };
}

function evidenceOf({ details, costUsd }: ScoreRow): Evidence {
  return {
    ...(details === null ? {} : { details: parseColumn(columns.json, details) }),
    ...(costUsd === null ? {} : { costUsd: costUsd === 'unknown' ? null : costUsd }),
  };
}

export function variantAt(run: KnownRun, ordinal: number): RunVariant {
  const variant = run.header.variants[ordinal];
  if (!variant) throw unreadable(`a sample names variant ${ordinal} of ${run.header.variants.length}`);
  return variant;
}
