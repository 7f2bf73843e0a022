import { describe, expect, it } from 'vitest';
import { completePrompt } from '../../../../src/engine/language/completePrompt.ts';
import { completeSuite } from '../../../../src/engine/language/completeSuite.ts';
import { COMPLETION_KINDS, type Completion, type CompletionKind } from '../../../../src/engine/language/completion.ts';
import { type Around, atMark, promptView, suiteView } from './languageView.ts';

type Row = readonly [
  kind: CompletionKind,
  text: string,
  label: string,
  after: string,
  around?: Around & { prompt?: string },
];

const SUITE_TEXT = 'prompts: [./p.prompt]\ndata: ./d.csv\nmodels: [ollama/qwen3:8b]\nmetrics: [equals]\n';
const DATA: Around = { suite: SUITE_TEXT, row: { ticket: 'late', plan: 'free' } };
const NESTED = '---\ninput:\n  schema:\n    user(object):\n      name: string\n    urgent?: boolean, now\n---\n';

/** What stands before the cursor, what is offered among others, and the text once it is chosen. */
const PROMPTS: readonly Row[] = [
  ['front-matter-key', '---\nmo¦\n---\nHi', 'model', '---\nmodel: \n---\nHi'],
  ['front-matter-key', '---\ninput:\n  ¦\n---\nHi', 'schema', '---\ninput:\n  schema: \n---\nHi'],
  ['front-matter-key', '---\nmodel: a/b\n¦', 'config', '---\nmodel: a/b\nconfig: '],
  ['front-matter-key', '---\nmod¦: a/b\n---\nHi', 'model', '---\nmodel: a/b\n---\nHi'],
  ['front-matter-value', '---\noutput:\n  format: js¦\n---\nHi', 'json', '---\noutput:\n  format: json\n---\nHi'],
  ['front-matter-value', '---\noutput: { format: ¦ }\n---\nHi', 'json', '---\noutput: { format: json }\n---\nHi'],
  [
    'schema-type',
    '---\ninput:\n  schema:\n    a: str¦\n---\n',
    'string',
    '---\ninput:\n  schema:\n    a: string\n---\n',
  ],
  ['param', '---\nconfig:\n  temp¦\n---\nHi', 'temperature', '---\nconfig:\n  temperature: \n---\nHi'],
  ['param', '---\nconfig: { seed: 1, to¦ }\n---\nHi', 'topP', '---\nconfig: { seed: 1, topP:  }\n---\nHi'],
  ['param-value', '---\nconfig:\n  reasoningEffort: ¦\n---\n', 'low', '---\nconfig:\n  reasoningEffort: low\n---\n'],
  ['model', '---\nmodel: openai/gpt¦\n---\n', 'openai/gpt-5-mini', '---\nmodel: openai/gpt-5-mini\n---\n'],
  ['model', '---\nmodel: ¦\n---\n', 'ollama/qwen3:8b', '---\nmodel: ollama/qwen3:8b\n---\n', DATA],
  ['variable', `${NESTED}{{ur¦}}`, 'urgent', `${NESTED}{{urgent}}`],
  ['variable', `${NESTED}{{user.¦}}`, 'user.name', `${NESTED}{{user.name}}`],
  ['variable', `${NESTED}{{#if ¦`, 'urgent', `${NESTED}{{#if urgent`],
  ['variable', `---\ninput:\n  schema:\n    ¦\n---\n{{who}}`, 'who', '---\ninput:\n  schema:\n    who: \n---\n{{who}}'],
  ['data', '{{#each a}}{{@in¦}}{{/each}}', '@index', '{{#each a}}{{@index}}{{/each}}'],
  ['column', '{{ti¦}}', 'ticket', '{{ticket}}', DATA],
  ['partial', '{{> t¦}}', 'tone', '{{> tone}}', { partials: { tone: 'x' } }],
  ['helper', '{{js¦}}', 'json', '{{json}}'],
  ['helper', '{{#i¦', 'if', '{{#if'],
  ['helper', '{{#if (lo¦', 'lookup', '{{#if (lookup'],
  ['option', '{{json a in¦}}', 'indent', '{{json a indent=}}'],
  ['role', '{{ro¦}}', 'role "system"', '{{role "system"}}'],
  ['role', '{{role "¦"}}', 'user', '{{role "user"}}'],
  ['role', '{{role ¦}}', '"user"', '{{role "user"}}'],
  ['block-end', '{{#if a}}{{#each b}}x{{/¦', 'each', '{{#if a}}{{#each b}}x{{/each'],
  ['path', '---\ntouchstone.suite: ¦\n---\n', 's.eval.yaml', '---\ntouchstone.suite: s.eval.yaml\n---\n', DATA],
];

