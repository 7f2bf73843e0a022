import type { MetricDefinition } from '../metric.ts';
import { bleu } from './bleu.ts';
import { chrf } from './chrf.ts';
import { rouge1, rouge2, rougeL } from './rouge.ts';
import { tokenF1 } from './tokenF1.ts';

export const NGRAM_METRICS: readonly MetricDefinition[] = [tokenF1, rouge1, rouge2, rougeL, bleu, chrf];
