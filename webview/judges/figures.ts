import type { JudgeReport } from '../../src/engine/judge/judgeReport.ts';
import { countOf, NONE } from '../format.ts';

/** A figure of the report: its name, its value, what stands beside it, and what it means. */
export type Figure = { readonly name: string; readonly value: string; readonly note: string; readonly title: string };

type Interval = { readonly low: number; readonly high: number };

export function figuresOf(report: JudgeReport): Figure[] {
  const { corrected, calibration, selfConsistency, positionBias } = report;
  return [
    figure(
      'Agreement',
      two(report.agreement),
      `of ${countOf(report.compared, 'answer')}`,
      'Share of the answers on which judge and people say the same: pass or fail.',
    ),
    figure(
      'Kappa',
      two(report.kappa),
      range(report.kappaInterval),
      "Cohen's kappa: agreement beyond what chance would give. 1 is all, 0 is chance.",
    ),
    figure(
      'Passes found',
      two(report.truePassRate?.rate ?? null),
      of(report.truePassRate),
      'Of what people pass, the share that the judge passes (true positive rate).',
    ),
    figure(
      'Fails found',
      two(report.trueFailRate?.rate ?? null),
      of(report.trueFailRate),
      'Of what people fail, the share that the judge fails (true negative rate).',
    ),
    figure(
      'Rank correlation',
      two(report.spearman),
      '',
      "Spearman's rho of the judge's score with the mean of people's.",
    ),
    figure(
      'Mean difference',
      two(report.meanAbsoluteError),
      '',
      "How far the judge's score is from people's, on average, 0..1.",
    ),
    figure(
      'Calibration error',
      two(calibration.error),
      `Brier ${two(calibration.brier)}`,
      'How far the score is from the share that people pass.',
    ),
    ...(selfConsistency === null
      ? []
      : [
          figure(
            'Self-consistency',
            two(selfConsistency.rate),
            `of ${countOf(selfConsistency.answers, 'answer')}`,
            'How often it says the same when it judges the same answer anew.',
          ),
        ]),
    ...(positionBias === null
      ? []
      : [
          figure(
            'Position bias',
            two(positionBias.rate),
            `of ${countOf(positionBias.comparisons, 'comparison')}`,
            'How often a place won in both orders, whatever stood there.',
          ),
        ]),
    corrected === null
      ? figure(
          'Corrected pass rate',
          NONE,
          'cannot be corrected',
          'The judge must find passes and fails better than chance, over enough ratings.',
        )
      : figure(
          'Pass rate',
          two(corrected.corrected),
          [range(corrected.interval), `judged ${two(corrected.observed)}`].filter(Boolean).join(', '),
          "Corrected for the judge's errors (Rogan and Gladen), with a bootstrap interval.",
        ),
  ];
}

export function ratersText({ each, overlap, alpha, fleiss }: JudgeReport['raters']): string {
  const named = each.map(({ rater, samples, kappa }) => `${rater} ${samples} (kappa with the judge ${two(kappa)})`);
  const among =
    overlap === 0
      ? 'No answer was rated by two.'
      : `Among people: Krippendorff's alpha ${two(alpha)} over ${countOf(overlap, 'answer')}${fleiss === null ? '' : `; Fleiss' kappa ${two(fleiss.kappa)} over ${fleiss.samples} that ${fleiss.raters} people rated`}.`;
  return `Rated by ${named.join(', ')}. ${among}`;
}

function figure(name: string, value: string, note: string, title: string): Figure {
  return { name, value, note, title };
}

function two(value: number | null): string {
  return value === null ? NONE : value.toFixed(2);
}

function range(interval: Interval | null): string {
  return interval === null ? '' : `${two(interval.low)} to ${two(interval.high)}`;
}

function of(rate: (Interval & { readonly n: number }) | null): string {
  return rate === null ? '' : `${range(rate)}, of ${rate.n}`;
}
