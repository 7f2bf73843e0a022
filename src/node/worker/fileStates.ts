import { existsSync } from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { canonicalJson } from '../../engine/json.ts';
import type { MetricDeclaration } from '../../engine/metric/metric.ts';
import { formatModelRef, parseModelRef } from '../../engine/model/modelClient.ts';
import type { Problem } from '../../engine/problem.ts';
import { mayBePromptPath } from '../../engine/prompt/formats/promptPath.ts';
import type { RunSummary, RunVariant } from '../../engine/run/run.ts';
import type { Variant } from '../../engine/suite/suite.ts';
import type { PromptState, SuiteState } from '../../protocol/worker.ts';

import { type MetricPorts, metricPorts } from '../metricPorts.ts';

import type { ModelAccess } from '../model/access.ts';
import { modelObstacle } from '../model/resolveModel.ts';
import { metricsOf, signaturesOf } from '../planSuite.ts';
import type { RunQuery } from '../store/history.ts';
import { suitesOfPrompt } from '../workspace/findSuites.ts';
import { portablePath } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Comparisons } from './comparisons.ts';
import type { DatasetFacts, Datasets } from './datasets.ts';
import type { Heads } from './heads.ts';
import type { Histories } from './histories.ts';
import { estimateUsd, NO_PAST, type Past, readPast } from './lastResult.ts';
import { partialUses } from './partialUses.ts';
import { type OpenSuite, openPrompt, openSuite, type PromptUse } from './promptUse.ts';

export type StatePorts = {
  readonly datasets: Datasets;
  readonly histories: Histories;
  readonly comparisons: Comparisons;
  readonly heads: Heads;
  readonly access: ModelAccess;
};

/** All that the lenses of a prompt say. Never fails because of what is in files: that is counted as errors. */
export async function readPromptState(
  workspace: Workspace,
  promptPath: string,
  suitePath: string | undefined,
  ports: StatePorts,
): Promise<PromptState> {
  if (mayBePromptPath(promptPath) && (await suitesOfPrompt(workspace, promptPath)).length === 0)
    return { ...unreadable(promptPath), isPrompt: false, errors: 0 };
  const use = await openPrompt(workspace, promptPath, suitePath).catch(() => null);
  if (!use) return unreadable(promptPath);
  if (use.suites.length === 0 && use.closure.problems.some(({ code }) => code === 'foreign-prompt'))
    return { ...unreadable(promptPath), isPrompt: false, errors: 0 };
  const { suite } = use;
  const facts = suite?.dataset ? await ports.datasets.facts(workspace, suite.dataset) : null;
  const query = {
    promptPath: portablePath(workspace.root, promptPath),
    ...(suite ? { suite: portablePath(workspace.root, suite.path) } : {}),
  };
  const { past, historyNote } = await pastOf(workspace, query, suite, ports);
  const model = modelOf(use);
  return {
    path: promptPath,
    isPrompt: true,
    suites: use.suites,
    cases: facts?.cases ?? null,
    estimateUsd: estimateUsd(past.run, planned(past.run, suite, facts)),
    last: past.last && {
      ...past.last,
      edited: await isEdited(workspace, past.run, suite, facts, use.variants, query.promptPath),
    },
    runCount: past.runCount,
    model,
    modelReady: await isModelReady(workspace, model, ports.access),
    errors: countErrors(use.closure.problems),
    version: use.version,
    usedBy: await partialUses(workspace, promptPath),
    historyNote,
  };
}

/** All that the lenses of a suite say. */
export async function readSuiteState(workspace: Workspace, suitePath: string, ports: StatePorts): Promise<SuiteState> {
  const suite = await openSuite(workspace, suitePath).catch(() => null);
  const facts = suite?.dataset ? await ports.datasets.facts(workspace, suite.dataset) : null;
  const query = { suite: portablePath(workspace.root, suitePath) };
  const { past, historyNote } = await pastOf(workspace, query, suite, ports);
  const prompts = suite?.prompts.filter((prompt) => existsSync(prompt)) ?? [];
  const variants: Variant[] = [];
  for (const prompt of prompts) {
    const use = await openPrompt(workspace, prompt, suitePath).catch(() => null);
    variants.push(...(use?.variants ?? []));
  }
  return {
    path: suitePath,
    prompts,
    dataset: facts,
    dataPath: suite?.dataset?.file ?? null,
    last: past.last && { ...past.last, edited: await isEdited(workspace, past.run, suite, facts, variants, null) },
    runCount: past.runCount,
    estimateUsd: estimateUsd(past.run, planned(past.run, suite, facts)),
    errors: suite ? countErrors(suite.parsed.problems) : 1,
    historyNote,
  };
}

