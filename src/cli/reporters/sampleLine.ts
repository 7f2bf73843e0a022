import type { RunVariant } from '../../engine/run/run.ts';
import type { Sample } from '../../engine/run/sample.ts';

/** One line of `--samples FILE`, with its line break. What is not known is null; an error has neither output nor scores. */
export function sampleLine(sample: Sample, variant: RunVariant): string {
  const answer = sample.status === 'error' ? null : sample;
  const error = sample.status === 'error' ? sample.error : null;
  const line = {
    case: sample.caseId,
    variant: {
      id: variant.id,
      prompt: variant.prompt,
      promptVersion: variant.promptVersion,
      model: variant.model,
      params: variant.params,
    },
    repeat: sample.repeat,
    status: sample.status,
    output: answer?.output ?? null,
    composite: answer?.composite ?? null,
    scores: (answer?.scores ?? []).map((score) =>
      score.outcome === 'scored'
        ? {
            metric: score.metric,
            outcome: score.outcome,
            value: score.value,
            score: score.score,
            passed: score.passed,
            reason: score.reason,
          }
        : {
            metric: score.metric,
            outcome: score.outcome,
            value: null,
            score: null,
            passed: null,
            reason: score.reason,
          },
    ),
    usage: answer?.usage ?? null,
    latencyMs: answer?.latencyMs ?? null,
    costUsd: answer?.costUsd ?? null,
    error: error && { code: error.code, message: error.message },
  };
  return `${JSON.stringify(line)}\n`;
}
