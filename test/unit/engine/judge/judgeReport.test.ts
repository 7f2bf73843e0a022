import { describe, expect, it } from 'vitest';
import type { JudgedSample, PersonRating } from '../../../../src/engine/judge/judgePairs.ts';
import { judgeReport } from '../../../../src/engine/judge/judgeReport.ts';
import { judgedSamples, scored } from './judgedSamples.ts';

const GOLDEN = { kappa: 0.6482412060301508, spearman: 0.8755568847347234, brier: 0.10525, alpha: 0.6435185185185184 };

describe('judgeReport', () => {
  // 40 rated samples: 18 passes found, 4 missed, 15 fails found, 3 missed; 60 more that nobody rated, 45 of which the judge passes.
  const samples = [
    ...judgedSamples('tp', 18, 0.9, [{ rater: 'ann', value: true }]),
    ...judgedSamples('fn', 4, 0.3, [{ rater: 'ann', value: true }]),
    ...judgedSamples('tn', 15, 0.1, [{ rater: 'ann', value: false }]),
    ...judgedSamples('fp', 3, 0.8, [{ rater: 'ann', value: false }]),
    ...judgedSamples('up', 45, 0.9, []),
    ...judgedSamples('uf', 15, 0.2, []),
  ];
  const report = judgeReport('rubric', samples, { bar: { kappa: 0.6 } });

  it('counts what was compared', () => {
    expect(report).toMatchObject({ judge: 'rubric', samples: 100, judged: 100, rated: 40, split: 0, compared: 40 });
    expect(report.confusion).toEqual({ truePasses: 18, falseFails: 4, trueFails: 15, falsePasses: 3 });
  });

  // scikit-learn 1.9.1: accuracy_score, cohen_kappa_score, brier_score_loss; scipy 1.12.0: spearmanr.
  it('has the figures of the references', () => {
    expect(report.agreement).toBeCloseTo(0.825, 12);
    expect(report.kappa).toBeCloseTo(GOLDEN.kappa, 12);
    expect(report.spearman).toBeCloseTo(GOLDEN.spearman, 12);
    expect(report.calibration.brier).toBeCloseTo(GOLDEN.brier, 12);
    expect(report.meanAbsoluteError).toBeCloseTo(0.2125, 12);
    expect(report.truePassRate?.rate).toBeCloseTo(18 / 22, 12);
    expect(report.trueFailRate?.rate).toBeCloseTo(15 / 18, 12);
    // (0.66 + 15/18 - 1) / (18/22 + 15/18 - 1)
    expect(report.corrected?.observed).toBe(0.66);
    expect(report.corrected?.corrected).toBeCloseTo((0.66 + 15 / 18 - 1) / (18 / 22 + 15 / 18 - 1), 12);
  });

  it('holds the figure within its interval, the same every time', () => {
    const { kappaInterval: interval, kappa } = report;
    expect(interval?.low).toBeLessThan(kappa ?? 0);
    expect(interval?.high).toBeGreaterThan(kappa ?? 1);
    expect(judgeReport('rubric', samples, { bar: { kappa: 0.6 } })).toEqual(report);
  });

  it.each([
    [{ kappa: 0.6 }, 'meets'],
    [{ kappa: 0.7 }, 'below'],
    [null, 'unknown'],
  ] as const)('with the bar %j it %s', (bar, standing) => {
    expect(judgeReport('rubric', samples, { bar }).standing).toBe(standing);
  });

  it('does not know where it stands while kappa is not defined', () => {
    const alike = judgedSamples('a', 5, 1, [{ rater: 'ann', value: true }]);
    expect(judgeReport('rubric', alike, { bar: { kappa: 0.6 } })).toMatchObject({ kappa: null, standing: 'unknown' });
    expect(judgeReport('rubric', [], { bar: { kappa: 0.6 } })).toMatchObject({ compared: 0, standing: 'unknown' });
  });

  it('meets no bar on a handful of answers, and corrects the pass rate of the run that is asked for', () => {
    const few = [
      ...judgedSamples('a', 2, 1, [{ rater: 'ann', value: true }]),
      ...judgedSamples('b', 2, 0, [{ rater: 'ann', value: false }]),
    ];
    expect(judgeReport('rubric', few, { bar: { kappa: 0.6 } })).toMatchObject({ kappa: 1, standing: 'unknown' });
    const ofRun = [scored(1), scored(1), scored(1), scored(0)].map((outcome) => ({ outcome }));
    expect(judgeReport('rubric', samples, { ofRun }).corrected?.observed).toBe(0.75);
  });

  it('takes the answers to one case together: copies of every answer tell nothing new', () => {
    const once = judgeReport('rubric', samples);
    expect(once.cases).toBeNull();
    const copies = samples.flatMap((one) =>
      ['a', 'b', 'c', 'd'].map((variant) => ({ ...one, id: `${one.id} ${variant}`, caseId: one.id })),
    );
    const four = judgeReport('rubric', copies);
    expect(four.cases).toBe(40);
    expect(four.truePassRate?.rate).toBe(once.truePassRate?.rate);
    const width = (interval: { low: number; high: number } | null | undefined) =>
      interval ? interval.high - interval.low : Number.NaN;
    const pairs = [
      [four.kappaInterval, once.kappaInterval],
      [four.truePassRate, once.truePassRate],
      [four.trueFailRate, once.trueFailRate],
      [four.corrected?.interval, once.corrected?.interval],
    ] as const;
    // As if they were independent, they would be half as wide.
    for (const [wide, wanted] of pairs) expect(width(wide) / width(wanted)).toBeGreaterThan(0.8);
    for (const [wide, wanted] of pairs) expect(width(wide) / width(wanted)).toBeLessThan(1.25);
  });

  it('is not sure of a rate of all because each case has several answers', () => {
    const cases = judgedSamples('p', 4, 1, [{ rater: 'ann', value: true }]);
    const answers = cases.flatMap((one) => ['a', 'b', 'c'].map((variant) => ({ ...one, id: variant, caseId: one.id })));
    const split = [...answers.slice(0, 2), { ...answers[0], id: 'd', outcome: scored(0) } as JudgedSample];
    expect(judgeReport('rubric', split).truePassRate).toMatchObject({ rate: 2 / 3, n: 3 });
    // Wilson of 4 of 4, not of 12 of 12.
    expect(judgeReport('rubric', answers).truePassRate?.low).toBeCloseTo(0.5101, 4);
  });

  it('names where they differ, the widest apart first', () => {
    expect(report.disagreements.map(({ id }) => id)).toEqual(['fp1', 'fp2', 'fp3', 'fn1', 'fn2', 'fn3', 'fn4']);
    expect(report.disagreements[0]).toMatchObject({
      judge: { passed: true, score: 0.8 },
      people: { passed: false, score: 0 },
    });
  });
});

