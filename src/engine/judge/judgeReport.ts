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
  readonly ofRun?: readonly ScoreOutcome[];
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
  const judged = samples.flatMap(({ id, place, outcome, ratings }) => {
    const opinion = judgeOpinion(outcome, passAt);
    return opinion === null
      ? []
      : [{ id, ...(place && { place }), judge: opinion, people: peoplesOpinion(ratings, passAt) }];
  });
  const rated: JudgePair[] = judged.flatMap(({ people, ...rest }) => (people === null ? [] : [{ ...rest, people }]));
  const compared = rated.flatMap(({ judge: { passed, score }, people }) =>
    people.passed === null ? [] : [{ passed, score, truth: people.passed }],
  );
  const verdicts = compared.map(({ passed }) => passed);
  const truth = compared.map(({ truth: one }) => one);
  const scores = compared.map(({ score }) => score);
  const [judgeScores, peopleScores] = [rated.map((pair) => pair.judge.score), rated.map((pair) => pair.people.score)];
  const confusion = confusionOf(verdicts, truth);
  const kappa = confusionKappa(confusion);
  const bins = calibrationBins(scores, truth);
  const counted = (ofRun ?? samples.map(({ outcome }) => outcome)).flatMap(
    (outcome) => judgeOpinion(outcome, passAt) ?? [],
  );
  const passed = counted.filter((one) => one.passed).length;
  return {
    judge,
    samples: samples.length,
    judged: judged.length,
    rated: rated.length,
    split: rated.length - compared.length,
    compared: compared.length,
    agreement: rawAgreement(verdicts, truth),
    kappa,
    kappaInterval: kappa === null ? null : kappaInterval(confusion, seed),
    confusion,
    truePassRate: truePassRate(confusion),
    trueFailRate: trueFailRate(confusion),
    spearman: spearman(judgeScores, peopleScores),
    meanAbsoluteError: meanAbsoluteError(judgeScores, peopleScores),
    calibration: { brier: brierScore(scores, truth), error: calibrationError(bins), bins },
    raters: raterReport(samples, passAt),
    disagreements: disagreementsOf(rated),
    corrected: correctedPassRate({ passed, total: counted.length }, confusion, { seed }),
    selfConsistency: consistencyOf(repeats, passAt),
    positionBias: positionBias(samples.flatMap(({ outcome }) => ordersIn(outcome))),
    bar,
    standing: standingOf(kappa, compared.length, bar),
  };
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
