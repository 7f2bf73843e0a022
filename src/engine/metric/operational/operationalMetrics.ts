import type { MetricDefinition } from '../metric.ts';
import { attempts, cachedTokens, finishReason, firstToken, tokenSpeed } from './answerProgress.ts';
import { latencyPercentile } from './latencyPercentile.ts';
import { bitsPerByte, perplexity } from './likelihood.ts';
import { cost, latency, tokens } from './operational.ts';

export const OPERATIONAL_METRICS: readonly MetricDefinition[] = [
  latency,
  latencyPercentile,
  firstToken,
  tokenSpeed,
  cost,
  tokens,
  cachedTokens,
  attempts,
  finishReason,
  perplexity,
  bitsPerByte,
];
