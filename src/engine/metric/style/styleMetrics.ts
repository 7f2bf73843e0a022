import type { MetricDefinition } from '../metric.ts';
import { bannedPhrases } from './bannedPhrases.ts';
import { degeneration } from './degeneration.ts';
import { formatPolicy } from './formatPolicy.ts';
import { READABILITY } from './readability.ts';
import { repetitionRate } from './repetitionRate.ts';
import { sentiment } from './sentiment.ts';

export const STYLE_METRICS: readonly MetricDefinition[] = [
  ...READABILITY,
  sentiment,
  repetitionRate,
  degeneration,
  bannedPhrases,
  formatPolicy,
];
