import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../src/engine/problem.ts';
import { parseSuite } from '../../../../src/engine/suite/parseSuite.ts';

/** `line:column "text" code`: the text that the range covers. */
function brief(text: string, { range, code }: Problem): string {
  const covered = text.slice(range.start.offset, range.end.offset);
  return `${range.start.line + 1}:${range.start.column + 1} ${JSON.stringify(covered)} ${code}`;
}

const GOOD = `prompts: [../prompts/triage.prompt]
data: ./triage.csv
metrics:
  - json-schema
`;

describe('a whole suite', () => {
  const text = `# yaml-language-server: $schema=x
$schema: ./suite.schema.json
name: Triage
prompts: [../a.prompt, "../b.prompt"]
models: [openai/gpt-5-mini, ollama/qwen3:8b]
params: { temperature: [0, 0.7], stop: [[a, b]], seed: 1 }
data: ./triage.csv
columns: { vars: { ticket: text }, expected: label, tags: group, id: key }
repeats: 3
metrics:
  - equals: { path: category, expected: "{{expected.category}}" }
    gate: true
  - contains: refund
    weight: 2
    name: says refund
    trust: { kappa: 0.6 }
  - json-schema
  - contains: sorry
  - contains: [please, thanks]
    name: contains
composite: { threshold: 0.8, missing: zero }
concurrency: 8
budget: { usd: 1.5 }
baseline: ./b.json
gate: { passRate: 0.9, composite: 0.7 }
`;
  it('is read with its ranges', () => {
    const { suite, problems } = parseSuite(text.replace('[please, thanks]', 'please'), 'evals/t.eval.yaml');
    // A bar for agreement with people is kept; beside a metric that asks no judge it has no effect.
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'no-effect']]);
    expect(suite).toMatchObject({
      path: 'evals/t.eval.yaml',
      name: 'Triage',
      params: { temperature: [0, 0.7], stop: [['a', 'b']], seed: [1] },
      columns: { vars: { ticket: 'text' }, expected: 'label', tags: 'group', id: 'key' },
      repeats: 3,
      composite: { threshold: 0.8, missing: 'zero' },
      concurrency: 8,
      budgetUsd: 1.5,
      baseline: './b.json',
      compare: { margin: 0, confidence: 0.95, correction: 'holm' },
      gate: { passRate: 0.9, composite: 0.7, verdict: null },
    });
    expect(suite?.prompts.map(({ value }) => value)).toEqual(['../a.prompt', '../b.prompt']);
    expect(suite?.prompts.map(({ range }) => text.slice(range.start.offset, range.end.offset))).toEqual([
      '../a.prompt',
      '"../b.prompt"',
    ]);
    expect(suite?.data.range.start).toEqual({ line: 6, column: 6, offset: text.indexOf('./triage.csv') });
    expect(suite?.metrics.map(({ value: { kind, name, weight, gate } }) => [kind, name, weight, gate])).toEqual([
      ['equals', 'equals', 1, true],
      ['contains', 'says refund', 2, false],
      ['json-schema', 'json-schema', 1, false],
      // A name that is given is kept; the one that is not gives way.
      ['contains', 'contains-2', 1, false],
      ['contains', 'contains', 1, false],
    ]);
    expect(suite?.metrics.map(({ value }) => value.trust)).toEqual([undefined, { kappa: 0.6 }, ...Array(3)]);
    expect(suite?.metrics[0]?.value.options).toMatchObject({ path: 'category', expected: '{{expected.category}}' });
  });

  it('needs three keys; the rest has defaults', () => {
    const { suite, problems } = parseSuite(GOOD, 's');
    expect(problems).toEqual([]);
    expect(suite).toMatchObject({
      name: null,
      models: [],
      params: {},
      columns: {},
      repeats: 1,
      composite: { threshold: 0.5, missing: 'renormalise' },
      concurrency: null,
      budgetUsd: null,
      baseline: null,
      gate: { passRate: null, composite: null },
    });
  });

  it('takes one prompt or model without a list', () => {
    const { suite, problems } = parseSuite(
      'prompts: a.prompt\nmodels: openai/x\ndata: d.csv\nmetrics: [latency]\n',
      's',
    );
    expect(problems).toEqual([]);
    expect([suite?.prompts[0]?.value, suite?.models[0]?.value]).toEqual(['a.prompt', 'openai/x']);
  });
});

