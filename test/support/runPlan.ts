import type { Case } from '../../src/engine/dataset/case.ts';
import type { Metric, ScoreOutcome } from '../../src/engine/metric/metric.ts';
import type { ModelClient, ModelRequest, ModelResponse } from '../../src/engine/model/modelClient.ts';
import { loadClosure } from '../../src/engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../src/engine/prompt/parsePrompt.ts';
import type { RunEvent, RunHeader, RunSummary } from '../../src/engine/run/run.ts';
import type { PlannedVariant, RunPlan, RunPorts } from '../../src/engine/run/runPlan.ts';
import type { Sample } from '../../src/engine/run/sample.ts';
import { testCase } from './modelRequest.ts';

/** What a scripted model says; a number of milliseconds to wait comes first. */
export type Scripted = Partial<ModelResponse> & { readonly afterMs?: number };

export function answering(script: (request: ModelRequest) => Scripted | Error): ModelClient {
  return {
    async generate(request, { signal }) {
      const said = script(request);
      if (said instanceof Error) throw said;
      const { afterMs, ...response } = said;
      if (afterMs !== undefined) await pause(afterMs, signal);
      return { ...SILENT, ...response };
    },
  };
}

const SILENT: ModelResponse = {
  output: '',
  toolCalls: [],
  finishReason: 'stop',
  usage: null,
  latencyMs: null,
  firstTokenMs: null,
  costUsd: null,
  rawRequest: null,
  rawResponse: null,
  attempts: 1,
};

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** A metric that counts in the composite by itself. */
export function metricOf(name: string, score: Metric['score'], parts: Partial<Metric> = {}): Metric {
  return {
    name,
    kind: name,
    signature: `${name}|v:1`,
    direction: 'higher',
    level: 'row',
    weight: 1,
    gate: false,
    score,
    ...parts,
  };
}

export function scored(value: number, passed: boolean | null = null): ScoreOutcome {
  return { outcome: 'scored', value, score: value, passed, reason: '' };
}

export const PROMPT = '---\nmodel: test/a\n---\nQ: {{q}}';

export async function plannedVariant(
  client: ModelClient,
  parts: { readonly id?: string; readonly text?: string } & Partial<Omit<PlannedVariant, 'variant' | 'client'>> = {},
): Promise<PlannedVariant> {
  const { id = 'v1', text = PROMPT, ...rest } = parts;
  const closure = await loadClosure(parsePrompt(text, '/p/a.prompt'), async () => undefined);
  const variant = {
    id,
    prompt: 'a.prompt',
    promptVersion: 'f'.repeat(64),
    model: { provider: 'test', name: id },
    params: {},
    closure,
  };
  return { variant, client, metrics: [], billed: true, ...rest };
}

export function casesOf(count: number): Case[] {
  return Array.from({ length: count }, (_, index) =>
    testCase({ id: `c${index}`, vars: { q: `${index}` }, index, line: index }),
  );
}

export function runPlan(
  variants: readonly PlannedVariant[],
  cases: readonly Case[] | (() => AsyncIterable<Case>),
  given: Partial<RunPlan> & Partial<Pick<RunHeader, 'repeats' | 'policy'>> = {},
): RunPlan {
  const { repeats = 1, policy = { threshold: 0.5, missing: 'renormalise' }, ...parts } = given;
  const iterate = typeof cases === 'function' ? cases : () => each(cases);
  const header: RunHeader = {
    id: 'r1',
    suite: 'a.eval.yaml',
    suiteText: '',
    startedAt: '2025-01-01T00:00:00.000Z',
    git: null,
    dataset: { path: 'a.csv', format: 'csv', digest: '', cases: 0, columns: [] },
    selection: { cases: 0 },
    repeats,
    policy,
    variants: variants.map(({ variant: { id, prompt, promptVersion, model, params } }) => ({
      id,
      prompt,
      promptVersion,
      model: `${model.provider}/${model.name}`,
      params,
      signatures: {},
    })),
    prompts: [],
    metrics: [],
    plannedSamples: typeof cases === 'function' ? 1_000_000 : variants.length * cases.length * repeats,
  };
  return {
    header,
    variants,
    cases: iterate,
    concurrency: 4,
    budgetUsd: null,
    ...parts,
  };
}

/** Ports that write down all that is told to them. */
export function recordingPorts(parts: Partial<RunPorts> = {}): RunPorts & {
  readonly log: string[];
  readonly samples: Sample[];
  readonly events: RunEvent[];
  readonly kept: RunSummary[];
} {
  const log: string[] = [];
  const samples: Sample[] = [];
  const events: RunEvent[] = [];
  const kept: RunSummary[] = [];
  return {
    log,
    samples,
    events,
    kept,
    nowMs: () => performance.now(),
    isoNow: () => '2025-01-01T00:00:01.000Z',
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    sink: {
      begin: () => void log.push('begin'),
      add: (sample) => {
        log.push('add');
        samples.push(sample);
      },
      finish: (summary) => {
        log.push('finish');
        kept.push(summary);
      },
    },
    onEvent: (event) => void events.push(event),
    signal: new AbortController().signal,
    costOf: () => null,
    ...parts,
  };
}

async function* each(cases: readonly Case[]): AsyncIterable<Case> {
  yield* cases;
}
