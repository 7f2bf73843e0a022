import type { MetricDefinition } from '../metric.ts';
import { canary } from './canary.ts';
import { counterfactualGap } from './counterfactualGap.ts';
import { pii, secrets } from './leaks.ts';
import { moderation } from './moderation.ts';
import { profanity } from './profanity.ts';
import { promptInjection } from './promptInjection.ts';
import { promptLeak } from './promptLeak.ts';
import { urlAllowList } from './urlAllowList.ts';

export const SAFETY_METRICS: readonly MetricDefinition[] = [
  pii,
  secrets,
  canary,
  promptLeak,
  promptInjection,
  profanity,
  urlAllowList,
  moderation,
  counterfactualGap,
];
