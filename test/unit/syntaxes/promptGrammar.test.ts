import fs from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IGrammar } from 'vscode-textmate';
import { PROMPTS_FOLDER, sharedFiles } from '../engine/prompt/sharedData.ts';
import { promptGrammar, scopeOf, tokensOf } from './tokenize.ts';

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await promptGrammar();
});

/** What stands in a tag, and the innermost scope of each of its tokens. */
const TAGS: readonly (readonly [text: string, expected: { readonly [token: string]: string }])[] = [
  ['{{name}}', { '{{': 'punctuation.definition.tag.begin.handlebars', name: 'variable.other.handlebars' }],
  ['{{~ user.name ~}}', { user: 'variable.other.handlebars', '~}}': 'punctuation.definition.tag.end.handlebars' }],
  ['{{{html}}}', { '{{{': 'punctuation.definition.tag.begin.handlebars', html: 'variable.other.handlebars' }],
  ['{{#if plan}}', { if: 'keyword.control.handlebars', '#': 'keyword.operator.block.handlebars' }],
  ['{{#if plan}}a{{else if paid}}b{{else}}c{{/if}}', { else: 'keyword.control.handlebars' }],
  [
    '{{#each items as |item index|}}',
    { as: 'keyword.control.handlebars', 'item index': 'variable.parameter.handlebars' },
  ],
  ['{{^rows}}', { '^': 'keyword.operator.block.handlebars' }],
  ['{{/each}}', { each: 'keyword.control.handlebars' }],
  ['{{#list items}}', { list: 'entity.name.function.helper.handlebars' }],
  ['{{> tone polite=true}}', { tone: 'entity.name.section.partial.handlebars', true: 'constant.language.handlebars' }],
  ['{{#> layout}}', { layout: 'entity.name.section.partial.handlebars' }],
  ['{{#*inline "part"}}', { inline: 'keyword.control.handlebars' }],
  ['{{role "system"}}', { role: 'keyword.other.role.prompt', system: 'constant.language.role.prompt' }],
  ['{{role "robot"}}', { robot: 'invalid.illegal.role.prompt' }],
  ['{{roles}}', { roles: 'variable.other.handlebars' }],
  ['{{history}}', { history: 'keyword.other.structure.prompt' }],
  ['{{media url=photo}}', { media: 'keyword.other.structure.prompt', url: 'entity.other.attribute-name.handlebars' }],
  ['{{section "code"}}', { section: 'keyword.other.structure.prompt' }],
  ['{{json value indent=2}}', { json: 'support.function.helper.handlebars', 2: 'constant.numeric.handlebars' }],
  ['{{lookup (lookup a b) c}}', { '(': 'punctuation.section.parens.begin.handlebars' }],
  ['{{@root.name}} {{this}}', { '@root': 'variable.language.handlebars', this: 'variable.language.handlebars' }],
  ['{{! note }}', { note: 'comment.block.handlebars' }],
  ['{{!-- a }} b --}}', { 'a }} b': 'comment.block.handlebars' }],
  ['\\{{name}}', { '\\': 'constant.character.escape.handlebars' }],
];

describe('the grammar', () => {
  it.each(TAGS)('%s', (text, expected) => {
    const tokens = tokensOf(grammar, text);
    const found = Object.fromEntries(Object.keys(expected).map((token) => [token, scopeOf(tokens, token)]));
    expect(found, tokens.join('\n')).toEqual(expected);
  });

  it('reads front matter as YAML, and stops at its end whatever YAML is in the middle of', () => {
    const tokens = tokensOf(grammar, '---\nmodel: a/b # note {{x}}\ndescription: |\n  text\n---\nDear {{who}}');
    expect(scopeOf(tokens, 'model')).toBe('entity.name.tag.yaml');
    expect(scopeOf(tokens, '# note {{x}}')).toBe('comment.line.yaml');
    expect(scopeOf(tokens, 'text')).toBe('string.unquoted.block.yaml');
    expect(tokens.at(-2)).toBe('who  meta.paragraph.markdown meta.tag.handlebars variable.other.handlebars');
  });

  it('takes a rule further down for Markdown', () => {
    const tokens = tokensOf(grammar, 'Hello\n---\nmodel: x\n---');
    expect(tokens.filter((token) => token.includes('yaml'))).toEqual([]);
  });

  it('sees tags in Markdown and in fenced JSON, and goes on with both behind them', () => {
    const text = '# Title {{a}}\nSome **bold {{b}} words**.\n```json\n{"k": "{{c}}"}\n```\nplain';
    const tokens = tokensOf(grammar, text);
    for (const name of ['a', 'b', 'c']) expect(scopeOf(tokens, name), name).toBe('variable.other.handlebars');
    expect(scopeOf(tokens, 'words')).toBe('markup.bold.markdown');
    expect(tokens.find((token) => token.startsWith('c '))).toContain('markup.fenced_code.json.markdown');
    expect(tokens.at(-1)).toBe('plain  meta.paragraph.markdown');
  });

  it('ends a tag over two lines where it ends', () => {
    const tokens = tokensOf(grammar, '{{#if a\nb}} c {{d}}');
    expect(scopeOf(tokens, 'b')).toBe('variable.other.handlebars');
    expect(tokens.find((token) => token.startsWith('c '))).toBe('c  ');
  });
});

