import { describe, expect, it } from 'vitest';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { places } from './promptOf.ts';

const TRIAGE = `---
# a comment
name: triage
model: openai/gpt-5-mini
config: { temperature: 0, stop: [END] }
touchstone.suite: ../evals/triage.eval.yaml
input:
  schema:
    ticket: string, what the customer wrote
    product?: string
  default: { product: app }
output:
  format: json
  schema: { category(enum): [billing, bug], urgent: boolean }
tools: [search, { name: refund, inputSchema: {} }]
---
{{role "system"}}
You triage. {{>tone}}
{{role "user"}}
{{ticket}} about {{product}}
`;

describe('front matter', () => {
  it('is read into metadata', () => {
    const { metadata, problems } = parsePrompt(TRIAGE, 'triage.prompt');
    expect(problems).toEqual([]);
    expect(metadata).toMatchObject({
      name: 'triage',
      model: 'openai/gpt-5-mini',
      config: { temperature: 0, stop: ['END'] },
      input: {
        schema: {
          type: 'object',
          properties: {
            ticket: { type: 'string', description: 'what the customer wrote' },
            product: { type: ['string', 'null'] },
          },
          required: ['ticket'],
          additionalProperties: false,
        },
        default: { product: 'app' },
      },
      output: { format: 'json', schema: { properties: { category: { enum: ['billing', 'bug'] } } } },
      tools: ['search'],
      toolDefinitions: [{ name: 'refund', inputSchema: {} }],
      extensions: { touchstone: { suite: '../evals/triage.eval.yaml' } },
    });
  });

  it.each([
    ['model', 'openai/gpt-5-mini'],
    ['config.temperature', '0'],
    ['config.stop.0', 'END'],
    ['touchstone.suite', '../evals/triage.eval.yaml'],
    ['input.schema.ticket', 'string, what the customer wrote'],
    ['input.schema.product?', 'string'],
    ['input.schema.product', 'string'],
    ['output.schema.category', '[billing, bug]'],
  ])('has the range of %s', (path, there) => {
    const range = parsePrompt(TRIAGE, 'triage.prompt').keyRanges.get(path);
    expect(TRIAGE.slice(range?.start.offset, range?.end.offset)).toBe(there);
  });

  it('divides the file', () => {
    const { frontMatterRange, templateRange, template } = parsePrompt(TRIAGE, 'triage.prompt');
    expect([frontMatterRange?.start.line, frontMatterRange?.end.line, frontMatterRange?.end.column]).toEqual([
      0, 15, 3,
    ]);
    expect(templateRange.start).toEqual({ line: 16, column: 0, offset: TRIAGE.indexOf('{{role "system"}}') });
    expect(template).toBe(TRIAGE.slice(templateRange.start.offset, templateRange.end.offset));
    expect(template.endsWith('{{product}}')).toBe(true);
  });

  it('has the same meaning with CRLF, and its problems the same lines', () => {
    const crlf = TRIAGE.replace('{{product}}', '{{nothing}}').replaceAll('\n', '\r\n');
    const document = parsePrompt(crlf, 'triage.prompt');
    expect(document.metadata).toEqual(parsePrompt(TRIAGE, 'triage.prompt').metadata);
    expect(places(document.problems, crlf)).toEqual(['error undeclared-variable 20:20 "nothing"']);
  });

  it('is not there without a rule on the first line', () => {
    const text = '# Title\n\n---\nSome: prose\n---\n{{x}}\n';
    const document = parsePrompt(text, 'a.prompt');
    expect([document.frontMatterRange, document.template, document.problems]).toEqual([null, text, []]);
  });

  it.each([
    ['---\nmodel: x\n', ['error front-matter-unclosed 1:1 "---"']],
    ['\n---\nmodel: x\n---\nhi', ['error front-matter-not-first 2:1 "---"']],
    ['\uFEFF---\nmodel: x\n---\nhi', ['error front-matter-not-first 1:2 "---"']],
    ['---\n---\nhi', ['warning front-matter-empty 1:1 "---\\n---"']],
    ['---\nmodel: x\n---', ['warning front-matter-ends-file 3:1 "---"']],
    ['---\n- a\n---\nhi', ['error front-matter-type 2:1 "- a\\n"']],
    ['---\nmodel: x\nmodel: y\n---\nhi', ['error front-matter-yaml 3:1 "m"']],
    ['---\na: "b\n---\nhi', ['error front-matter-yaml 3:1 "-"']],
    ['---\nmodel：a/b\n---\nhi', ['error front-matter-yaml 2:6 "："']],
    ['---\nmodel：a/b\nconfig: {}\n---\nhi', ['error front-matter-yaml 2:6 "："']],
    ['---\nmodel: a/b\ndescription: "模型：好"\n---\nhi', []],
    ['---\nmodel: 5\n---\nhi', ['error front-matter-type 2:8 "5"']],
    ['---\nmodel:\n  - a\n---\nhi', ['error front-matter-type 3:3 "- a\\n"']],
    ['---\nconfig: hot\ntools: {}\n---\nhi', ['error front-matter-type 2:9 "hot"', 'error front-matter-type 3:8 "{}"']],
    ['---\nmodell: x\n---\nhi', ['warning unknown-key 2:1 "modell"']],
    ['---\ninput:\n  schema: { a: strng }\n---\n{{a}}', ['error unknown-schema 3:16 "strng"']],
    ['---\ninput:\n  schema: { a: 5 }\n---\n{{a}}', ['error invalid-schema 3:16 "5"']],
  ])('%j', (text, expected) => {
    const { problems } = parsePrompt(text, 'a.prompt');
    expect(places(problems, text)).toEqual(expected);
  });
});