const SUITES: readonly Row[] = [
  ['suite-key', '¦', 'prompts', 'prompts: '],
  ['suite-key', 'gate:\n  pa¦', 'passRate', 'gate:\n  passRate: '],
  ['suite-key', 'composite: { ¦ }', 'threshold', 'composite: { threshold:  }'],
  ['suite-key', 'metrics:\n  - equals:\n    wei¦', 'weight', 'metrics:\n  - equals:\n    weight: '],
  ['suite-key', 'metrics:\n  - equals: x\n    tr¦', 'trust', 'metrics:\n  - equals: x\n    trust: '],
  [
    'metric-option',
    'metrics:\n  - equals: x\n    trust: { k¦ }',
    'kappa',
    'metrics:\n  - equals: x\n    trust: { kappa:  }',
  ],
  ['suite-value', 'composite:\n  missing: ¦', 'zero', 'composite:\n  missing: zero'],
  ['metric', 'metrics:\n  - le¦', 'levenshtein-similarity', 'metrics:\n  - levenshtein-similarity: '],
  ['metric', 'metrics: [eq¦]', 'equals', 'metrics: [equals]'],
  ['metric-option', 'metrics:\n  - equals: { pa¦ }', 'path', 'metrics:\n  - equals: { path:  }'],
  ['metric-option', 'metrics:\n  - equals:\n      pa¦', 'path', 'metrics:\n  - equals:\n      path: '],
  [
    'template-value',
    'metrics:\n  - equals: "{{exp¦}}"',
    'expected.kind',
    'metrics:\n  - equals: "{{expected.kind}}"',
    { row: { 'expected.kind': 'a' } },
  ],
  ['model', 'models:\n  - openai/¦', 'openai/gpt-5', 'models:\n  - openai/gpt-5'],
  ['param', 'params:\n  te¦', 'temperature', 'params:\n  temperature: '],
  ['param-value', 'params:\n  temperature: ¦', '0', 'params:\n  temperature: 0'],
  ['variable', 'columns:\n  vars:\n    ¦', 'who', 'columns:\n  vars:\n    who: ', { prompt: '{{who}}' }],
  ['column', 'columns:\n  expected: ¦', 'answer', 'columns:\n  expected: answer', { row: { answer: 'a' } }],
  ['path', 'prompts:\n  - ¦', './p.prompt', 'prompts:\n  - ./p.prompt'],
  ['path', 'prompts: [./p.prompt, ¦]', '../prompts/other.prompt', 'prompts: [./p.prompt, ../prompts/other.prompt]'],
  ['path', 'data: ./¦', './e.jsonl', 'data: ./e.jsonl'],
];

const named = ([kind, marked, label, after, around]: Row) => ({ kind, marked, label, after, around });

function chosen(text: string, found: readonly Completion[], kind: CompletionKind, label: string): string | undefined {
  const one = found.find((offer) => offer.kind === kind && offer.label === label);
  return one && text.slice(0, one.span[0]) + one.insert + text.slice(one.span[1]);
}

describe('completion', () => {
  it.each(PROMPTS.map(named))('of a $kind in a prompt: $marked', async ({ kind, marked, label, after, around }) => {
    const { text, offset } = atMark(marked);
    const found = completePrompt(await promptView(text, around), offset);
    expect(chosen(text, found, kind, label), found.map((offer) => `${offer.kind} ${offer.label}`).join('\n')).toBe(
      after,
    );
  });

  it.each(SUITES.map(named))('of a $kind in a suite: $marked', async ({ kind, marked, label, after, around }) => {
    const { text, offset } = atMark(marked);
    const found = completeSuite(await suiteView(text, around), offset);
    expect(chosen(text, found, kind, label), found.map((offer) => `${offer.kind} ${offer.label}`).join('\n')).toBe(
      after,
    );
  });

  it.each(['Hello ¦', '{{! a ¦ }}', '---\n# mo¦\n---\nHi', '{{a}} ¦', '\\{{a¦'])(
    'offers nothing at %j',
    async (marked) => {
      const { text, offset } = atMark(marked);
      expect(completePrompt(await promptView(text, DATA), offset)).toEqual([]);
    },
  );

  it('offers no key that is there already', async () => {
    const { text, offset } = atMark('---\nmodel: a/b\n¦\nconfig: {}\n---\n');
    const labels = completePrompt(await promptView(text), offset).map(({ label }) => label);
    expect(labels).toContain('input');
    expect(labels).not.toContain('model');
    expect(labels).not.toContain('config');
  });

  it('shows the value that a variable has now', async () => {
    const found = completePrompt(await promptView('{{ticket}}', DATA), 3);
    expect(found.find(({ label }) => label === 'ticket')?.documentation).toBe('Now: "late" (case 1 of d.csv, line 2)');
  });

  it('every kind has a case here', () => {
    const tried = new Set([...PROMPTS, ...SUITES].map(([kind]) => kind));
    expect(COMPLETION_KINDS.filter((kind) => !tried.has(kind))).toEqual([]);
  });
});
