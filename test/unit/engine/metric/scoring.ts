import type { Case } from '../../../../src/engine/dataset/case.ts';
import type { Json } from '../../../../src/engine/json.ts';
import { createMetric } from '../../../../src/engine/metric/createMetric.ts';
import type {
  Metric,
  MetricContext,
  MetricInput,
  MetricTools,
  ScoreOutcome,
} from '../../../../src/engine/metric/metric.ts';
import { metricDefinition } from '../../../../src/engine/metric/registry.ts';
import type { ModelResponse } from '../../../../src/engine/model/modelClient.ts';

/** What a metric sees; everything but the output may be left out. */
export function inputOf(
  output: string,
  given: Partial<Case> &
    Partial<Pick<MetricInput, 'messages' | 'tools' | 'costUsd'>> & { response?: Partial<ModelResponse> } = {},
): MetricInput {
  const { response, costUsd = null, messages = [], tools = [], ...fields } = given;
  return {
    output,
    costUsd,
    messages,
    tools,
    signal: new AbortController().signal,
    testCase: { id: 'case-1', vars: {}, tags: [], metadata: {}, row: {}, index: 0, line: 1, ...fields },
    response: {
      output,
      toolCalls: [],
      finishReason: 'stop',
      usage: null,
      latencyMs: null,
      firstTokenMs: null,
      costUsd: null,
      rawRequest: null,
      rawResponse: null,
      attempts: 1,
      ...response,
    },
  };
}

const NOT_RUN: MetricTools['openProgram'] & MetricTools['findEmbedder'] & MetricTools['findModerator'] = () => ({
  error: 'Nothing is run here.',
  remedy: 'None.',
});

export const PLAIN: MetricContext = {
  outputSchema: null,
  tools: {
    matchRegex: (pattern, flags, text) => {
      const match = new RegExp(pattern, flags).exec(text);
      return match === null
        ? 'no-match'
        : { text: match[0], index: match.index, groups: match.slice(1).map((group) => group ?? null) };
    },
    compileSchema: () => () => [],
    scoreLanguages: () => new Map(),
    countTokens: (text) => [...text].length,
    codeFault: () => null,
    sentimentOf: () => undefined,
    sqlTree: () => ({ error: 'Nothing is parsed here.' }),
    openProgram: NOT_RUN,
    findEmbedder: NOT_RUN,
    findModerator: NOT_RUN,
    findJudges: () => ({ error: 'no judge', remedy: '' }),
    ratingsOf: () => [],
  },
};

/** The value of a metric over a whole run. */
export function corpusOf(metric: Metric, inputs: readonly MetricInput[]): number | null | undefined {
  const totals = metric.corpus?.();
  for (const input of inputs) totals?.add(input, Number.NaN);
  return totals?.value();
}

/** Makes a metric as a suite does: shorthand and options go through the definition's schema. */
export function metricOf(kind: string, options: unknown = {}, context: Partial<MetricContext> = {}): Metric {
  const made = tryMetric(kind, options, context);
  if ('error' in made) throw new Error(made.error);
  return made;
}

export function tryMetric(
  kind: string,
  options: unknown = {},
  context: Partial<MetricContext> = {},
  gate = false,
): Metric | { error: string } {
  const definition = metricDefinition(kind);
  if (definition === undefined) throw new Error(`no metric ${kind}`);
  const isShort = typeof options !== 'object' || options === null || Array.isArray(options);
  const parsed = definition.options().parse(isShort ? { [definition.shorthand ?? '']: options } : options);
  return createMetric({ kind, name: kind, options: parsed, weight: 1, gate }, { ...PLAIN, ...context });
}

/** The outcome of one metric on one output, the case's expected value given. */
export async function score(
  kind: string,
  options: unknown,
  output: string,
  expected?: Json,
  context: Partial<MetricContext> = {},
): Promise<ScoreOutcome> {
  return metricOf(kind, options, context).score(inputOf(output, expected === undefined ? {} : { expected }));
}

/** The value of an outcome; null when it has none. */
export function valueIn(outcome: ScoreOutcome): number | null {
  return outcome.outcome === 'scored' ? outcome.value : null;
}

/** The options with which a metric divides texts as its reference does, which knows no script without spaces. */
export function asReference<Options extends object>(kind: string, options: Options): object {
  if (kind.startsWith('rouge')) return { unicode: false, ...options };
  if (kind === 'ter') return { tokenize: 'none', ...options };
  return ['bleu', 'gleu', 'meteor'].includes(kind) ? { tokenize: '13a', ...options } : options;
}
