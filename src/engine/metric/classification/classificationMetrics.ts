import type { MetricDefinition } from '../metric.ts';
import { accuracy, balanced, fBeta, kappa, mcc, precision, recall } from './labelMetrics.ts';
import { mae, mape, pearson, r2, rmse } from './numberErrors.ts';
import { brier, ece, logLoss, prAuc, rocAuc } from './probabilities.ts';
import { kendall, spearman } from './rankCorrelations.ts';
import { exactSet, hammingLoss, jaccard } from './setMetrics.ts';

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
  mape,
  rmse,
  r2,
  pearson,
  spearman,
  kendall,
  brier,
  logLoss,
  ece,
  rocAuc,
  prAuc,
];