describe('bad suites', () => {
  /** What is changed in or added to a good suite, and the problems of it. */
  const cases: [string, string, string[]][] = [
    ['empty file', '', ['1:1 "" wrong-type']],
    ['a list', '- a\n', ['1:1 "-" wrong-type']],
    ['nothing but a name', 'name: x\n', ['1:1 "n" missing-key', '1:1 "n" missing-key', '1:1 "n" missing-key']],
    ['not YAML', `${GOOD}gate: {passRate: 1\n`, ['6:1 "" invalid-yaml']],
    ['a key twice', `${GOOD}data: x.csv\n`, ['5:1 "d" invalid-yaml']],
    ['unknown keys', `${GOOD}modles: []\nzebra: 1\n`, ['5:1 "modles" unknown-key', '6:1 "zebra" unknown-key']],
    [
      'unknown keys within',
      `${GOOD}gate: { pasRate: 1 }\ncolumns: { var: {} }\nbudget: { eur: 1 }\n`,
      ['5:9 "pasRate" unknown-key', '6:12 "var" unknown-key', '7:9 "{" missing-key', '7:11 "eur" unknown-key'],
    ],
    [
      'wrong types',
      `${GOOD}repeats: many\nname: [x]\nconcurrency: 1.5\ncomposite: 3\nparams: [1]\n`,
      [
        '5:10 "many" wrong-type',
        '6:7 "[" wrong-type',
        '7:14 "1.5" wrong-type',
        '8:12 "3" wrong-type',
        '9:9 "[" wrong-type',
      ],
    ],
    [
      'out of range',
      `${GOOD}repeats: 0\ncomposite: { threshold: 1.2 }\ngate: { passRate: -0.1, composite: 90 }\nbudget: { usd: 0 }\n`,
      [
        '5:10 "0" out-of-range',
        '6:25 "1.2" out-of-range',
        '7:19 "-0.1" out-of-range',
        '7:36 "90" out-of-range',
        '8:16 "0" out-of-range',
      ],
    ],
    [
      'a formula with a metric that there is not',
      `${GOOD}composite: { formula: json-schema * bleu }\n`,
      ['5:23 "json-schema * bleu" invalid-formula'],
    ],
    [
      'a mean beside a formula',
      `${GOOD}composite: { mean: min, formula: json-schema }\n`,
      ['5:20 "min" conflicting-keys'],
    ],
    ['an empty scale', `${GOOD}  - latency:\n    normalise: { worst: 1, best: 1 }\n`, ['6:16 "{" wrong-value']],
    ['unknown policy', `${GOOD}composite: { missing: renormalize }\n`, ['5:23 "renormalize" wrong-value']],
    [
      'empty lists',
      'prompts: []\ndata: d.csv\nmetrics: []\nmodels: []\nparams: {t: []}\n',
      ['1:10 "[" empty', '3:10 "[" empty', '4:9 "[" empty', '5:13 "[" empty'],
    ],
    [
      'empty values',
      'prompts:\ndata: ""\nmetrics:\n',
      ['1:9 "" wrong-type', '2:7 "\\"\\"" empty', '3:9 "" wrong-type'],
    ],
    ['entries of a list', 'prompts: [a.prompt, 3]\ndata: d.csv\nmetrics: [latency]\n', ['1:21 "3" wrong-type']],
    [
      'models',
      `${GOOD}models: [gpt-5, openai/, openai/x]\n`,
      ['5:10 "gpt-5" invalid-model', '5:17 "openai/" invalid-model'],
    ],
    ['data of another kind', GOOD.replace('.csv', '.xlsx'), ['2:7 "./triage.xlsx" unknown-dataset-format']],
    [
      'unknown metrics',
      `${GOOD}  - equls: x\n  - rubrik: { judge: a }\n  - xyzzyx\n`,
      ['5:5 "equls" unknown-metric', '6:5 "rubrik" unknown-metric', '7:5 "xyzzyx" unknown-metric'],
    ],
    [
      'no metric',
      `${GOOD}  - weight: 2\n  - 3\n  - [equals]\n  -\n`,
      ['5:5 "w" missing-key', '6:5 "3" wrong-type', '7:5 "[" wrong-type', '8:4 "" wrong-type'],
    ],
    [
      'siblings',
      `${GOOD}  - equals: x\n    weight: 0\n    gate: 1\n    name: ""\n`,
      ['6:13 "0" out-of-range', '7:11 "1" wrong-type', '8:11 "\\"\\"" empty'],
    ],
    [
      'a bar that nobody can pass',
      `${GOOD}  - equals: x\n    trust: { kappa: 2 }\n  - contains: x\n    trust: 0.6\n`,
      ['6:21 "2" out-of-range', '8:12 "0.6" wrong-type'],
    ],
    [
      'keys beside a metric',
      `${GOOD}  - equals: x\n    wieght: 2\n    path: y\n    latency: {}\n`,
      ['6:5 "wieght" unknown-key', '7:5 "path" unknown-key', '8:5 "latency" two-metrics'],
    ],
    [
      'options',
      `${GOOD}  - equals: { pth: x }\n  - regex: {}\n  - latency: soon\n`,
      ['5:15 "pth" unknown-key', '6:12 "{" missing-key', '7:14 "soon" wrong-type'],
    ],
    [
      'one name twice',
      `${GOOD}  - equals: a\n    name: x\n  - equals: b\n    name: x\n`,
      ['8:11 "x" duplicate-metric'],
    ],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    const { suite, problems } = parseSuite(text, 'a.eval.yaml');
    expect(suite).toBeNull();
    expect(problems.map((problem) => brief(text, problem))).toEqual(expected);
    for (const { severity, message, remedy, file } of problems) {
      expect([severity, file]).toEqual(['error', 'a.eval.yaml']);
      expect(message).toMatch(/^[A-Z`].*[.]$/s);
      expect(remedy).toMatch(/^[A-Z`].*[.?]$/s);
    }
  });

  it.each([
    [`${GOOD}modles: []\n`, 'Did you mean `models`?'],
    [`${GOOD}  - equls: x\n`, 'Did you mean `equals`?'],
    [`${GOOD}  - equals: x\n    wieght: 1\n`, 'Did you mean `weight`?'],
    [`${GOOD}composite: { missing: renormalize }\n`, 'Did you mean `renormalise`?'],
    [`${GOOD}gate: { pasRate: 1 }\n`, 'Did you mean `passRate`?'],
    [`${GOOD}  - equals: { pth: x }\n`, 'Did you mean `path`?'],
  ])('suggests the nearest: %#', (text, remedy) => {
    expect(parseSuite(text, 's').problems.map((problem) => problem.remedy)).toEqual([remedy]);
  });

  it('still says what the suite names', () => {
    const { named } = parseSuite(`${GOOD}repeats: 0\nmodles: []\n`, 's');
    expect(named.prompts[0]?.value).toBe('../prompts/triage.prompt');
    expect(named.data?.value).toBe('./triage.csv');
    expect(named.metrics[0]?.value.kind).toBe('json-schema');
  });

  it('does not expand aliases without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${Array(9).fill('*a')}]\nc: &c [${Array(9).fill('*b')}]\nd: [${Array(9).fill('*c')}]\n`;
    expect(parseSuite(bomb, 's').problems.map(({ code }) => code)).toContain('invalid-yaml');
  });
});

