import path from 'node:path';
import { canonicalJson, type Json, type JsonObject } from '../../engine/json.ts';
import { metricDefinition } from '../../engine/metric/registry.ts';
import { formatModelRef } from '../../engine/model/modelClient.ts';
import { repeatsPass } from '../../engine/repeats/repeatPolicy.ts';
import type { RunSummary, RunVariant } from '../../engine/run/run.ts';
import type { SampleStatus } from '../../engine/run/sample.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import type { SuiteTests, TestedCase, TestReason } from '../../protocol/testing.ts';
import type { SampleDetail, SampleRow } from '../../protocol/views.ts';
import { suiteFolder } from '../model/resolveModel.ts';
import type { HistoryReader } from '../store/history.ts';
import { type LoadedSuite, loadSuite } from '../workspace/loadSuite.ts';
import { portablePath } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';

type Results = { [variantId: string]: { [caseId: string]: TestedCase } };

/** Runs of some cases each may together tell of all of them. */
const LOOK_BACK = 20;
const PAGE = 500;
/** Reasons are read from whole answers; of more failing cases than anybody reads, they stand in Results. */
const MOST_REASONS = 300;

/**
 * @param runId only what this run came to; null for the newest result of each case
 * @returns null when the suite or what it names has errors: those stand in Problems
 */
export async function suiteTests(
  workspace: Workspace,
  suitePath: string,
  history: HistoryReader | null,
  runId: string | null,
): Promise<SuiteTests | null> {
  const { loaded } = await loadSuite(workspace, suitePath);
  if (!loaded) return null;
  const variants = variantsOf(loaded);
  const labels = variantLabels(variants);
  const cases: SuiteTests['cases'][number][] = [];
  for await (const { id, line } of loaded.cases()) cases.push({ id, line });
  const runs = history ? runsOf(history, portablePath(workspace.root, suitePath), runId) : [];
  const results: Results = {};
  const comparing = comparingMetrics(loaded);
  let left = MOST_REASONS;
  for (const run of runs) {
    for (const variant of variants) {
      const then = run.header.variants.find((one) => isSame(one, variant));
      if (!history || !then) continue;
      const own = results[variant.id] ?? {};
      const isWanted = (caseId: string) => !Object.hasOwn(own, caseId);
      const found = testedCases(history, run, then.id, { isWanted, most: left, comparing });
      left -= Object.values(found).filter(({ reasons }) => reasons.length > 0).length;
      results[variant.id] = { ...found, ...own };
    }
    if (variants.every(({ id }) => cases.every((testCase) => Object.hasOwn(results[id] ?? {}, testCase.id)))) break;
  }
  return {
    dataPath: path.resolve(workspace.root, loaded.dataset.path),
    variants: variants.map(({ id }) => ({ id, label: labels.get(id) ?? id })),
    cases,
    results,
    finishedAt: runs[0] ? (runs[0].finishedAt ?? runs[0].header.startedAt) : null,
  };
}

function runsOf(history: HistoryReader, suite: string, runId: string | null): RunSummary[] {
  if (runId !== null) return [history.run(runId) ?? []].flat();
  return history
    .runs({ suite, limit: LOOK_BACK })
    .filter(({ status }) => status !== 'running')
    .flatMap(({ id }) => history.run(id) ?? []);
}

/** As a run would record them. */
function variantsOf({ workspace, suite, variants }: LoadedSuite): RunVariant[] {
  const folder = suiteFolder(workspace, suite.path);
  return variants.map(({ id, prompt, promptVersion, model, params }) => ({
    ...{ id, promptVersion, params, signatures: {} },
    prompt: portablePath(workspace.root, path.resolve(folder, prompt)),
    model: formatModelRef(model),
  }));
}

/** The same place of the suite, whatever its prompt says by now. */
function isSame(a: RunVariant, b: RunVariant): boolean {
  return a.prompt === b.prompt && a.model === b.model && canonicalJson(a.params) === canonicalJson(b.params);
}

type CasesAsked = {
  readonly isWanted: (caseId: string) => boolean;
  /** Of how many cases the reasons are read. */
  readonly most: number;
  readonly comparing: Comparing;
};

