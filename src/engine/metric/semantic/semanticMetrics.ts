import type { MetricDefinition } from '../metric.ts';
import { embeddingMatch } from './embeddingMatch.ts';
import { embeddingSimilarity } from './embeddingSimilarity.ts';

export const SEMANTIC_METRICS: readonly MetricDefinition[] = [embeddingSimilarity, embeddingMatch];