it('reads when a difference counts', () => {
  const text = `${GOOD}compare: { baseline: HEAD, margin: 0.02, confidence: 0.9, correction: benjamini-hochberg }\ngate: { verdict: no-worse }\n`;
  const { suite, problems } = parseSuite(text, 's');
  expect(problems).toEqual([]);
  expect(suite?.compare).toEqual({ margin: 0.02, confidence: 0.9, correction: 'benjamini-hochberg' });
  expect(suite?.compareWith).toBe('HEAD');
  const other = parseSuite(`${GOOD}compare: { test: wilcoxon }\n`, 's.eval.yaml').suite;
  expect(other?.compare).toEqual({ margin: 0, confidence: 0.95, correction: 'holm', test: 'wilcoxon' });
  expect(parseSuite(`${GOOD}compare: { test: z }\n`, 's.eval.yaml').suite).toBeNull();
  expect(suite?.gate.verdict).toBe('no-worse');
});

describe('warnings', () => {
  it.each([['what is listed twice', `${GOOD}models: [openai/x, openai/x]\n`, ['5:20 "openai/x" listed-twice']]])(
    '%s',
    (_name, text, expected) => {
      const { suite, problems } = parseSuite(text, 's');
      expect(problems.map((problem) => brief(text, problem))).toEqual(expected);
      expect(problems.every(({ severity }) => severity === 'warning')).toBe(true);
      expect(suite).not.toBeNull();
    },
  );
});

it('a tier gives weight and gate, which may be said otherwise; a scale is kept', () => {
  const entries = [
    '  - contains: a\n    tier: critical',
    '  - contains: b\n    tier: major',
    '  - contains: c\n    tier: minor',
    '  - contains: d\n    tier: critical\n    gate: false\n    weight: 7',
    '  - latency:\n    normalise: { worst: 2000, best: 200 }',
  ];
  const { suite, problems } = parseSuite(
    `prompts: [a.prompt]\ndata: d.csv\nmetrics:\n${entries.join('\n')}\n`,
    's.eval.yaml',
  );
  expect(problems).toEqual([]);
  expect(suite?.metrics.map(({ value: { weight, gate } }) => [weight, gate])).toEqual([
    [3, true],
    [3, false],
    [1, false],
    [7, false],
    [1, false],
  ]);
  expect(suite?.metrics.at(-1)?.value.normalise).toEqual({ worst: 2000, best: 200 });
});
