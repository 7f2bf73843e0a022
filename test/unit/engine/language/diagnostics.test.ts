import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { overflowProblem } from '../../../../src/engine/language/promptProblems.ts';
import { type Around, promptProblems, promptView, suiteProblems } from './languageView.ts';

const FRONT = '---\ninput:\n  schema:\n    ticket: string\n---\n';
const SUITE_TEXT = 'prompts: [./p.prompt]\ndata: ./d.csv\nmetrics: [equals]\n';

/** Every problem that a prompt can have: what is underlined, and a part of what to do. */
const PROMPTS: readonly (readonly [code: string, text: string, at: string, remedy: string, around?: Around])[] = [
  ['front-matter-unclosed', '---\nmodel: a/b\nHello', '---', 'Add a line ---'],
  ['front-matter-not-first', '# note\n---\nmodel: ollama/b\n---\nHi', '---', 'Move what stands above'],
  ['front-matter-empty', '---\n\n---\nHi', '---\n\n---', 'Remove it'],
  ['front-matter-ends-file', '---\nmodel: ollama/b\n---', '---', 'Write the template'],
  ['front-matter-type', '---\nmodel: 5\n---\nHi', '5', 'put it between quotes'],
  ['front-matter-yaml', '---\nmodel: [a\n---\nHi', '', 'quotes'],
  [
    'front-matter-in-partial',
    '{{>x}}',
    '---\nmodel: a/b\n---',
    'Remove it',
    { partials: { x: '---\nmodel: a/b\n---\nHi' } },
  ],
  ['unknown-key', '---\nmodl: ollama/b\n---\nHi', 'modl', 'Did you mean `model`?'],
  ['unknown-key', '---\ninput:\n  shema: string\n---\nHi', 'shema', 'Did you mean `schema`?'],
  ['unknown-schema', '---\ninput:\n  schema: { a: strin }\n---\n{{a}}', 'strin', 'Use any'],
  ['invalid-schema', '---\ninput:\n  schema: { "a(enum)": string }\n---\n{{a}}', 'string', 'Write [first'],
  ['template-syntax', 'Hi {{name', '{{n', 'Close it with }}'],
  ['unbalanced-block', '{{#if a}}Hi', '{{#if a}}', 'Add {{/if}}'],
  ['nesting-too-deep', '{{#if a}}'.repeat(300) + '{{/if}}'.repeat(300), '', 'Split'],
  ['undeclared-variable', `${FRONT}{{tickt}}`, 'tickt', 'Did you mean `ticket`?'],
  ['unused-variable', `${FRONT}Hi`, 'string', 'remove it from the schema'],
  ['missing-partial', '{{>nothing}}', 'nothing', 'Add the file _nothing.prompt'],
  ['partial-cycle', '{{>x}}', 'x', 'Remove one', { partials: { x: '{{>x}}' } }],
  ['dynamic-partial', '{{>(lookup a b)}}', '(lookup a b)', '{{#if}}'],
  ['unknown-helper', '{{jsn a}}', 'jsn', 'json'],
  ['unknown-option', '{{json a indnt=2}}', 'indnt=2', 'indent'],
  ['wrong-arguments', '{{json}}', 'json', 'Write {{json'],
  ['unknown-role', '{{role "assistant"}}Hi', '"assistant"', 'Write {{role "model"}}'],
  ['section-name', '{{section "a b"}}', '"a b"', 'Write {{section'],
  ['unexpected-block-parameters', '{{#if a as |b|}}{{/if}}', 'if', 'each'],
  ['marker-in-text', 'Hi <<<dotprompt:role:user>>>', 'Hi <<<dotprompt:role:user>>>', '{{role'],
  ['unknown-decorator', '{{* x}}', '{{* x}}', 'inline'],
  ['unknown-data', '{{@metadata.x}}', '@metadata.x', 'Pass the value'],
  ['model-without-provider', '---\nmodel: gpt-5-mini\n---\nHi', 'gpt-5-mini', 'Write `openai/gpt-5-mini`'],
  ['unknown-provider', '---\nmodel: opnai/gpt-5\n---\nHi', 'opnai/gpt-5', 'Did you mean `openai/gpt-5`?'],
  ['unknown-model', '---\nmodel: openai/gpt-5-mni\n---\nHi', 'openai/gpt-5-mni', 'Did you mean `openai/gpt-5-mini`?'],
  ['unknown-param', '---\nconfig:\n  temprature: 1\n---\nHi', 'temprature', 'Did you mean `temperature`?'],
  ['param-out-of-range', '---\nconfig:\n  temperature: 3\n---\nHi', '3', 'Write 2.'],
  ['param-out-of-range', '---\nconfig:\n  reasoningEffort: hgh\n---\nHi', 'hgh', 'Did you mean `high`?'],
  ['wrong-param-type', '---\nconfig:\n  maxOutputTokens: 1.5\n---\nHi', '1.5', 'Change its value'],
  ['role-in-line', 'Hello {{role "user"}}there', '{{role "user"}}', 'line of its own'],
  ['not-portable', '{{#*inline "a"}}x{{/inline}}{{>a}}', '{{#*inline', 'file of its own'],
  ['not-portable', '{{#>a}}x{{/a}}', 'a', 'Write {{>a}}'],
  ['not-portable', '{{log a}}', 'log', 'Remove it'],
  [
    'variable-without-column',
    '{{ticket}}',
    'ticket',
    'Add the column "ticket"',
    { suite: SUITE_TEXT, row: { text: 'x' } },
  ],
];

