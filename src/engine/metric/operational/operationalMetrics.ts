import type { MetricDefinition } from '../metric.ts';
import { cost, latency, tokens } from './operational.ts';

export const OPERATIONAL_METRICS: readonly MetricDefinition[] = [latency, cost, tokens];
