import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { judgeReportLines } from '../../../../src/cli/reporters/judgeReportLines.ts';
import { type JudgeReportOptions, judgeReport } from '../../../../src/engine/judge/judgeReport.ts';
import { judgedSamples } from '../../engine/judge/judgedSamples.ts';

const plain = picocolors.createColors(false);
const ann = (value: boolean) => [{ rater: 'ann', value }];
const samples = [
  ...judgedSamples('tp', 18, 0.9, ann(true)),
  ...judgedSamples('fn', 4, 0.3, [...ann(true), { rater: 'ben', value: 0.75 }]),
  ...judgedSamples('tn', 15, 0.1, [...ann(false), { rater: 'ben', value: false }]),
  ...judgedSamples('fp', 12, 0.8, ann(false)),
];
const linesOf = (of: typeof samples, options: JudgeReportOptions, width = 80) =>
  judgeReportLines(judgeReport('rubric', of, options), width, plain);

it('tells the standing, the figures, who rated, and where judge and people differ', () => {
  expect(linesOf(samples, { bar: { kappa: 0.6 } })).toMatchInlineSnapshot(`
    [
      "rubric against people: kappa is below the bar of 0.6",
      "49 of 49 samples judged, 49 rated by people",
      "",
      "agreement           0.673 over 49 samples",
      "Cohen's kappa       0.362 (0.105 to 0.598)",
      "passes found (TPR)  0.818 (0.615 to 0.927) of 22",
      "fails found (TNR)   0.556 (0.373 to 0.724) of 27",
      "Spearman of scores  0.839",
      "mean difference     0.310",
      "calibration error   0.320, Brier score 0.203",
      "pass rate           0.612 judged, 0.449 corrected (0.000 to 1.000)",
      "",
      "              people pass  people fail",
      "judge passes           18           12",
      "judge fails             4           15",
      "",
      "rated by ann 49 (kappa with the judge 0.362), ben 19 (kappa with the judge",
      "0.000)",
      "among them: Krippendorff's alpha 0.973 over 19 samples, Fleiss' kappa 1.000 over",
      "19 that 2 people rated",
      "",
      "16 disagreements, the widest apart first",
      "  fp1: judge pass 0.800, people fail 0.000. Because.",
      "  fp2: judge pass 0.800, people fail 0.000. Because.",
      "  fp3: judge pass 0.800, people fail 0.000. Because.",
      "  fp4: judge pass 0.800, people fail 0.000. Because.",
      "  fp5: judge pass 0.800, people fail 0.000. Because.",
      "  fp6: judge pass 0.800, people fail 0.000. Because.",
      "  fp7: judge pass 0.800, people fail 0.000. Because.",
      "  fp8: judge pass 0.800, people fail 0.000. Because.",
      "  fp9: judge pass 0.800, people fail 0.000. Because.",
      "  fp10: judge pass 0.800, people fail 0.000. Because.",
      "  and 6 more",
    ]
  `);
});

it('says what is missing', () => {
  expect(linesOf([], { bar: { kappa: 0.6 } })).toMatchInlineSnapshot(`
    [
      "rubric against people: kappa is not defined, the bar is 0.6",
      "0 of 0 samples judged, 0 rated by people",
      "",
      "Nothing to compare yet: rate some of the samples that it judged.",
    ]
  `);
  const alike = judgedSamples('a', 3, 1, ann(true));
  expect(linesOf(alike, {})).toMatchInlineSnapshot(`
    [
      "rubric against people: no bar is set",
      "3 of 3 samples judged, 3 rated by people",
      "",
      "agreement           1.000 over 3 samples",
      "Cohen's kappa       –",
      "passes found (TPR)  1.000 (0.439 to 1.000) of 3",
      "fails found (TNR)   –",
      "Spearman of scores  –",
      "mean difference     0.000",
      "calibration error   0.000, Brier score 0.000",
      "pass rate           – cannot be corrected: the judge must find both passes and",
      "                    fails better than chance, over enough ratings",
      "",
      "              people pass  people fail",
      "judge passes            3            0",
      "judge fails             0            0",
      "",
      "rated by ann 3 (kappa with the judge –)",
      "among them: no sample was rated by two",
    ]
  `);
});

it('fits narrow terminals, and shows no control characters', () => {
  const hostile = judgedSamples('\u001b[2Ja\nb', 1, 0.9, [{ rater: '\u001b[31mx', value: false }]);
  const text = linesOf([...samples, ...hostile], { bar: { kappa: 0.1 } }, 50).join('\n');
  expect(text).not.toContain('\u001b');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(50);
});