const SAMPLE = 'media/sample/prompts/triage.prompt';

it('the sample prompt, token by token', () => {
  const tokens = tokensOf(grammar, fs.readFileSync(SAMPLE, 'utf8'));
  expect(tokens.filter((token) => token.includes('handlebars') || token.includes('role'))).toMatchInlineSnapshot(`
    [
      "{{  meta.tag.handlebars meta.role.prompt punctuation.definition.tag.begin.handlebars",
      "role  meta.tag.handlebars meta.role.prompt keyword.other.role.prompt",
      ""  meta.tag.handlebars meta.role.prompt punctuation.definition.string.begin.handlebars",
      "system  meta.tag.handlebars meta.role.prompt constant.language.role.prompt",
      ""  meta.tag.handlebars meta.role.prompt punctuation.definition.string.end.handlebars",
      "}}  meta.tag.handlebars meta.role.prompt punctuation.definition.tag.end.handlebars",
      "{{  meta.tag.handlebars punctuation.definition.tag.begin.handlebars",
      ">  meta.tag.handlebars keyword.operator.partial.handlebars",
      "tone  meta.tag.handlebars entity.name.section.partial.handlebars",
      "}}  meta.tag.handlebars punctuation.definition.tag.end.handlebars",
      "{{  meta.tag.handlebars meta.role.prompt punctuation.definition.tag.begin.handlebars",
      "role  meta.tag.handlebars meta.role.prompt keyword.other.role.prompt",
      ""  meta.tag.handlebars meta.role.prompt punctuation.definition.string.begin.handlebars",
      "user  meta.tag.handlebars meta.role.prompt constant.language.role.prompt",
      ""  meta.tag.handlebars meta.role.prompt punctuation.definition.string.end.handlebars",
      "}}  meta.tag.handlebars meta.role.prompt punctuation.definition.tag.end.handlebars",
      "{{  meta.paragraph.markdown meta.tag.handlebars punctuation.definition.tag.begin.handlebars",
      "plan  meta.paragraph.markdown meta.tag.handlebars variable.other.handlebars",
      "}}  meta.paragraph.markdown meta.tag.handlebars punctuation.definition.tag.end.handlebars",
      "{{  meta.tag.handlebars punctuation.definition.tag.begin.handlebars",
      "ticket  meta.tag.handlebars variable.other.handlebars",
      "}}  meta.tag.handlebars punctuation.definition.tag.end.handlebars",
    ]
  `);
});

const files = sharedFiles(PROMPTS_FOLDER);

it.skipIf(files.length === 0)('real files: every tag is a tag, and no text after a tag is', () => {
  const rows = files.map(({ name, text }) => {
    const tokens = tokensOf(grammar, text);
    const count = (scope: string) => tokens.filter((token) => token.endsWith(scope)).length;
    const begins = count('punctuation.definition.tag.begin.handlebars');
    const ends = count('punctuation.definition.tag.end.handlebars');
    const numbers = [begins, ends, count('.role.prompt'), count('keyword.control.handlebars')];
    return `${name.slice(10, 12)} ${numbers.join(' ')}${tokens.some((token) => token.includes('yaml')) ? ' yaml' : ''}`;
  });
  expect(rows).toMatchInlineSnapshot(`
    [
      "01 10 10 0 3 yaml",
      "02 1 1 0 0",
      "03 2 2 0 1",
      "04 14 14 8 2",
      "05 3 3 0 0 yaml",
      "06 1 1 0 0 yaml",
      "07 3 3 4 0 yaml",
      "08 11 11 4 5",
      "09 4 4 4 0",
      "10 10 10 6 4",
      "11 40 40 7 18",
      "12 8 8 6 2",
      "13 28 28 4 19",
      "14 10 10 4 2",
      "15 1 1 0 0 yaml",
      "16 13 13 4 6 yaml",
      "17 0 0 0 0 yaml",
      "18 1 1 0 0 yaml",
      "19 3 3 4 0 yaml",
      "20 6 6 0 4 yaml",
      "21 7 7 0 4 yaml",
      "22 0 0 0 0 yaml",
      "23 1 1 0 0 yaml",
      "24 3 3 4 0 yaml",
      "25 0 0 0 0 yaml",
      "26 3 3 2 0 yaml",
      "27 1 1 0 0 yaml",
      "28 1 1 0 0 yaml",
      "29 0 0 0 0 yaml",
      "30 2 2 2 0 yaml",
      "31 5 5 4 0 yaml",
      "32 4 4 4 0 yaml",
      "33 4 4 4 0 yaml",
      "34 0 0 0 0 yaml",
      "35 0 0 0 0",
      "36 1 1 0 0 yaml",
      "37 1 1 0 0 yaml",
      "38 3 3 0 0 yaml",
      "39 2 2 0 0 yaml",
      "40 2 2 2 0",
      "41 0 0 0 0 yaml",
      "42 0 0 0 0 yaml",
      "43 0 0 0 0 yaml",
      "44 6 6 4 3",
      "45 4 4 0 2 yaml",
    ]
  `);
});
