import { bothOrders } from '../metric/judged/bothOrders.ts';
import type { ScoreOutcome, TrustBar } from '../metric/metric.ts';
import {
  brierScore,
  type CalibrationBin,
  calibrationBins,
  calibrationError,
  meanAbsoluteError,
} from '../stats/agreement/calibration.ts';
import {
  type Confusion,
  confusionKappa,
  confusionOf,
  type Rate,
  resampled,
  trueFailRate,
  truePassRate,
} from '../stats/agreement/confusion.ts';
import { type BothOrders, type PositionBias, positionBias, selfConsistency } from '../stats/agreement/consistency.ts';
import { type CorrectedPassRate, correctedPassRate } from '../stats/agreement/correctedPassRate.ts';
import { rawAgreement } from '../stats/agreement/pairAgreement.ts';
import { percentileInterval } from '../stats/agreement/percentileInterval.ts';
import { spearman } from '../stats/agreement/rankCorrelation.ts';
import { seededRandom } from '../stats/random.ts';
import { type CaseCounts, caseIntervals, noCounts } from './caseIntervals.ts';
import { opinionsIn } from './evidence.ts';
import { type JudgedSample, type JudgePair, judgeOpinion, peoplesOpinion } from './judgePairs.ts';
import { type RaterReport, raterReport } from './raterReport.ts';

/** How far a judge agrees with people, and what its pass rate is worth. A figure that is not defined is null. */
export type JudgeReport = {
  readonly judge: string;
  readonly samples: number;
  /** Samples that the judge scored, and of those the samples that somebody rated. */
  readonly judged: number;
  readonly rated: number;
  /** Rated samples on which people are evenly split: they have no verdict to agree with. */
  readonly split: number;
  /** Samples with a verdict of both: what the figures on verdicts stand on. */
  readonly compared: number;
  /** How many cases those answer, where some case has several answers and the intervals are by case; else null. */
  readonly cases: number | null;
  readonly agreement: number | null;
  readonly kappa: number | null;
  readonly kappaInterval: { readonly low: number; readonly high: number } | null;
  readonly confusion: Confusion;
  readonly truePassRate: Rate | null;
  readonly trueFailRate: Rate | null;
  /** Of the judge's score with the mean of people's. */
  readonly spearman: number | null;
  readonly meanAbsoluteError: number | null;
  /** Of the judge's score with people's verdict. */
  readonly calibration: {
    readonly brier: number | null;
    readonly error: number | null;
    readonly bins: readonly CalibrationBin[];
  };
  readonly raters: RaterReport;
  /** Where judge and people differ; the widest apart first. */
  readonly disagreements: readonly JudgePair[];
  readonly corrected: CorrectedPassRate | null;
  /** Over answers that it judged anew more than once; null where there are none. */
  readonly selfConsistency: { readonly rate: number; readonly answers: number } | null;
  /** Of a judge that compares two answers in both orders; else null. */
  readonly positionBias: PositionBias | null;
  readonly bar: TrustBar | null;
  /** `unknown` where there is no bar, or kappa is not defined. */
  readonly standing: 'meets' | 'below' | 'unknown';
};

export type JudgeReportOptions = {
  readonly bar?: TrustBar | null;
  /** From which score on a sample passes where only a score was given. */
  readonly passAt?: number;
  readonly seed?: number;
  /** Verdicts on the same answer, for each that was judged more than once; none of them a copy of another. */
  readonly repeats?: readonly (readonly ScoreOutcome[])[];
  /** What the judge said in the run whose pass rate is corrected; by default of all samples. */
  readonly ofRun?: readonly Pick<JudgedSample, 'caseId' | 'outcome'>[];
};

/**
 * Compares a judge with people over samples, each once.
 *
 * Samples that nobody rated have a part in the pass rate that is corrected, and in nothing else.
 */