describe('a template', () => {
  it.each([
    ['{{#if a}}\n{{#each b}}\n{{/if}}', 'error unbalanced-block 2:1 "{{#each b}}"'],
    ['x\n{{#if a}}\ny', 'error unbalanced-block 2:1 "{{#if a}}"'],
    ['{{#if a}}{{else}}{{#with b}}{{/with}}', 'error unbalanced-block 1:1 "{{#if a}}"'],
    ['x {{/if}} y', 'error unbalanced-block 1:3 "{{/if}}"'],
    ['{{#if a}}{{/section}}{{/if}}', 'error unbalanced-block 1:10 "{{/section}}"'],
    ['{{#>a}}', 'error unbalanced-block 1:1 "{{#>a}}"'],
    ['x {{a y', 'error template-syntax 1:3 "{{a y"'],
    ['x {{a b=}} y', 'error template-syntax 1:3 "{{a b=}}"'],
    ['x {{"a}}\n', 'error template-syntax 1:3 "{{\\""'],
    ['{{a/../b}}', 'error template-syntax 1:3 "a/../b"'],
    ['{{role "sytem"}}', 'error unknown-role 1:8 "\\"sytem\\""'],
    ['{{role "assistant"}}', 'error unknown-role 1:8 "\\"assistant\\""'],
    ['{{role 1}}', 'error unknown-role 1:8 "1"'],
    ['{{upper a}}', 'error unknown-helper 1:3 "upper"'],
    ['{{#repeat 3}}{{/repeat}}', 'error unknown-helper 1:4 "repeat"'],
    ['{{#if (gt a 1)}}{{/if}}', 'error unknown-helper 1:8 "gt"'],
    ['{{a.json b}}', 'error unknown-helper 1:3 "a.json"'],
    ['{{if a}}', 'error wrong-arguments 1:3 "if"'],
    ['{{#if}}{{/if}}', 'error wrong-arguments 1:4 "if"'],
    ['{{#each a b}}{{/each}}', 'error wrong-arguments 1:4 "each"'],
    ['{{#role "user"}}lost{{/role}}', 'error wrong-arguments 1:4 "role"'],
    ['{{json}}', 'error wrong-arguments 1:3 "json"'],
    ['{{json (history)}}', 'error wrong-arguments 1:9 "history"'],
    ['{{media}}', 'error wrong-arguments 1:3 "media"'],
    ['{{media url=a mime="b"}}', 'warning unknown-option 1:15 "mime=\\"b\\""'],
    ['{{section "two words"}}', 'error section-name 1:11 "\\"two words\\""'],
    ['{{#if a as |x|}}{{/if}}', 'error unexpected-block-parameters 1:4 "if"'],
    ['{{#a as |x|}}{{/a}}', 'error unexpected-block-parameters 1:4 "a"'],
    ['{{> (lookup a "b")}}', 'error dynamic-partial 1:5 "(lookup a \\"b\\")"'],
    ['{{> a b c}}', 'error wrong-arguments 1:5 "a"'],
    ['{{* a}}', 'error unknown-decorator 1:1 "{{* a}}"'],
    ['{{@metadata.prompt.model}}', 'error unknown-data 1:3 "@metadata.prompt.model"'],
    ['a <<<dotprompt:role:system>>> b', 'warning marker-in-text 1:1 "a <<<dotprompt:role:system>>> b"'],
  ])('%j has a problem', (text, expected) => {
    expect(places(parsePrompt(text, 'a.prompt').problems, text)).toEqual([expected]);
    const heading = '---\nmodel: x\n---\n\n  ';
    const shifted = parsePrompt(heading + text, 'a.prompt').problems;
    expect(shifted.map(({ range }) => range.start.offset)).toEqual(
      parsePrompt(text.trimEnd(), 'a.prompt').problems.map(({ range }) => range.start.offset + heading.length),
    );
  });

  it.each<[string, readonly string[]]>([
    ['{{a}} {{b.c}} {{{d}}} {{&e}}', ['a', 'b.c', 'd', 'e']],
    ['{{#if a}}{{b}}{{else if c}}{{d}}{{/if}}', ['a', 'b', 'c', 'd']],
    ['{{#each a}}{{b}}{{this.c}}{{@index}}{{../d}}{{@root.e.f}}{{/each}}', ['a', 'd', 'e.f']],
    ['{{#each a as |x i|}}{{x.y}}{{i}}{{../x}}{{else}}{{z}}{{/each}}', ['a', 'x', 'z']],
    ['{{#with a}}{{b}}{{#if c}}{{../d}}{{/if}}{{/with}}', ['a', 'd']],
    ['{{#with this}}{{b}}{{/with}}{{#with @root}}{{c}}{{/with}}', ['b', 'c']],
    ['{{#a}}{{b}}{{/a}}{{^c}}{{d}}{{/c}}', ['a', 'c', 'd']],
    ['{{json (lookup a b) indent=c}}', ['a', 'b', 'c']],
    ['{{>p a b=c}}{{#>q}}{{d}}{{/q}}{{#>q e=1}}{{e}}{{f}}{{/q}}', ['a', 'c', 'd', 'f']],
    ['{{#*inline "x"}}{{a}}{{/inline}}{{>x}}', []],
    ['{{this}} {{json this}} {{@state.x}} {{history}} {{"text"}}', ['text']],
    ['\\{{a}} {{!b}} {{!-- {{c}} --}} {{{{raw}}}}{{d}}{{{{/raw}}}}', ['raw']],
  ])('%j reads %j', (text, expected) => {
    const { variables } = parsePrompt(text, 'a.prompt');
    expect(variables.map(({ path }) => path)).toEqual(expected);
    for (const { name, range } of variables) {
      expect(text.slice(range.start.offset, range.end.offset)).toContain(name);
    }
  });

  it('points at its variables behind separators that JavaScript counts as line ends', () => {
    const text = 'one\u2028two\r\nthree\u2029 {{name}}';
    const [variable] = parsePrompt(text, 'a.prompt').variables;
    expect(text.slice(variable?.range.start.offset, variable?.range.end.offset)).toBe('name');
  });
});

describe('undeclared variables', () => {
  const schema = (input: string) =>
    `---\ninput:\n${input}\n---\n{{a}}{{b}}{{#each list}}{{b}}{{/each}}{{#with a as |b|}}{{b}}{{/with}}`;
  it.each<[string, readonly string[]]>([
    ['  schema: { a: string, list(array): string }', ['error']],
    ['  schema: { a: string, list(array): string }\n  default: { b: 1 }', []],
    ['  schema: { a: string, list(array): string, (*): any }', []],
    ['  schema: { type: object, properties: { a: {}, list: {} } }', ['warning']],
    ['  schema: { type: object, properties: { a: {}, list: {} }, additionalProperties: false }', ['error']],
    ['  schema: { type: object, properties: { a: {} }, anyOf: [] }', []],
    ['  schema: string', []],
    ['  default: { a: 1 }', []],
  ])('with %j', (input, severities) => {
    const text = schema(input);
    const found = parsePrompt(text, 'a.prompt').problems.filter(({ code }) => code === 'undeclared-variable');
    expect(found.map(({ severity }) => severity)).toEqual(severities);
    for (const { range } of found) expect(range.start.offset).toBe(text.indexOf('{{b}}') + 2);
  });
});
