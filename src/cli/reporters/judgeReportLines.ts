import type { JudgePair } from '../../engine/judge/judgePairs.ts';
import type { JudgeReport } from '../../engine/judge/judgeReport.ts';
import type { Rate } from '../../engine/stats/agreement/confusion.ts';
import { wrapWidth } from '../displayWidth.ts';
import { formatScore, plural, UNKNOWN } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { textTable } from './textTable.ts';

const SHOWN_DISAGREEMENTS = 10;

/** How far a judge may be trusted, as text: its standing, the figures, who rated, and where it differs from people. */
export function judgeReportLines(report: JudgeReport, width: number, colors: Colors): string[] {
  const { judge, judged, samples, rated, compared, split } = report;
  const counts = [
    `${judged} of ${plural(samples, 'sample')} judged`,
    `${rated} rated by people`,
    ...(split > 0 ? [`${split} on which they are split`] : []),
  ];
  return [
    `${colors.bold(oneLine(judge))} against people: ${standingWords(report, colors)}`,
    ...wrapWidth(counts.join(', '), width).map(colors.dim),
    ...(compared === 0
      ? ['', ...wrapWidth('Nothing to compare yet: rate some of the samples that it judged.', width)]
      : ['', ...figureLines(report, width), '', ...confusionLines(report, width, colors)]),
    ...raterLines(report, width),
    ...disagreementLines(report, width, colors),
  ];
}

function standingWords({ standing, bar, kappa }: JudgeReport, colors: Colors): string {
  if (bar === null) return 'no bar is set';
  switch (standing) {
    case 'meets':
      return colors.green(`kappa meets the bar of ${bar.kappa}`);
    case 'below':
      return colors.red(`kappa is below the bar of ${bar.kappa}`);
    case 'unknown':
      return colors.yellow(`${kappa === null ? 'kappa is not defined' : 'unknown'}, the bar is ${bar.kappa}`);
  }
}

function figureLines(report: JudgeReport, width: number): string[] {
  const { corrected, calibration, kappaInterval } = report;
  const figures: [string, string][] = [
    ...(report.cases === null
      ? []
      : [['intervals', `over ${plural(report.cases, 'case')}, each with all its answers`] satisfies [string, string]]),
    ['agreement', `${formatScore(report.agreement)} over ${plural(report.compared, 'sample')}`],
    ["Cohen's kappa", `${formatScore(report.kappa)}${range(kappaInterval)}`],
    ['passes found (TPR)', rateWords(report.truePassRate)],
    ['fails found (TNR)', rateWords(report.trueFailRate)],
    ['Spearman of scores', formatScore(report.spearman)],
    ['mean difference', formatScore(report.meanAbsoluteError)],
    ['calibration error', `${formatScore(calibration.error)}, Brier score ${formatScore(calibration.brier)}`],
    ...(report.selfConsistency === null
      ? []
      : [
          [
            'self-consistency',
            `${formatScore(report.selfConsistency.rate)} over ${plural(report.selfConsistency.answers, 'answer')} judged more than once`,
          ] satisfies [string, string],
        ]),
    ...(report.positionBias === null
      ? []
      : [
          [
            'position bias',
            `${formatScore(report.positionBias.rate)} of ${plural(report.positionBias.comparisons, 'comparison')} went to a place, not to an answer`,
          ] satisfies [string, string],
        ]),
    [
      'pass rate',
      corrected === null
        ? `${UNKNOWN} cannot be corrected: the judge must find both passes and fails better than chance, over enough ratings`
        : `${formatScore(corrected.observed)} judged, ${formatScore(corrected.corrected)} corrected${range(corrected.interval)}`,
    ],
  ];
  const widest = Math.max(...figures.map(([name]) => name.length));
  return figures.flatMap(([name, words]) => {
    const [first = '', ...rest] = wrapWidth(words, Math.max(20, width - widest - 2));
    return [`${name.padEnd(widest)}  ${first}`, ...rest.map((line) => `${' '.repeat(widest + 2)}${line}`)];
  });
}

function confusionLines({ confusion }: JudgeReport, width: number, colors: Colors): string[] {
  const { truePasses, falsePasses, trueFails, falseFails } = confusion;
  const cells = (...counts: number[]) => counts.map((count) => ({ text: String(count) }));
  return textTable(
    { title: '', align: 'left', cells: [{ text: 'judge passes' }, { text: 'judge fails' }] },
    [
      [
        { title: 'people pass', align: 'right', cells: cells(truePasses, falseFails) },
        { title: 'people fail', align: 'right', cells: cells(falsePasses, trueFails) },
      ],
    ],
    width,
    colors.dim,
  );
}

function raterLines({ raters: { each, overlap, alpha, fleiss } }: JudgeReport, width: number): string[] {
  if (each.length === 0) return [];
  const named = each.map(
    ({ rater, samples, kappa }) => `${oneLine(rater)} ${samples} (kappa with the judge ${formatScore(kappa)})`,
  );
  const among =
    overlap === 0
      ? 'no sample was rated by two'
      : [
          `Krippendorff's alpha ${formatScore(alpha)} over ${plural(overlap, 'sample')}`,
          ...(fleiss === null
            ? []
            : [`Fleiss' kappa ${formatScore(fleiss.kappa)} over ${fleiss.samples} that ${fleiss.raters} people rated`]),
        ].join(', ');
  return ['', ...wrapWidth(`rated by ${named.join(', ')}`, width), ...wrapWidth(`among them: ${among}`, width)];
}

function disagreementLines({ disagreements }: JudgeReport, width: number, colors: Colors): string[] {
  if (disagreements.length === 0) return [];
  const shown = disagreements.slice(0, SHOWN_DISAGREEMENTS);
  const more = disagreements.length - shown.length;
  return [
    '',
    colors.dim(`${plural(disagreements.length, 'disagreement')}, the widest apart first`),
    ...shown.flatMap((pair) => disagreement(pair, width)),
    ...(more > 0 ? [colors.dim(`  and ${more} more`)] : []),
  ];
}

function disagreement({ id, judge, people }: JudgePair, width: number): string[] {
  const words = (passed: boolean | null) => (passed ? 'pass' : 'fail');
  const facts = `judge ${words(judge.passed)} ${formatScore(judge.score)}, people ${words(people.passed)} ${formatScore(people.score)}`;
  const lines = wrapWidth(`${oneLine(id)}: ${facts}. ${oneLine(judge.reason)}`, width - 4);
  return lines.map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

function rateWords(rate: Rate | null): string {
  return rate === null ? UNKNOWN : `${formatScore(rate.rate)}${range(rate)} of ${rate.n}`;
}

function range(interval: { readonly low: number; readonly high: number } | null): string {
  return interval === null ? '' : ` (${formatScore(interval.low)} to ${formatScore(interval.high)})`;
}
