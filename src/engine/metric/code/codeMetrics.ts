import type { MetricDefinition } from '../metric.ts';
import { codeParses } from './codeParses.ts';

export const CODE_METRICS: readonly MetricDefinition[] = [codeParses];
