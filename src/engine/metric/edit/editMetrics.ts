import type { MetricDefinition } from '../metric.ts';
import { damerau } from './damerau.ts';
import { cer, wer } from './errorRate.ts';
import { hamming } from './hamming.ts';
import { indelRatio } from './indelRatio.ts';
import { jaro, jaroWinkler } from './jaro.ts';
import { levenshtein } from './levenshteinDistance.ts';
import { levenshteinSimilarity } from './levenshteinSimilarity.ts';
import { tokenSetRatio, tokenSortRatio } from './tokenRatio.ts';

export const EDIT_METRICS: readonly MetricDefinition[] = [
  levenshteinSimilarity,
  levenshtein,
  indelRatio,
  damerau,
  hamming,
  jaro,
  jaroWinkler,
  tokenSortRatio,
  tokenSetRatio,
  wer,
  cer,
];
