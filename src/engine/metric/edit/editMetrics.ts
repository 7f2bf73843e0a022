import type { MetricDefinition } from '../metric.ts';
import { levenshteinSimilarity } from './levenshteinSimilarity.ts';

export const EDIT_METRICS: readonly MetricDefinition[] = [levenshteinSimilarity];
