import { describe, expect, it } from 'vitest';
import { FIX_KINDS, type Fix, type FixKind } from '../../../../src/engine/language/fix.ts';
import { promptFixes } from '../../../../src/engine/language/promptFixes.ts';
import { suiteFixes } from '../../../../src/engine/language/suiteFixes.ts';
import type { Problem } from '../../../../src/engine/problem.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { type Around, PROMPT, promptProblems, promptView, SUITE, suiteProblems, suiteView } from './languageView.ts';

const head = (yaml: string) => `---\n${yaml}\n---\n`;
const SCHEMA = head('input:\n  schema:\n    ticket: string # what they wrote\n  default: {}');
const MAPPED = 'prompts: [./p.prompt]\ndata: ./d.csv\ncolumns:\n  vars:\n    a: text\nmetrics: [equals]\n';
const PLAIN = 'prompts: [./p.prompt]\ndata: ./d.csv\nmetrics: [equals]\n';

type Row = readonly [kind: FixKind, code: string, text: string, after: string, around?: Around];

/** A problem, the way to mend it, and the text afterwards; of the suite where `map-column` changes that. */
const PROMPTS: readonly Row[] = [
  ['use-nearest', 'undeclared-variable', `${SCHEMA}{{tickt}}`, `${SCHEMA}{{ticket}}`],
  ['use-nearest', 'undeclared-variable', `${SCHEMA}{{@root.tickt.a}}`, `${SCHEMA}{{@root.ticket.a}}`],
  ['use-nearest', 'unknown-key', head('modl: ollama/b'), head('model: ollama/b')],
  ['use-nearest', 'missing-partial', '{{>tome}}', '{{>tone}}', { partials: { tone: 'x' } }],
  ['use-nearest', 'unknown-helper', '{{jsn a}}', '{{json a}}'],
  ['use-nearest', 'unknown-role', '{{role "assistant"}}', '{{role "model"}}'],
  ['use-nearest', 'unknown-role', '{{role "sytem"}}', '{{role "system"}}'],
  ['use-nearest', 'unknown-model', head('model: openai/gpt-5-mni'), head('model: openai/gpt-5-mini')],
  ['use-nearest', 'unknown-provider', head('model: opnai/x'), head('model: openai/x')],
  ['use-nearest', 'unknown-param', head('config:\n  temprature: 1'), head('config:\n  temperature: 1')],
  ['use-nearest', 'variable-without-column', '{{tickt}}', '{{ticket}}', { suite: PLAIN, row: { ticket: 'x' } }],
  [
    'declare-variable',
    'undeclared-variable',
    `${SCHEMA}{{plan}}`,
    `${head('input:\n  schema:\n    ticket: string # what they wrote\n    plan: string\n  default: {}')}{{plan}}`,
  ],
  [
    'declare-variable',
    'undeclared-variable',
    `${head('input: { schema: { a: string } }')}{{b}}`,
    `${head('input: { schema: { a: string, b: string } }')}{{b}}`,
  ],
  [
    'declare-variable',
    'undeclared-variable',
    `${head('input:\n  schema:\n    type: object\n    properties:\n      a: { type: string }\n    additionalProperties: false')}{{b}}`,
    `${head('input:\n  schema:\n    type: object\n    properties:\n      a: { type: string }\n      b: { type: string }\n    additionalProperties: false')}{{b}}`,
  ],
  [
    'remove-variable',
    'unused-variable',
    `${head('input:\n  schema:\n    a: string\n    b?: string, x')}{{a}}`,
    `${head('input:\n  schema:\n    a: string')}{{a}}`,
  ],
  [
    'remove-variable',
    'unused-variable',
    `${head('input: { schema: { a: string, b: string } }')}{{b}}`,
    `${head('input: { schema: { b: string } }')}{{b}}`,
  ],
  [
    'set-default',
    'variable-without-column',
    '{{plan}}',
    `${head('input:\n  default:\n    plan: ""')}{{plan}}`,
    { suite: PLAIN, row: { ticket: 'x' } },
  ],
  [
    'map-column',
    'variable-without-column',
    '{{plan}}',
    MAPPED.replace('a: text\n', 'a: text\n    plan: plan\n'),
    { suite: MAPPED, row: { text: 'x', plan: 'y' } },
  ],
  [
    'remove-key',
    'unknown-key',
    head('model: ollama/b\nunheardOf:\n  - 1\n  - 2\nname: x'),
    head('model: ollama/b\nname: x'),
  ],
  ['create-partial', 'missing-partial', '{{>parts/tone}}', '/w/parts/_tone.prompt'],
  ['add-provider', 'model-without-provider', head('model: gpt-5'), head('model: openai/gpt-5')],
  ['clamp-param', 'param-out-of-range', head('config: { topP: 1.2 }'), head('config: { topP: 1 }')],
  ['clamp-param', 'param-out-of-range', head('config: { temperature: -0.5 }'), head('config: { temperature: 0 }')],
  ['separate-role', 'role-in-line', 'Hi {{role "user"}}x', 'Hi \n{{role "user"}}x'],
  ['close-block', 'unbalanced-block', '{{#if a}}Hi', '{{#if a}}Hi{{/if}}'],
  [
    'remove-front-matter',
    'front-matter-in-partial',
    '{{>x}}',
    'Hi',
    { partials: { x: `${head('model: ollama/b')}Hi` } },
  ],
];

