import type { MetricDefinition } from '../metric.ts';
import { isRefusal } from './isRefusal.ts';
import { quotedSpans } from './quotedSpans.ts';

export const CONTENT_METRICS: readonly MetricDefinition[] = [isRefusal, quotedSpans];
