import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import type { Json } from '../../engine/json.ts';
import { jsonEqual } from '../../engine/metric/structured/jsonEqual.ts';
import type { RunHeader } from '../../engine/run/run.ts';
import type { EvaluateAnswer } from '../../protocol/worker.ts';
import { evaluateSuite } from '../evaluateSuite.ts';
import { modelProblems } from '../modelProblems.ts';
import { readHistory } from '../store/history.ts';
import { loadSuite, type SuiteOverrides } from '../workspace/loadSuite.ts';
import { requireTrust } from '../workspace/trust.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { EvaluatePorts } from './evaluateInWorker.ts';
import { located } from './located.ts';
import { reportProgress } from './runProgress.ts';

/**
 * Goes on with a run that was cut off; what it holds is not asked for again.
 *
 * @throws TouchstoneError not-found; invalid-argument for a run that cannot go on, with the reason
 */
export async function resumeInWorker(
  workspace: Workspace,
  runId: string,
  { signal, onProgress, access }: EvaluatePorts,
): Promise<EvaluateAnswer> {
  requireTrust(workspace);
  const header = headerOf(workspace, runId);
  const suitePath = path.resolve(workspace.root, header.suite);
  const { loaded, problems } = await loadAs(workspace, suitePath, header, signal);
  const obstacles = loaded ? await modelProblems(loaded, access) : problems;
  if (!loaded || obstacles.length > 0) return { started: false, problems: located(workspace, obstacles) };
  signal.throwIfAborted();
  const progress = reportProgress(suitePath, onProgress);
  try {
    const options = { signal, onEvent: progress.onEvent, access, resume: runId };
    const { summary } = await evaluateSuite(loaded, options);
    return { started: true, summary };
  } finally {
    progress.stop();
  }
}

/** The suite with the cases and repeats of the run and, where they were given from outside, its models and params. */
async function loadAs(
  workspace: Workspace,
  suitePath: string,
  { selection: { filter, ids, tags, limit }, repeats, variants }: RunHeader,
  signal: AbortSignal,
): ReturnType<typeof loadSuite> {
  const overrides: SuiteOverrides = { filter, ids, tags, limit, repeats };
  const plain = await loadSuite(workspace, suitePath, overrides, signal);
  const planned = new Set(plain.loaded?.variants.map(({ id }) => id));
  if (!plain.loaded || variants.every(({ id }) => planned.has(id))) return plain;
  const names = [...new Set(variants.flatMap((variant) => Object.keys(variant.params)))];
  const params = Object.fromEntries(names.map((name) => [name, valuesOf(variants, name)]));
  const models = [...new Set(variants.map(({ model }) => model))];
  return loadSuite(workspace, suitePath, { ...overrides, models, params }, signal);
}

function valuesOf(variants: RunHeader['variants'], name: string): Json[] {
  const values = variants.flatMap(({ params: { [name]: value } }) => (value === undefined ? [] : [value]));
  return values.filter((value, index) => values.findIndex((other) => jsonEqual(other, value)) === index);
}

function headerOf({ root }: Pick<Workspace, 'root'>, runId: string): RunHeader {
  const history = readHistory(root);
  try {
    const run = history?.run(runId);
    if (run) return run.header;
  } finally {
    history?.close();
  }
  throw new TouchstoneError('not-found', 'The history does not hold this run any more.');
}
