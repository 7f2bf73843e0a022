import type { Case } from '../dataset/case.ts';
import { type CompositeOutcome, compositeOf } from '../metric/composite/composite.ts';
import type { CompositePolicy } from '../metric/composite/compositePolicy.ts';
import type { Metric, MetricInput, Score, ScoreOutcome } from '../metric/metric.ts';
import { ModelError, type ModelResponse } from '../model/modelClient.ts';
import type { PlannedVariant, RunPorts } from './runPlan.ts';
import type { Sample, SampleError } from './sample.ts';
import { variantRequest } from './variantRequest.ts';

/** One sample to take. */
export type SampleTask = {
  readonly planned: PlannedVariant;
  readonly testCase: Case;
  readonly repeat: number;
};

export type TakePorts = {
  readonly isoNow: () => string;
  readonly signal: AbortSignal;
  readonly policy: CompositePolicy;
  readonly costOf: RunPorts['costOf'];
};

/** A finished sample; `input` is what its metrics saw, null for an error. One that was reused was paid for before. */
export type TakenSample = {
  readonly sample: Sample;
  readonly input: MetricInput | null;
  readonly isReused?: boolean;
};

/**
 * Renders, asks and scores. Whatever fails on the way is a sample of status error.
 *
 * @returns null when the run was stopped meanwhile: what was under way is not a result.
 */
export async function takeSample(task: SampleTask, ports: TakePorts): Promise<TakenSample | null> {
  const { planned, testCase, repeat } = task;
  const key = { variantId: planned.variant.id, caseId: testCase.id, repeat };
  const begun = { ...key, caseIndex: testCase.index, startedAt: ports.isoNow() };
  const request = variantRequest(planned.variant, testCase, repeat);
  if (!request.ok) {
    return {
      sample: { ...begun, messages: request.messages, rawRequest: null, ...failed(request.error) },
      input: null,
    };
  }
  const { messages, tools } = request.request;
  let response: ModelResponse;
  try {
    response = await planned.client.generate(request.request, { signal: ports.signal });
  } catch (error) {
    if (ports.signal.aborted) return null;
    const rawRequest = error instanceof ModelError ? error.rawRequest : null;
    return { sample: { ...begun, messages, rawRequest, ...failed(toSampleError(error)) }, input: null };
  }
  const costUsd = response.costUsd ?? (await ports.costOf(planned.variant.model, response.usage));
  const input: MetricInput = {
    testCase,
    messages,
    tools,
    output: response.output,
    response,
    costUsd,
    signal: ports.signal,
  };
  const scored = await scoreAnswer(input, planned.metrics, ports.policy);
  const { rawRequest, ...answer } = response;
  return { sample: { ...begun, messages, rawRequest, ...answer, costUsd, ...scored }, input };
}

/** All metrics on one answer, and the number that they come to. */
export async function scoreAnswer(
  input: MetricInput,
  metrics: readonly Metric[],
  policy: CompositePolicy,
): Promise<{ readonly scores: readonly Score[] } & CompositeOutcome> {
  const scores = await scoreAll(metrics, input);
  return { scores, ...compositeOf(scores, metrics, policy, input.testCase.tags) };
}

/** An unexpected exception of a client is a defect of it, shown as such; it costs one sample, not the run. */
export function toSampleError(error: unknown): SampleError {
  if (error instanceof ModelError) {
    return {
      code: error.code,
      message: error.message,
      remedy: error.remedy ?? null,
      httpStatus: error.httpStatus ?? null,
      requestId: error.requestId ?? null,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'malformed-response', message, remedy: null, httpStatus: null, requestId: null };
}

async function scoreAll(metrics: readonly Metric[], input: MetricInput): Promise<Score[]> {
  const scores: Score[] = [];
  for (const metric of metrics) {
    scores.push({ metric: metric.name, signature: metric.signature, ...(await scoreOne(metric, input)) });
  }
  return scores;
}

async function scoreOne(metric: Metric, input: MetricInput): Promise<ScoreOutcome> {
  try {
    return await metric.score(input);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'error', reason: `The metric failed: ${reason}` };
  }
}

function failed(error: SampleError): { readonly status: 'error'; readonly error: SampleError } {
  return { status: 'error', error };
}