/** The model that Run asks: the prompt's own, or the first of its suite. */
function modelOf(use: PromptUse): string | null {
  const own = use.closure.document.metadata.model;
  if (own !== undefined) return own;
  const [variant] = use.variants;
  return variant ? formatModelRef(variant.model) : null;
}

/** Whether a model can be asked: it is named, its provider is known, and a key is there where one is needed. */
async function isModelReady(workspace: Workspace, model: string | null, access: ModelAccess): Promise<boolean> {
  const ref = model === null ? null : parseModelRef(model);
  return ref !== null && (await modelObstacle(ref, { workspace, folder: workspace.root, access })) === null;
}

async function pastOf(
  workspace: Workspace,
  query: Omit<RunQuery, 'limit'>,
  suite: OpenSuite | null,
  { histories, comparisons, heads }: StatePorts,
): Promise<{ readonly past: Past; readonly historyNote: string | null }> {
  try {
    const history = histories.at(workspace.root);
    if (!history) return { past: NO_PAST, historyNote: null };
    const past = await readPast(history, query, {
      toBaseline: (run) => comparisons.toBaseline(workspace, suite, history, run),
      toRun: (run, before) => comparisons.toRun(history, run, before, suite),
      headCommit: () => heads.commit(workspace.root),
    });
    return { past, historyNote: null };
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return { past: NO_PAST, historyNote: [error.message, error.remedy].filter(Boolean).join(' ') };
  }
}

/** Whether evaluating now would evaluate something else: other variants, cases or repeats, or score it otherwise. */
async function isEdited(
  workspace: Workspace,
  run: RunSummary | null,
  suite: OpenSuite | null,
  facts: DatasetFacts | null,
  variants: readonly Variant[],
  prompt: string | null,
): Promise<boolean> {
  if (!run) return false;
  const { header } = run;
  const suiteNow = suite?.parsed.suite;
  if (!suiteNow || facts?.digest !== header.dataset.digest) return true;
  const { repeats, composite: policy } = suiteNow;
  const declarations = suiteNow.metrics.map(({ value }) => value);
  const ports = metricPorts({ workspace, suiteFile: suite.path, judge: suiteNow.judge?.value ?? null });
  const then = {
    variants: signed(header.variants.filter((variant) => prompt === null || variant.prompt === prompt)),
    metrics: header.metrics.map(({ name, kind, weight, gate }) => ({ name, kind, weight, gate })),
    repeats: header.repeats,
    policy: header.policy,
  };
  const now = {
    variants: signed(await Promise.all(variants.map((variant) => signedNow(variant, declarations, ports)))),
    metrics: declarations.map(({ name, kind, weight, gate }) => ({ name, kind, weight, gate })),
    repeats,
    policy,
  };
  return canonicalJson(now) !== canonicalJson(then);
}

type Signed = Pick<RunVariant, 'id' | 'signatures'>;

function signed(variants: readonly Signed[]): Signed[] {
  return variants
    .map(({ id, signatures }) => ({ id, signatures }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Without signatures, which no run is, when one of them cannot be made: the check of the suite says why. */
async function signedNow(
  variant: Variant,
  declarations: readonly MetricDeclaration[],
  ports: MetricPorts,
): Promise<Signed> {
  try {
    return { id: variant.id, signatures: signaturesOf(await metricsOf(variant, declarations, ports)) };
  } catch (error) {
    if (error instanceof TouchstoneError) return { id: variant.id, signatures: {} };
    throw error;
  }
}

/** As many variants as last time: those of other prompts are not planned here. */
function planned(run: RunSummary | null, suite: OpenSuite | null, facts: DatasetFacts | null): number | null {
  if (!run || !facts) return null;
  return run.header.variants.length * facts.cases * (suite?.parsed.suite?.repeats ?? 1);
}

function countErrors(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

function unreadable(promptPath: string): PromptState {
  return {
    path: path.resolve(promptPath),
    isPrompt: true,
    suites: [],
    cases: null,
    estimateUsd: null,
    last: null,
    runCount: 0,
    model: null,
    modelReady: true,
    errors: 1,
    version: null,
    usedBy: null,
    historyNote: null,
  };
}
