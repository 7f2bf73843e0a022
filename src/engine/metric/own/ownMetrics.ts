import type { MetricDefinition } from '../metric.ts';
import { process } from './process.ts';
import { script } from './script.ts';

export const OWN_METRICS: readonly MetricDefinition[] = [script, process];
