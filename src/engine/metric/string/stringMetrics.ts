import type { MetricDefinition } from '../metric.ts';
import { contains, containsAll, containsAny, endsWith, icontains, startsWith } from './contains.ts';
import { equals, iequals, jsonPath } from './equals.ts';
import { regex } from './regex.ts';

export const STRING_METRICS: readonly MetricDefinition[] = [
  equals,
  iequals,
  contains,
  icontains,
  containsAll,
  containsAny,
  startsWith,
  endsWith,
  regex,
  jsonPath,
];
