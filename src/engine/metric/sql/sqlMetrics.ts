import type { MetricDefinition } from '../metric.ts';
import { isSql } from './isSql.ts';
import { sqlEquivalent } from './sqlEquivalent.ts';
import { sqlExecutionMatch } from './sqlExecutionMatch.ts';

export const SQL_METRICS: readonly MetricDefinition[] = [sqlExecutionMatch, sqlEquivalent, isSql];
