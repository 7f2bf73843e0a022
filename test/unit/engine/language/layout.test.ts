import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrompt } from '../../../../src/engine/language/formatPrompt.ts';
import { promptFolds } from '../../../../src/engine/language/promptFolding.ts';
import { type DocumentSymbol, promptSymbols } from '../../../../src/engine/language/promptSymbols.ts';
import { suiteSymbols } from '../../../../src/engine/language/suiteSymbols.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { promptVersion } from '../../../../src/engine/prompt/promptVersion.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { PROMPTS_FOLDER, sharedFiles } from '../prompt/sharedData.ts';

const TEXT = `---
model: ollama/a
input:
  schema:
    ticket: string
---
{{role "system"}}
You help.
{{#if ticket}}
Yes.
{{/if}}
{{role "user"}}
{{ticket}}
`;

const outline = (symbols: readonly DocumentSymbol[], indent = ''): string[] =>
  symbols.flatMap(({ name, detail, kind, children }) => [
    `${indent}${kind} ${name}${detail ? ` = ${detail}` : ''}`,
    ...outline(children, `${indent}  `),
  ]);

describe('the outline', () => {
  it('of a prompt', () => {
    expect(outline(promptSymbols(parsePrompt(TEXT, 'p')))).toEqual([
      'key model = ollama/a',
      'key input',
      '  variable ticket = string',
      'message system = You help.',
      'message user = {{ticket}}',
    ]);
  });
  it('of a prompt without roles, and of one that does not parse', () => {
    expect(outline(promptSymbols(parsePrompt('Hello {{name', 'p')))).toEqual(['message user = Hello {{name']);
  });
  it('of a suite', () => {
    expect(outline(suiteSymbols('data: d.csv\nmetrics:\n  - equals\n  - bleu: { expected: x }\n'))).toEqual([
      'key data = d.csv',
      'key metrics',
      '  metric equals',
      '  metric bleu',
    ]);
  });
});

it('folds the front matter, its mappings, the messages and the blocks', () => {
  expect(promptFolds(parsePrompt(TEXT, 'p')).map(({ start, end }) => `${start}-${end}`)).toEqual([
    '0-5',
    '2-4',
    '3-4',
    '6-10',
    '8-9',
    '11-12',
  ]);
});

const formatted = (text: string): string => applyEdits(text, formatPrompt(parsePrompt(text, 'p')));

describe('formatting', () => {
  it.each([
    [
      '---\n# why\nmodel:   a/b   # note\nconfig: {temperature: 0}\n---\nHi\n',
      '---\n# why\nmodel: a/b # note\nconfig: { temperature: 0 }\n---\nHi\n',
    ],
    ['---\r\nmodel:  a/b\r\n---\r\nHi\r\n', '---\r\nmodel: a/b\r\n---\r\nHi\r\n'],
    [
      '---\ndescription: |\n  a  b\n\n  c\ntools: [ x,y ]\n---\nHi',
      '---\ndescription: |\n  a  b\n\n  c\ntools: [ x, y ]\n---\nHi\n',
    ],
    ['---\nmodel: a/b\n---\n  Hi   \n\n there \n\n\n', '---\nmodel: a/b\n---\n  Hi   \n\n there\n'],
    ['---\nmodel: [a\n---\nHi', '---\nmodel: [a\n---\nHi'],
    ['  Hi   \n\n', '  Hi   \n\n'],
  ])('%j', (text, after) => {
    expect(formatted(text)).toBe(after);
    expect(formatted(after)).toBe(after);
  });

  const version = (text: string) =>
    promptVersion({ document: parsePrompt(text, 'p'), partials: new Map(), problems: [] });

  it('never changes the version, and is the same a second time', () => {
    const key = fc.constantFrom('model', 'config', 'input', 'output', 'description', 'x.y', 'tools');
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '|\n  a\n\n   b\n',
        '>-\n  a\n  b',
        '[ 1,2 ]',
        '{a:  1}',
        '{ schema: {a: "string,  b"} }',
        "'x' # c",
        '1e3',
        '0x1F',
        'yes',
        '&a b',
        '"a\\n  b"',
        '\n  schema:\n     t?:  string,   x',
        '1.10',
      ),
    );
    const line = fc.tuple(key, fc.constantFrom(': ', ':   '), value).map((parts) => parts.join(''));
    const yaml = fc.array(fc.oneof(line, fc.constantFrom('', '# note', '  # far')), { maxLength: 6 });
    fc.assert(
      fc.property(yaml, fc.string(), fc.constantFrom('\n', '\r\n'), (lines, body, eol) => {
        const text = `---\n${lines.join('\n')}\n---\n${body}`.replace(/\r?\n/g, eol);
        const once = formatted(text);
        expect(version(once)).toBe(version(text));
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  const files = sharedFiles(PROMPTS_FOLDER);
  it.skipIf(files.length === 0)('nor that of a real file', () => {
    for (const { text, name } of files) expect(version(formatted(text)), name).toBe(version(text));
  });
});
