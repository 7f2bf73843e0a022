import { eld } from 'eld/small';
import type { MetricTools } from '../engine/metric/metric.ts';

/** By eld, whose numbers are of 3-byte steps of words; it looks at the first 350 bytes or so. */
export function scoreLanguages(text: string): ReturnType<MetricTools['scoreLanguages']> {
  return new Map(Object.entries(eld.detect(text).getScores()));
}