const SUITES: readonly (readonly [
  kind: FixKind,
  code: string,
  text: string,
  after: string,
  around?: Around & { prompt?: string },
])[] = [
  ['use-nearest', 'unknown-key', `${PLAIN}repeat: 2\n`, `${PLAIN}repeats: 2\n`],
  ['remove-key', 'unknown-key', `${PLAIN}nothingLikeIt: 2\nrepeats: 2\n`, `${PLAIN}repeats: 2\n`],
  ['use-nearest', 'unknown-metric', PLAIN.replace('equals', 'eqals'), PLAIN],
  ['use-nearest', 'wrong-value', `${PLAIN}composite: { missing: "zro" }`, `${PLAIN}composite: { missing: "zero" }`],
  [
    'use-nearest',
    'unmapped-column',
    `${PLAIN}columns: { expected: answr }`,
    `${PLAIN}columns: { expected: answer }`,
    { row: { answer: 'x' } },
  ],
  [
    'use-nearest',
    'unknown-template-value',
    PLAIN.replace('[equals]', '[equals: "{{expected.kid}}"]'),
    PLAIN.replace('[equals]', '[equals: "{{expected.kind}}"]'),
    { row: { 'expected.kind': 'x' } },
  ],
  ['use-nearest', 'unknown-model', `${PLAIN}models: [openai/gpt-5-mni]`, `${PLAIN}models: [openai/gpt-5-mini]`],
  [
    'clamp-param',
    'param-out-of-range',
    `${PLAIN}params: { temperature: [0, 9] }`,
    `${PLAIN}params: { temperature: [0, 2] }`,
  ],
  ['add-provider', 'invalid-model', `${PLAIN}models: [gpt-5]`, `${PLAIN}models: [openai/gpt-5]`],
];

async function fixOf(
  problems: readonly Problem[],
  code: string,
  kind: FixKind,
  fixes: (problem: Problem) => readonly Fix[],
) {
  const all = problems.filter((problem) => problem.code === code).flatMap(fixes);
  const found = all.find((fix) => fix.kind === kind);
  expect(
    found,
    all.map((fix) => `${fix.kind}: ${fix.title}`).join('\n') || problems.map((one) => one.code).join(),
  ).toBeDefined();
  expect(all.filter(({ preferred }) => preferred).length).toBeLessThanOrEqual(1);
  return found;
}

describe('quick fixes', () => {
  const rows = PROMPTS.map(([kind, code, text, after, around]) => ({ kind, code, text, after, around }));
  it.each(rows)('$kind of $code: $text', async ({ kind, code, text, after, around }) => {
    const view = await promptView(text, around);
    const fix = await fixOf(await promptProblems(text, around), code, kind, (problem) => promptFixes(view, problem));
    const [change] = fix?.changes ?? [];
    if (change === undefined) return expect(fix?.create).toEqual({ path: after, text: '' });
    const before =
      change.path === PROMPT ? text : change.path === SUITE ? around?.suite : Object.values(around?.partials ?? {})[0];
    expect(applyEdits(before ?? '', change.edits)).toBe(after);
  });

  const ofSuites = SUITES.map(([kind, code, text, after, around]) => ({ kind, code, text, after, around }));
  it.each(ofSuites)('$kind of $code in a suite: $text', async ({ kind, code, text, after, around }) => {
    const view = await suiteView(text, around);
    const fix = await fixOf(await suiteProblems(text, around), code, kind, (problem) => suiteFixes(view, problem));
    expect(applyEdits(text, fix?.changes[0]?.edits ?? [])).toBe(after);
  });

  it('a path that leads nowhere becomes the one with the same name', async () => {
    const text = PLAIN.replace('./p.prompt', '../other/p.prompt');
    const view = await suiteView(text);
    const [named] = view.parsed.named.prompts;
    const problem = {
      severity: 'error',
      code: 'file-not-found',
      message: '',
      file: SUITE,
      range: named?.range,
    } as Problem;
    expect(applyEdits(text, suiteFixes(view, problem)[0]?.changes[0]?.edits ?? [])).toBe(PLAIN);
  });

  it('what a fix says, the remedy says too', async () => {
    for (const [kind, code, text, , around] of PROMPTS.filter(([one]) => one === 'use-nearest')) {
      const view = await promptView(text, around);
      const problem = (await promptProblems(text, around)).find((one) => one.code === code);
      const fix = problem && promptFixes(view, problem).find((one) => one.kind === kind);
      const better = /`(.*)`/.exec(fix?.title ?? '')?.[1]?.replace(/"/g, '') ?? '?';
      if (problem?.remedy?.startsWith('Did you mean')) expect(problem.remedy).toContain(better);
    }
  });

  it('every kind has a case here', () => {
    const named = new Set([...PROMPTS, ...SUITES].map(([kind]) => kind));
    expect(FIX_KINDS.filter((kind) => !named.has(kind))).toEqual([]);
  });
});
