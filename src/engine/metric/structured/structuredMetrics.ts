import type { MetricDefinition } from '../metric.ts';
import { isJson, jsonSchema } from './json.ts';

export const STRUCTURED_METRICS: readonly MetricDefinition[] = [isJson, jsonSchema];
