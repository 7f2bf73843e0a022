import type { MetricDefinition } from '../metric.ts';
import { sqlExecutionMatch } from './sqlExecutionMatch.ts';

export const SQL_METRICS: readonly MetricDefinition[] = [sqlExecutionMatch];
