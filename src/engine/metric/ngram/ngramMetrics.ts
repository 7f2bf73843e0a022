import type { MetricDefinition } from '../metric.ts';
import { bleu } from './bleu.ts';
import { chrf } from './chrf.ts';
import { distinctN } from './distinctN.ts';
import { gleu } from './gleu.ts';
import { meteor } from './meteor.ts';
import { nist } from './nist.ts';
import { ribes } from './ribes.ts';
import { rouge1, rouge2, rougeL, rougeLsum, rougeN } from './rouge.ts';
import { selfBleu } from './selfBleu.ts';
import { ter } from './ter.ts';
import { tokenF1 } from './tokenF1.ts';

export const NGRAM_METRICS: readonly MetricDefinition[] = [
  tokenF1,
  rouge1,
  rouge2,
  rougeN,
  rougeL,
  rougeLsum,
  bleu,
  gleu,
  nist,
  ribes,
  chrf,
  meteor,
  ter,
  distinctN,
  selfBleu,
];
