import { expect, it } from 'vitest';
import { parseSuite } from '../../../../src/engine/suite/parseSuite.ts';
import { metricOfOutput } from '../../../../webview/results/metricOfOutput.ts';

it.each([
  ['refund\n', '', 'equals', 'refund'],
  ['a "quoted" line\nand: another # 中文 \\ 😀', '', 'equals', 'a "quoted" line\nand: another # 中文 \\ 😀'],
  ['a long answer', ' long ', 'contains', 'long'],
  ['a long answer', 'from another place', 'equals', 'a long answer'],
  ['- yes: [1, {a}]', '', 'equals', '- yes: [1, {a}]'],
])('of %j with %j selected, a suite reads back', (output, selected, kind, text) => {
  const entry = metricOfOutput(output, selected);
  const { suite, problems } = parseSuite(`prompts: [p.prompt]\ndata: d.csv\nmetrics:\n  ${entry}\n`, 's.eval.yaml');
  expect(problems).toEqual([]);
  expect(suite?.metrics[0]?.value).toMatchObject({ kind, options: { expected: text } });
});
