import type { MetricDefinition } from '../metric.ts';
import { accuracy, balanced, fBeta, kappa, mcc, precision, recall } from './labelMetrics.ts';
import { mae, pearson, r2, rmse } from './numberErrors.ts';
import { brier, ece, logLoss, prAuc, rocAuc } from './probabilities.ts';
import { exactSet, hammingLoss, jaccard } from './setMetrics.ts';
import { spearman } from './spearman.ts';

export const CLASSIFICATION_METRICS: readonly MetricDefinition[] = [
  accuracy,
  balanced,
  precision,
  recall,
  fBeta,
  mcc,
  kappa,
  jaccard,
  exactSet,
  hammingLoss,
  mae,
  rmse,
  r2,
  pearson,
  spearman,
  brier,
  logLoss,
  ece,
  rocAuc,
  prAuc,
];