export function judgeReport(
  judge: string,
  samples: readonly JudgedSample[],
  { bar = null, passAt = 0.5, seed = 0, repeats = [], ofRun }: JudgeReportOptions = {},
): JudgeReport {
  const judged = samples.flatMap(({ id, place, caseId = id, outcome, ratings }) => {
    const opinion = judgeOpinion(outcome, passAt);
    const people = peoplesOpinion(ratings, passAt);
    return opinion === null ? [] : [{ id, ...(place && { place }), caseId, judge: opinion, people }];
  });
  const rated = judged.flatMap(({ people, ...rest }) => (people === null ? [] : [{ ...rest, people }]));
  const compared = rated.flatMap(({ caseId, judge: { passed, score }, people }) =>
    people.passed === null ? [] : [{ caseId, passed, score, truth: people.passed }],
  );
  const verdicts = compared.map(({ passed }) => passed);
  const truth = compared.map(({ truth: one }) => one);
  const scores = compared.map(({ score }) => score);
  const [judgeScores, peopleScores] = [rated.map((pair) => pair.judge.score), rated.map((pair) => pair.people.score)];
  const confusion = confusionOf(verdicts, truth);
  const kappa = confusionKappa(confusion);
  const bins = calibrationBins(scores, truth);
  const ofWhich = ofRun ?? samples.map(({ id, caseId = id, outcome }) => ({ caseId, outcome }));
  const counted = ofWhich.flatMap(({ caseId, outcome }, at) => {
    const opinion = judgeOpinion(outcome, passAt);
    return opinion === null ? [] : [{ caseId: caseId ?? `\0${at}`, passed: opinion.passed }];
  });
  const passed = counted.filter((one) => one.passed).length;
  const cases = casesOf(compared, counted);
  const byCase = cases === null ? null : caseIntervals(cases, seed);
  return {
    judge,
    samples: samples.length,
    judged: judged.length,
    rated: rated.length,
    split: rated.length - compared.length,
    compared: compared.length,
    cases: byCase && new Set(compared.map(({ caseId }) => caseId)).size,
    agreement: rawAgreement(verdicts, truth),
    kappa,
    kappaInterval: kappa === null ? null : byCase ? byCase.kappa : kappaInterval(confusion, seed),
    confusion,
    truePassRate: byCase ? byCase.truePassRate : truePassRate(confusion),
    trueFailRate: byCase ? byCase.trueFailRate : trueFailRate(confusion),
    spearman: spearman(judgeScores, peopleScores),
    meanAbsoluteError: meanAbsoluteError(judgeScores, peopleScores),
    calibration: { brier: brierScore(scores, truth), error: calibrationError(bins), bins },
    raters: raterReport(samples, passAt),
    disagreements: disagreementsOf(rated.map(({ caseId: _caseId, ...pair }) => pair)),
    corrected: sureEnough(
      byCase ? byCase.corrected : correctedPassRate({ passed, total: counted.length }, confusion, { seed }),
    ),
    selfConsistency: consistencyOf(repeats, passAt),
    positionBias: positionBias(samples.flatMap(({ outcome }) => ordersIn(outcome))),
    bar,
    standing: standingOf(kappa, compared.length, bar),
  };
}

type Verdict = { readonly caseId: string; readonly passed: boolean };

/** What is known of each case; null where no case has more than one answer, so that all are independent. */
function casesOf(
  compared: readonly (Verdict & { readonly truth: boolean })[],
  counted: readonly Verdict[],
): CaseCounts[] | null {
  const isOne = [compared, counted].every((all) => new Set(all.map(({ caseId }) => caseId)).size === all.length);
  if (isOne || compared.length === 0) return null;
  const cases = new Map<string, CaseCounts>();
  const at = (caseId: string) => {
    const known = cases.get(caseId) ?? noCounts();
    cases.set(caseId, known);
    return known;
  };
  for (const { caseId, passed } of counted) {
    const { judged } = at(caseId);
    judged.total += 1;
    if (passed) judged.passed += 1;
  }
  for (const { caseId, passed, truth } of compared) {
    const { confusion } = at(caseId);
    if (passed) confusion[truth ? 'truePasses' : 'falsePasses'] += 1;
    else confusion[truth ? 'falseFails' : 'trueFails'] += 1;
  }
  return [...cases.values()];
}

function consistencyOf(repeats: readonly (readonly ScoreOutcome[])[], passAt: number): JudgeReport['selfConsistency'] {
  const verdicts = repeats
    .map((outcomes) =>
      outcomes.map((outcome) => judgeOpinion(outcome, passAt)?.passed).filter((one) => one !== undefined),
    )
    .filter(({ length }) => length > 1);
  const rate = selfConsistency(verdicts);
  return rate === null ? null : { rate, answers: verdicts.length };
}

function ordersIn(outcome: ScoreOutcome): BothOrders[] {
  return opinionsIn(outcome.details).flatMap((opinion) => bothOrders(opinion) ?? []);
}

/** Of fewer answers no kappa says anything, however good it looks. */
const LEAST_COMPARED = 5;

function standingOf(kappa: number | null, compared: number, bar: TrustBar | null): JudgeReport['standing'] {
  if (bar === null || kappa === null || compared < LEAST_COMPARED) return 'unknown';
  return kappa < bar.kappa ? 'below' : 'meets';
}

const RESAMPLES = 2000;

function kappaInterval(confusion: Confusion, seed: number): JudgeReport['kappaInterval'] {
  const random = seededRandom(seed);
  const values = Array.from({ length: RESAMPLES }, () => confusionKappa(resampled(confusion, random)));
  const defined = values.filter((value) => value !== null);
  return percentileInterval(defined, { confidence: 0.95, resamples: RESAMPLES });
}

function disagreementsOf(rated: readonly JudgePair[]): JudgePair[] {
  const distance = ({ judge, people }: JudgePair) => Math.abs(judge.score - people.score);
  return rated
    .filter(({ judge, people }) => people.passed !== null && people.passed !== judge.passed)
    .sort((a, b) => distance(b) - distance(a));
}

/** A correction by so few ratings that most of their resamples have none is a guess, and not told. */
function sureEnough(corrected: CorrectedPassRate | null): CorrectedPassRate | null {
  return corrected?.interval ? corrected : null;
}