const SUITES: readonly (readonly [
  code: string,
  text: string,
  at: string,
  remedy: string,
  around?: Around & { prompt?: string },
])[] = [
  ['invalid-yaml', 'prompts: [', '', 'Correct the YAML'],
  ['unknown-key', `${SUITE_TEXT}repeat: 2`, 'repeat', 'Did you mean `repeats`?'],
  ['missing-key', 'prompts: [./p.prompt]\nmetrics: [equals]', 'p', 'Add `data`'],
  ['wrong-type', `${SUITE_TEXT}repeats: two`, 'two', 'Change its value'],
  ['wrong-value', `${SUITE_TEXT}composite: { missing: zro }`, 'zro', 'Did you mean `zero`?'],
  ['out-of-range', `${SUITE_TEXT}repeats: 0`, '0', 'Change its value'],
  ['empty', 'prompts: []\ndata: ./d.csv\nmetrics: [equals]', '[', 'at least one'],
  ['invalid-model', `${SUITE_TEXT}models: [gpt-5]`, 'gpt-5', 'provider/name'],
  ['unknown-dataset-format', 'prompts: [./p.prompt]\ndata: ./d.txt\nmetrics: [equals]', './d.txt', 'ends in'],
  ['listed-twice', `${SUITE_TEXT}models: [ollama/a, ollama/a]`, 'ollama/a', 'Remove one'],
  ['unknown-metric', 'prompts: [./p.prompt]\ndata: ./d.csv\nmetrics: [eqals]', 'eqals', 'Did you mean `equals`?'],
  [
    'duplicate-metric',
    'prompts: [p]\ndata: ./d.csv\nmetrics: [{ equals: , name: a }, { iequals: , name: a }]',
    'a',
    'a name of its own',
  ],
  ['two-metrics', 'prompts: [p]\ndata: ./d.csv\nmetrics: [{ equals: , contains: x }]', 'contains', 'new entry'],
  ['invalid-formula', `${SUITE_TEXT}composite: { formula: equals + nothing }`, 'equals + nothing', 'The metrics are'],
  ['no-effect', 'prompts: [p]\ndata: ./d.csv\nmetrics: [{ equals: , trust: { kappa: 0.6 } }]', 'trust', 'Remove it.'],
  ['unknown-provider', `${SUITE_TEXT}models: [opnai/gpt-5]`, 'opnai/gpt-5', 'Did you mean'],
  ['unknown-model', `${SUITE_TEXT}models: [openai/gpt-5-mni]`, 'openai/gpt-5-mni', 'Did you mean'],
  ['unknown-param', `${SUITE_TEXT}params: { temprature: 1 }`, '1', 'Did you mean `temperature`?'],
  ['param-out-of-range', `${SUITE_TEXT}params: { temperature: [0, 9] }`, '9', 'Write 2.'],
  [
    'unmapped-column',
    `${SUITE_TEXT}columns: { expected: answr }`,
    'answr',
    'Did you mean `answer`?',
    { row: { answer: 'x' } },
  ],
  ['unused-column', SUITE_TEXT, '', 'Use {{extra}}', { prompt: 'Hi {{ticket}}', row: { ticket: 'a', extra: 'b' } }],
  [
    'unknown-template-value',
    'prompts: [p]\ndata: ./d.csv\nmetrics:\n  - equals: "{{expected.catgory}}"\n',
    'expected.catgory',
    'Did you mean `expected.category`?',
    { row: { 'expected.category': 'bug' } },
  ],
];