describe('several people', () => {
  const one = (ratings: readonly PersonRating[], score = 0.9): JudgedSample => ({
    id: 's',
    outcome: scored(score),
    ratings,
  });

  it('follow the majority, and are split where there is none', () => {
    const majority = one([
      { rater: 'ann', value: 0.8 },
      { rater: 'ben', value: 0.2 },
      { rater: 'cy', value: false },
    ]);
    const split = one([
      { rater: 'ann', value: true },
      { rater: 'ben', value: false },
    ]);
    const report = judgeReport('j', [majority, split]);
    expect(report).toMatchObject({ rated: 2, split: 1, compared: 1, confusion: { falsePasses: 1 } });
    expect(report.raters.overlap).toBe(2);
  });

  it('count by the last rating of each', () => {
    const changed = one([
      { rater: 'ann', value: false },
      { rater: 'ben', value: true },
      { rater: 'ann', value: true },
    ]);
    expect(judgeReport('j', [changed])).toMatchObject({ split: 0, confusion: { truePasses: 1 } });
  });

  it('are compared with each other and each with the judge', () => {
    const rows: [number, number, boolean][] = [
      [1, 0.75, true],
      [0.75, 1, true],
      [0.25, 0, false],
      [0, 0.5, true],
    ];
    const samples = rows.map(([ann, ben, judge]) =>
      one(
        [
          { rater: 'ann', value: ann },
          { rater: 'ben', value: ben },
        ],
        judge ? 1 : 0,
      ),
    );
    const { raters } = judgeReport('j', samples);
    expect(raters.alpha).toBeCloseTo(GOLDEN.alpha, 12);
    // Verdicts TT TT FF FT: (3/4 - (25 + 9)/64) / (1 - 34/64)
    expect(raters.fleiss).toMatchObject({ samples: 4, raters: 2 });
    expect(raters.fleiss?.kappa).toBeCloseTo(7 / 15, 12);
    expect(raters.each).toEqual([
      { rater: 'ann', samples: 4, kappa: 0.5 },
      { rater: 'ben', samples: 4, kappa: 1 },
    ]);
  });
});

describe('what the judge did not score', () => {
  it('has no part in any figure', () => {
    const ratings = [{ rater: 'ann', value: true }];
    const samples: JudgedSample[] = [
      { id: 'a', outcome: { outcome: 'error', reason: 'r' }, ratings },
      { id: 'b', outcome: { outcome: 'unscored', reason: 'r' }, ratings },
      { id: 'c', outcome: { outcome: 'scored', value: 7, score: null, passed: null, reason: 'r' }, ratings },
      { id: 'd', outcome: { outcome: 'scored', value: 1, score: Number.NaN, passed: true, reason: 'r' }, ratings },
    ];
    expect(judgeReport('j', samples)).toMatchObject({ samples: 4, judged: 0, rated: 0, compared: 0, corrected: null });
  });

  it('takes a score without a verdict by where it passes', () => {
    const outcome = { outcome: 'scored', value: 0.7, score: 0.7, passed: null, reason: 'r' } as const;
    const samples = [{ id: 'a', outcome, ratings: [{ rater: 'ann', value: 0.7 }] }];
    expect(judgeReport('j', samples).confusion.truePasses).toBe(1);
    expect(judgeReport('j', samples, { passAt: 0.8 }).confusion.trueFails).toBe(1);
  });
});
