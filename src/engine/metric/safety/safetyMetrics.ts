import type { MetricDefinition } from '../metric.ts';
import { canary } from './canary.ts';
import { pii, secrets } from './leaks.ts';
import { promptLeak } from './promptLeak.ts';
import { urlAllowList } from './urlAllowList.ts';

export const SAFETY_METRICS: readonly MetricDefinition[] = [pii, secrets, canary, promptLeak, urlAllowList];
