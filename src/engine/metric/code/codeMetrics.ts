import type { MetricDefinition } from '../metric.ts';
import { codeParses } from './codeParses.ts';
import { testsPass } from './testsPass.ts';

export const CODE_METRICS: readonly MetricDefinition[] = [codeParses, testsPass];
