import fs from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  calibrationBins,
  calibrationError,
} from '../../../../../src/engine/stats/agreement/calibration.ts';
import { fleissKappa, gwetAc1 } from '../../../../../src/engine/stats/agreement/fleissKappa.ts';
import { nominalAlpha } from '../../../../../src/engine/stats/agreement/krippendorffAlpha.ts';
import { cohenKappa } from '../../../../../src/engine/stats/agreement/pairAgreement.ts';
import { kendallTauB, spearman } from '../../../../../src/engine/stats/agreement/rankCorrelation.ts';

const FILE = path.resolve(import.meta.dirname, '../../../../../../shared/data/agnews/ag_news.csv');
const isThere = fs.existsSync(FILE);

// 2,000 real news items and what a real model answered under three prompts; scikit-learn, scipy, statsmodels and krippendorff.
describe.skipIf(!isThere)(`agreement of real predictions, in ${FILE} (skipped where it is missing)`, () => {
  const rows: Record<string, string>[] = isThere
    ? Papa.parse<Record<string, string>>(fs.readFileSync(FILE, 'utf8'), { header: true, skipEmptyLines: true }).data
    : [];
  const column = (name: string) => rows.map((row) => row[name] ?? '');
  const prompts = rows.map((row) =>
    ['baseline', 'default', 'confidence'].map((name) => row[`${name}_predicted`] ?? ''),
  );
  const scores = column('default_score').map(Number);
  const correct = column('default_correct').map((one) => one === 'True');

  it.each([
    [
      'kappa of two prompts',
      () => cohenKappa(column('baseline_predicted'), column('default_predicted')),
      0.8885210309493488,
    ],
    ['kappa with the truth', () => cohenKappa(column('expected'), column('default_predicted')), 0.8106666666666666],
    ["Fleiss' kappa of three prompts", () => fleissKappa(prompts), 0.8584373895794811],
    ["Krippendorff's alpha of them", () => nominalAlpha(prompts), 0.8584609833478847],
    ["Gwet's AC1 of them", () => gwetAc1(prompts), 0.8602189509283353],
    ['Brier score', () => brierScore(scores, correct), 0.132822238312915],
    ['calibration error', () => calibrationError(calibrationBins(scores, correct)), 0.128542395],
    ['Spearman', () => spearman(scores, column('confidence_score').map(Number)), 0.4841315809637754],
    ['tau-b', () => kendallTauB(scores, column('confidence_score').map(Number)), 0.4420788476300828],
  ])('%s', (_, measure, wanted) => {
    expect(measure()).toBeCloseTo(wanted, 9);
  });
});
