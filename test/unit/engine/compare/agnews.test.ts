import fs from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../../../src/engine/compare/baselineOf.ts';
import { CaseResults } from '../../../../src/engine/compare/caseResults.ts';
import { compareToBaseline } from '../../../../src/engine/compare/compareToBaseline.ts';
import { readBaseline } from '../../../../src/engine/compare/readBaseline.ts';
import { writeBaseline } from '../../../../src/engine/compare/writeBaseline.ts';
import { compositeOf } from '../../../../src/engine/metric/composite/composite.ts';
import type { RunSummary } from '../../../../src/engine/run/run.ts';
import { inputOf, metricOf } from '../metric/scoring.ts';

const FILE = path.resolve(import.meta.dirname, '../../../../../shared/data/agnews/ag_news.csv');
const isThere = fs.existsSync(FILE);

// 2,000 real news items and what a real model answered under three prompts. The figures are those published with the data:
// accuracy, and of each prompt against the first how many answers were lost and gained (the table of exact McNemar tests).
describe.skipIf(!isThere)(`real predictions, in ${FILE} (skipped where it is missing)`, () => {
  const rows: Record<string, string>[] = isThere
    ? Papa.parse<Record<string, string>>(fs.readFileSync(FILE, 'utf8'), { header: true, skipEmptyLines: true }).data
    : [];
  const metric = metricOf('equals');
  const policy = { threshold: 0.5, missing: 'renormalise' } as const;

  const resultsOf = async (column: string) => {
    const results = new CaseResults();
    for (const [caseIndex, row] of rows.entries()) {
      const outcome = await metric.score(inputOf(row[column] ?? '', { expected: row['expected'] ?? '' }));
      const scores = [{ metric: 'equals', signature: metric.signature, ...outcome }];
      const key = { variantId: 'v', caseId: String(caseIndex), caseIndex };
      results.add({ ...key, scores, ...compositeOf(scores, [metric], policy, []) });
    }
    return results;
  };
  const summary = {
    header: { suite: 's' },
    variants: [
      {
        variant: {
          id: 'v',
          prompt: 'p',
          promptVersion: '1',
          model: 'replay/x',
          params: {},
          signatures: { equals: metric.signature },
        },
        metrics: { equals: { signature: metric.signature } },
      },
    ],
  } as unknown as RunSummary;

  it.each([
    ['default_predicted', 0.858, 57, 99, 0.0009661330574741856],
    ['confidence_predicted', 0.879, 82, 166, 1.0378669452696199e-7],
  ])('%s', async (column, accuracy, lost, gained, pValue) => {
    const text = writeBaseline(baselineOf(summary, await resultsOf('baseline_predicted')));
    const { baseline } = readBaseline(text, 'b.json');
    expect(baseline).not.toBeNull();
    if (baseline === null) return;
    const { variants, notes } = compareToBaseline(summary, await resultsOf(column), baseline);
    expect(notes).toEqual([]);
    expect(variants[0]?.composite?.before).toBeCloseTo(0.837, 12);
    expect(variants[0]?.composite?.after).toBeCloseTo(accuracy, 12);
    expect(variants[0]?.composite?.difference).toBeCloseTo((gained - lost) / 2000, 12);
    expect(variants[0]?.broke).toHaveLength(lost);
    expect(variants[0]?.fixed).toHaveLength(gained);
    expect(variants[0]?.metrics['equals']?.cases).toBe(2000);
    // Better, where a comparison of the two rates alone (z = 1.85) could not tell. McNemar of statsmodels, raised by Holm for two.
    expect(variants[0]?.composite?.verdict).toMatchObject({ word: 'better', test: 'sign-flip' });
    expect(variants[0]?.passed.verdict).toMatchObject({ word: 'better', test: 'exact McNemar' });
    const raised = (variants[0]?.passed.verdict?.pValue ?? 0) / pValue;
    expect([1, 2].some((times) => Math.abs(raised - times) < 1e-9)).toBe(true);
  });
});