describe('problems of a prompt', () => {
  const rows = PROMPTS.map(([code, text, at, remedy, around]) => ({ code, text, at, remedy, around }));
  it.each(rows)('$code: $text', async ({ code, text, at, remedy, around }) => {
    const problems = await promptProblems(text, around);
    const found = problems.find((problem) => problem.code === code);
    expect(found, problems.map((problem) => problem.code).join()).toBeDefined();
    const source = around?.partials && found?.file !== '/w/p.prompt' ? (Object.values(around.partials)[0] ?? '') : text;
    if (at !== '') expect(source.slice(found?.range.start.offset, found?.range.end.offset)).toBe(at);
    expect(found?.remedy).toContain(remedy);
  });

  it('a prompt in order has none', async () => {
    const around = { suite: SUITE_TEXT, row: { id: '1', ticket: 'x', 'expected.a': 'b' } };
    const text =
      '---\nmodel: openai/gpt-5-mini\nconfig: { temperature: 2, seed: 1 }\ninput:\n  schema: { ticket: string }\n---\n{{role "system"}}\nHi\n{{role "user"}}{{ticket}}\n';
    expect(await promptProblems(text, around)).toEqual([]);
  });

  it('a prompt that is longer than its model reads', async () => {
    const view = await promptView('---\nmodel: openai/gpt-5-mini\n---\nHi');
    expect(overflowProblem(view, 400_000, true, 400_000)).toBeNull();
    const problem = overflowProblem(view, 400_001, false, 400_000);
    expect(problem).toMatchObject({ code: 'context-overflow', severity: 'warning' });
    expect(problem?.message).toContain('about 400,001 tokens');
  });
});

describe('problems of a suite', () => {
  const rows = SUITES.map(([code, text, at, remedy, around]) => ({ code, text, at, remedy, around }));
  it.each(rows)('$code: $text', async ({ code, text, at, remedy, around }) => {
    const problems = await suiteProblems(text, around);
    const found = problems.find((problem) => problem.code === code);
    expect(found, problems.map((problem) => problem.code).join()).toBeDefined();
    if (at !== '') expect(text.slice(found?.range.start.offset, found?.range.end.offset)).toBe(at);
    expect(found?.remedy).toContain(remedy);
  });

  it('a suite in order has none, and columns with a meaning are used', async () => {
    const row = { id: '1', tags: 'a', ticket: 'x', 'expected.category': 'bug', 'metadata.by': 'me' };
    const text =
      'prompts: [./p.prompt]\ndata: ./d.csv\nmetrics:\n  - equals: { path: category, expected: "{{expected.category}}" }\n';
    expect(await suiteProblems(text, { prompt: 'Hi {{ticket}}', row })).toEqual([]);
  });
});

/** Codes that appear only with files, values or a run, and are tested there. */
const ELSEWHERE = [
  'invalid-input',
  'render-failed',
  'same-prompt',
  'no-model',
  'context-overflow',
  'conflicting-variable-types',
  'unknown-expected',
  'too-long',
];

it('every code in the sources of prompts, suites and the language has a case here', () => {
  const codes = new Set<string>();
  for (const folder of ['prompt', 'suite', 'language']) {
    for (const name of fs.readdirSync(path.join('src/engine', folder)).filter((one) => one.endsWith('.ts'))) {
      const source = fs.readFileSync(path.join('src/engine', folder, name), 'utf8');
      const patterns = [
        /code: '([a-z-]+)'/g,
        /\b(?:error|warn|one|issue)\(\s*(?:[^'"`;]*?,\s*)?'([a-z]+(?:-[a-z]+)+)'/g,
      ];
      for (const match of patterns.flatMap((pattern) => [...source.matchAll(pattern)])) codes.add(match[1] ?? '');
    }
  }
  expect(codes.size).toBeGreaterThan(45);
  const named = new Set([...PROMPTS, ...SUITES].map(([code]) => code).concat(ELSEWHERE));
  expect([...codes].filter((code) => !named.has(code))).toEqual([]);
});
