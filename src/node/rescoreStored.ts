import { randomInt } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { CaseResults } from '../engine/compare/caseResults.ts';
import { compositeVerdicts } from '../engine/compare/compositeVerdicts.ts';
import { TouchstoneError } from '../engine/error.ts';
import { parseModelRef } from '../engine/model/modelClient.ts';
import { readPrompt } from '../engine/prompt/formats/readPrompt.ts';
import { loadClosure } from '../engine/prompt/loadClosure.ts';
import type { PromptClosure } from '../engine/prompt/promptDocument.ts';
import { judgeGate } from '../engine/run/gate.ts';
import { rescoreRun } from '../engine/run/rescoreRun.ts';
import type { RunEvent, RunHeader, RunPrompt, RunSummary, RunVariant } from '../engine/run/run.ts';
import { newRunId } from '../engine/run/runId.ts';
import type { PlannedVariant } from '../engine/run/runPlan.ts';
import type { Variant } from '../engine/suite/suite.ts';
import {
  cacheOf,
  committedBaseline,
  comparisonOf,
  doubts,
  type EvaluateOptions,
  type EvaluateResult,
} from './evaluateSuite.ts';
import { judgeModels } from './judge/judgeModels.ts';
import { metricPorts } from './metricPorts.ts';
import { peoplesRatings } from './peoplesRatings.ts';
import { metricsOf, signaturesOf } from './planSuite.ts';
import { committedRatings } from './ratings/ratingsFile.ts';
import { metricsIn } from './runHeader.ts';
import { openHistory } from './store/history.ts';
import type { StoredSample } from './store/storedSample.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { requireTrust } from './workspace/trust.ts';

const DEFAULT_CONCURRENCY = 8;

/**
 * Scores the answers of a kept run by the metrics, weights and threshold that a suite has now. The result is a run of its own;
 * the old one stays as it is. No model is asked for an answer; judges are, for verdicts that the cache does not hold.
 *
 * @param loaded the suite; its prompts, models and dataset play no part
 * @throws TouchstoneError as `evaluateSuite`; `invalid-argument` for a run that is still being written, or a model that is named so no more
 */
export async function rescoreStored(
  runId: string,
  loaded: LoadedSuite,
  options: Omit<EvaluateOptions, 'history'>,
): Promise<EvaluateResult> {
  const { workspace, suite } = loaded;
  requireTrust(workspace);
  const kept = options.cache !== false && judgeModels(suite).length > 0 ? await cacheOf(workspace) : null;
  const cache = kept && 'cache' in kept ? kept.cache : null;
  const suiteFile = path.resolve(workspace.root, suite.path);
  const place = { workspace, suiteFile, judge: suite.judge?.value ?? null };
  const history = openHistory(workspace.root);
  const people = peoplesRatings(workspace.root);
  const ports = metricPorts(place, { access: options.access ?? {}, cache, ratingsOf: people.of });
  try {
    const rated = await committedRatings(loaded);
    people.use(history, rated.ratings);
    const run = history.run(runId);
    if (!run) throw new TouchstoneError('not-found', `There is no run ${runId}.`);
    const variants = await planAgain(requireEnded(run), loaded, ports);
    const against = await committedBaseline(workspace, suite);
    const results =
      against.baseline && new CaseResults(suite.composite.repeats, () => history.comparedCases(run.header.id));
    const onEvent = (event: RunEvent) => {
      if (event.type === 'sample-finished') results?.add(event.sample);
      options.onEvent?.(event);
    };
    const summary = await rescoreRun(
      {
        header: headerOf(run.header, loaded, variants),
        variants,
        samples: () => earlierSamples(history.allSamples(run.header.id)),
        concurrency: options.concurrency ?? suite.concurrency ?? workspace.config.concurrency ?? DEFAULT_CONCURRENCY,
        budgetUsd: suite.budgetUsd,
      },
      {
        nowMs: () => performance.now(),
        isoNow: () => new Date().toISOString(),
        turn: () => new Promise((resolve) => setImmediate(resolve)),
        sink: history.sink(),
        onEvent,
        signal: options.signal,
        costOf: () => null,
      },
    );
    const comparison = await comparisonOf(summary, results, against, suite.compare);
    const gate = judgeGate(summary, suite.gate, comparison && compositeVerdicts(comparison));
    const notes = [...(kept && 'note' in kept ? [kept.note] : []), ...rated.notes, ...(await doubts(history, summary))];
    return { summary, comparison, gate, historyPath: history.path, notes };
  } finally {
    await ports.close(options.signal.aborted);
    history.close();
    cache?.close();
  }
}

function requireEnded(run: RunSummary): RunSummary {
  if (run.status !== 'running') return run;
  throw new TouchstoneError('invalid-argument', `The run ${run.header.id} is still going on.`, {
    remedy: 'Wait for its end, or stop it.',
  });
}

/** The variants as they were: their prompts are read from the texts that the run kept. */
function planAgain(
  { header }: RunSummary,
  { metrics }: LoadedSuite,
  ports: Parameters<typeof metricsOf>[2],
): Promise<PlannedVariant[]> {
  return Promise.all(
    header.variants.map(async (recorded): Promise<PlannedVariant> => {
      const variant = await variantOf(recorded, header.prompts);
      const client = { generate: () => Promise.reject(new TouchstoneError('internal', 'No model is asked here.')) };
      return { variant, client, metrics: await metricsOf(variant, metrics, ports), billed: false };
    }),
  );
}

async function variantOf(recorded: RunVariant, prompts: readonly RunPrompt[]): Promise<Variant> {
  const { id, prompt, promptVersion, params } = recorded;
  const model = parseModelRef(recorded.model) ?? { provider: 'unknown', name: recorded.model };
  const text = prompts.find(({ path: file, version }) => file === prompt && version === promptVersion);
  return {
    id,
    prompt,
    promptVersion,
    model,
    params,
    closure: await closureOf(text ?? { path: prompt, text: '', partials: {} }),
  };
}

function closureOf({ path: file, text, partials }: Omit<RunPrompt, 'version'>): Promise<PromptClosure> {
  return loadClosure(readPrompt(text, file), async (name) =>
    Object.hasOwn(partials, name) ? { path: name, text: partials[name] ?? '' } : undefined,
  );
}

function headerOf(old: RunHeader, { suite, suiteText }: LoadedSuite, planned: readonly PlannedVariant[]): RunHeader {
  const signatures = new Map(planned.map(({ variant, metrics }) => [variant.id, signaturesOf(metrics)]));
  return {
    ...old,
    id: newRunId(Date.now(), randomInt(2 ** 32) / 2 ** 32),
    rescoreOf: old.rescoreOf ?? old.id,
    suiteText,
    startedAt: new Date().toISOString(),
    policy: suite.composite,
    variants: old.variants.map((variant) => ({ ...variant, signatures: signatures.get(variant.id) ?? {} })),
    metrics: metricsIn(planned),
  };
}

/** A judge that is replayed from a column finds what the case's variables hold; the other columns were not kept. */
function* earlierSamples(stored: Iterable<StoredSample>) {
  for (const { sample, testCase } of stored) yield { sample, testCase: { ...testCase, row: testCase.vars } };
}
