import { rubric } from './rubric.ts';
import { coherence, conciseness, correctness, helpfulness } from './rubricPresets.ts';

export const JUDGE_METRICS = [rubric, correctness, conciseness, helpfulness, coherence];
