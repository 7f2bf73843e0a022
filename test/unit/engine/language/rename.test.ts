import { describe, expect, it } from 'vitest';
import { renameVariable } from '../../../../src/engine/language/renameVariable.ts';
import { type VariableFamily, variableOccurrences } from '../../../../src/engine/language/variableOccurrences.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { promptView } from './languageView.ts';

const PROMPT_TEXT = `---
input:
  schema:
    ticket?: string, the ticket
    user(object):
      ticket: string
  default: { ticket: none }
---
{{#each list}}{{../ticket}} {{ticket}}{{/each}}{{@root.ticket}} {{this.ticket}} {{[ticket]}} {{ticket.title}} {{>tone ticket=plan}} {{>note}}`;
const PARTIALS = { tone: 'a {{ticket}}', note: 'b {{ticket}} {{#with x as |ticket|}}{{ticket}}{{/with}}' };

async function family(more: Partial<VariableFamily> = {}): Promise<VariableFamily> {
  const { closure } = await promptView(PROMPT_TEXT, { partials: PARTIALS });
  return { prompts: [closure], suites: [], datasets: [], ...more };
}

async function renamed(files: VariableFamily, from: string, to: string, path: string, text: string): Promise<string> {
  const answer = await renameVariable(files, from, to);
  if ('refusal' in answer) return answer.refusal;
  return applyEdits(text, answer.changes.find((change) => change.path === path)?.edits ?? []);
}

describe('renaming a variable', () => {
  it('changes the template, the schema and the defaults, and nothing of the same name that is something else', async () => {
    expect(await renamed(await family(), 'ticket', 'body', '/w/p.prompt', PROMPT_TEXT)).toBe(`---
input:
  schema:
    body?: string, the ticket
    user(object):
      ticket: string
  default: { body: none }
---
{{#each list}}{{../body}} {{ticket}}{{/each}}{{@root.body}} {{this.body}} {{[body]}} {{body.title}} {{>tone ticket=plan}} {{>note}}`);
  });

  it('changes a partial where it reads the input, and not where the tag gives it another value', async () => {
    expect(await renamed(await family(), 'ticket', 'body', '/w/_note.prompt', PARTIALS.note)).toBe(
      'b {{body}} {{#with x as |ticket|}}{{ticket}}{{/with}}',
    );
    expect(await renamed(await family(), 'ticket', 'body', '/w/_tone.prompt', PARTIALS.tone)).toBe(PARTIALS.tone);
  });

  it.each([
    ['csv', 'id,"ticket",x\n1,ticket,2\n', 'id,"body",x\n1,ticket,2\n'],
    ['tsv', 'ticket\tx\r\na\tb\r\n', 'body\tx\r\na\tb\r\n'],
    [
      'jsonl',
      '{"ticket": "ticket"}\n\n{"x": 1, "ticket" : {"ticket": 1}}\n',
      '{"body": "ticket"}\n\n{"x": 1, "body" : {"ticket": 1}}\n',
    ],
    ['json', '[{"ticket": 1},\n {"a": {"ticket": 2}}]', '[{"body": 1},\n {"a": {"ticket": 2}}]'],
    ['yaml', '- ticket: a # note\n  x: ticket\n- { ticket: b }\n', '- body: a # note\n  x: ticket\n- { body: b }\n'],
  ] as const)('changes the column of a %s file', async (format, text, after) => {
    const files = await family({ datasets: [{ path: '/w/d', text, format }] });
    expect(await renamed(files, 'ticket', 'body', '/w/d', text)).toBe(after);
  });

  it('changes the mapping and the templates of a suite', async () => {
    const text =
      'columns: { vars: { ticket: ticket } }\nmetrics:\n  - equals: "{{vars.ticket}} {{expected.ticket}} {{vars.tickets}}"\n';
    const files = await family({ suites: [{ path: '/w/s', text }] });
    expect(await renamed(files, 'ticket', 'body', '/w/s', text)).toBe(
      'columns: { vars: { body: ticket } }\nmetrics:\n  - equals: "{{vars.body}} {{expected.ticket}} {{vars.tickets}}"\n',
    );
  });

  it.each([
    ['plan', 'There is a variable or a column "plan" already'],
    ['spare', 'There is a variable or a column "spare" already, in d.csv'],
    ['a b', 'is not the name of a variable'],
    ['expected', 'has a meaning of its own'],
    ['__proto__.x', 'is not the name of a variable'],
  ])('refuses %j', async (to, words) => {
    const files = await family({ datasets: [{ path: '/w/d.csv', text: 'ticket,spare\n', format: 'csv' }] });
    const answer = await renameVariable(files, 'ticket', to);
    expect('refusal' in answer && answer.refusal).toContain(words);
  });

  it('lists every place once, the declaration first', async () => {
    const places = await variableOccurrences(await family(), 'ticket');
    expect(places.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'declaration /w/p.prompt',
      'default /w/p.prompt',
      ...Array.from({ length: 5 }, () => 'read /w/p.prompt'),
      'read /w/_note.prompt',
    ]);
  });
});