function testedCases(
  history: HistoryReader,
  run: RunSummary,
  variantId: string,
  { isWanted, most, comparing }: CasesAsked,
): { [caseId: string]: TestedCase } {
  const { header } = run;
  const rows = Map.groupBy(rowsOf(history, header.id, variantId), ({ caseId }) => caseId);
  const tested: { [caseId: string]: TestedCase } = {};
  let told = 0;
  for (const [caseId, result] of history.caseResults(header.id).ofVariant(variantId)) {
    if (!isWanted(caseId)) continue;
    const own = rows.get(caseId) ?? [];
    const passes = result.passes ?? repeatsPass(result.pass ?? 0, result.fail ?? 0, header.policy.repeats ?? {});
    const status: SampleStatus = passes === null ? (result.error ? 'error' : 'unscored') : passes ? 'pass' : 'fail';
    const [row] = own.filter((one) => one.status === status);
    const isTold = status !== 'pass' && row !== undefined && told < most;
    if (isTold) told += 1;
    tested[caseId] = {
      status,
      composite: result.composite ?? null,
      latencyMs: meanLatency(own),
      reasons: isTold ? reasonsOf(history.sample(header.id, row.sampleId), run, comparing) : [],
    };
  }
  return tested;
}

function rowsOf(history: HistoryReader, runId: string, variantId: string): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let total = 1; rows.length < total; ) {
    const page = history.samples({
      ...{ runId, offset: rows.length, limit: PAGE, sort: 'case', descending: false, statuses: [], text: '' },
      variantIds: [variantId],
    });
    if (page.rows.length === 0) break;
    total = page.total;
    rows.push(...page.rows);
  }
  return rows;
}

function meanLatency(rows: readonly SampleRow[]): number | null {
  const known = rows.flatMap(({ latencyMs }) => latencyMs ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Of a sample that did not pass: of each metric that says so, else of the whole. */
function reasonsOf(detail: SampleDetail | null, { header }: RunSummary, comparing: Comparing): TestReason[] {
  if (detail === null) return [];
  if (detail.error) return [{ text: [detail.error.message, detail.error.remedy].filter(Boolean).join(' ') }];
  const failing = detail.scores.filter((score) => score.outcome !== 'scored' || score.passed === false);
  const reasons = failing.map((score): TestReason => {
    const word = score.outcome === 'scored' ? '' : `${score.outcome}: `;
    const text = `${score.metric}: ${word}${score.reason}`;
    const parts = comparing.get(score.metric);
    const difference = parts && differenceOf(detail, parts);
    return difference ? { text, difference } : { text };
  });
  if (reasons.length > 0) return reasons;
  const composite = detail.row.composite;
  const { threshold } = header.policy;
  if (composite === null) return [{ text: 'Nothing was scored.' }];
  return [{ text: `The composite ${composite.toFixed(3)} is below ${threshold}.` }];
}

/** Metrics that hold the answer against what is expected, by name, with the parts of it that they name; none for the whole. */
type Comparing = ReadonlyMap<string, readonly string[]>;

/** A judge and a measure hold the answer against nothing that could be shown beside it. */
function comparingMetrics({ metrics }: LoadedSuite): Comparing {
  return new Map(
    metrics.flatMap(({ name, kind, options }): [string, readonly string[]][] => {
      const text = JSON.stringify(options ?? '');
      if (metricDefinition(kind)?.usesJudge !== undefined || !text.includes('{{expected')) return [];
      return [[name, [...text.matchAll(/\{\{\s*expected\.([\w-]+)/g)].flatMap(([, part]) => part ?? [])]];
    }),
  );
}

/** Both as JSON where both are; of the parts that the metric names alone, where the answer has them. */
function differenceOf({ expected, output }: SampleDetail, parts: readonly string[]): TestReason['difference'] {
  if (expected === null || output === null) return undefined;
  const actual = parsed(output);
  if (!isObject(expected) || !isObject(actual)) return { expected: readable(expected), actual: readable(actual) };
  const named = parts.filter((part) => Object.hasOwn(expected, part) && Object.hasOwn(actual, part));
  const keys = named.length > 0 ? named : Object.keys(expected);
  const pick = (of: JsonObject, toValue: (key: string) => Json | undefined) =>
    Object.fromEntries(keys.filter((key) => Object.hasOwn(of, key)).map((key) => [key, toValue(key)]));
  // A cell of a table is a text: "false" there is false here.
  const meant = (key: string) => (String(actual[key]) === expected[key] ? actual[key] : expected[key]);
  return {
    expected: readable(pick(expected, meant)),
    actual: readable(named.length > 0 ? pick(actual, (key) => actual[key]) : actual),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return output;
  }
}

function readable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
