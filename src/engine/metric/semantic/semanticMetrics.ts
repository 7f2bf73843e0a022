import type { MetricDefinition } from '../metric.ts';
import { embeddingSimilarity } from './embeddingSimilarity.ts';

export const SEMANTIC_METRICS: readonly MetricDefinition[] = [embeddingSimilarity];
