import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../../../src/engine/problem.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { promptVersion } from '../../../../src/engine/prompt/promptVersion.ts';
import { renderPrompt } from '../../../../src/engine/prompt/renderPrompt.ts';
import { closureOf, places } from './promptOf.ts';
import { PROMPTS_FOLDER, sharedFiles } from './sharedData.ts';

const files = sharedFiles(PROMPTS_FOLDER);

const NOT_FIRST = 'error front-matter-not-first 17:1 "---"';

/** Files outside the strict profile, by number: every error, where it stands, and what stands there. */
const REFUSED: { readonly [number: string]: readonly string[] } = {
  '01': ['error template-syntax 26:1 "{{#if detailed"'],
  '02': [NOT_FIRST],
  '03': [NOT_FIRST, 'error unbalanced-block 24:1 "{{/if}}"'],
  '04': [
    NOT_FIRST,
    'error invalid-schema 23:13 "string"',
    'error invalid-schema 26:16 "string"',
    'error invalid-schema 27:16 "string"',
    'error invalid-schema 28:17 "string"',
  ],
  '05': ['error undeclared-variable 11:19 "email"', 'error undeclared-variable 12:17 "age"'],
  '08': [NOT_FIRST, 'error front-matter-yaml 31:22 "|"', 'error front-matter-yaml 32:1 ""'],
  '09': [NOT_FIRST],
  '10': [NOT_FIRST, 'error unbalanced-block 58:1 "{{/section}}"'],
  '11': [NOT_FIRST, 'error front-matter-yaml 33:63 "["', 'error unbalanced-block 131:1 "{{/section}}"'],
  '12': [NOT_FIRST],
  '13': [
    NOT_FIRST,
    'error unknown-schema 22:12 "string[]"',
    'error unknown-helper 49:5 "add"',
    'error unknown-helper 71:12 "gt"',
  ],
  '14': [
    NOT_FIRST,
    'error front-matter-yaml 23:65 "["',
    'error unknown-helper 49:15 "calculateSubtotal"',
    'error missing-partial 44:5 "productLine"',
    'error missing-partial 48:5 "orderFooter"',
  ],
  '16': ['error unknown-schema 7:11 "RecipeRequest"', 'error unknown-schema 10:11 "Recipe"'],
  '20': ['error unknown-schema 8:11 "Recipe"'],
  '25': ['error unknown-schema 4:11 "badSchemaRef1"', 'error unknown-schema 6:11 "badSchemaRef2"'],
  '28': ['error unknown-schema 4:11 "myInputSchema"', 'error unknown-schema 6:11 "myOutputSchema"'],
  '45': ['error unknown-schema 8:11 "Recipe"', 'error unknown-helper 17:3 "list"'],
};

describe.skipIf(files.length === 0)('real prompt files', () => {
  it('are all there', () => expect(files).toHaveLength(45));

  it.each(files.map((file) => ({ ...file, number: file.name.slice(10, 12) })))(
    '$name renders, or is refused at the right place',
    async ({ text, number }) => {
      const closure = await closureOf(text);
      const errors = closure.problems.filter(({ severity }) => severity === 'error');
      expect(places(errors, text)).toEqual(REFUSED[number] ?? []);
      const result = renderPrompt(closure, {
        vars: { imageUrl: 'data:,', videoUrl: 'data:,', contentType: 'video/mp4' },
      });
      // Number 22 is a front matter and nothing else.
      expect(result.messages.length > 0).toBe(errors.length === 0 && number !== '22');
      expect(hasErrors(result.problems)).toBe(errors.length > 0);
    },
  );

  it('point at what they name', () => {
    for (const { text } of files) {
      const { variables, partials } = parsePrompt(text, 'a.prompt');
      for (const { range, name } of [...variables, ...partials]) {
        expect(text.slice(range.start.offset, range.end.offset)).toContain(name);
        const line = text.split('\n')[range.start.line] ?? '';
        expect(line.slice(range.start.column)).toContain(name);
      }
    }
  });

  it('are parsed without an exception up to every character', () => {
    for (const { text } of files.filter(({ name }) => /-(?:01|14|26)__/.test(name))) {
      for (let end = 0; end <= text.length; end++) parseAndCheck(text.slice(0, end));
    }
  });

  it('are parsed without an exception with anything cut out or put in', async () => {
    const inserts = fc.constantFrom(
      '',
      '{{',
      '}}',
      '{{/if}}',
      '{{#if',
      '---\n',
      '\u0000',
      '\u2028',
      '"',
      '&a [*a]',
      '{{{{x}}}}',
      '\\',
    );
    await fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(4000), fc.nat(300), inserts, ({ text }, at, length, inserted) => {
        parseAndCheck(text.slice(0, at) + inserted + text.slice(at + length));
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text', () => {
  it('is parsed without an exception', () => {
    const words = fc.constantFrom(
      ...[
        '{{',
        '}}',
        '{{#',
        '{{/',
        '{{else}}',
        '{{>',
        '{{!--',
        '--}}',
        '{{{{',
        '}}}}',
        '~',
        '(',
        ')',
        '|',
        ' as ',
        '@',
        '../',
      ],
      ...[
        '---\n',
        'model: x\n',
        'input:\n',
        '  schema:\n',
        '    a?(enum, b): [c]\n',
        '? ',
        '- ',
        '!!',
        '*',
        '&',
        '%',
        '\t',
        '\n',
      ],
      ...['if', 'each', 'role', '"system"', 'a.b', '[', ']', '=', '\u0000', '\u2028', '\r', '\\', '🙂', '\ud800'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (text) => {
          parseAndCheck(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['blocks', '{{#if a}}'.repeat(5000) + '{{/if}}'.repeat(5000)],
    ['unclosed blocks', '{{#if a}}'.repeat(5000)],
    ['parentheses', `{{json ${'(lookup '.repeat(5000)}a${' "b")'.repeat(5000)}}}`],
    ['YAML lists', `---\ninput: ${'['.repeat(5000)}\n---\n`],
    ['a YAML value that holds itself', '---\nconfig: &a\n  b: *a\n---\n'],
    [
      'aliases of aliases',
      `---\na: &a [x]\n${'bcdefghij'.replace(/./g, (c, i) => `${c}: &${c} [${`*${'abcdefghij'[i]},`.repeat(9)}]\n`)}---\n`,
    ],
  ])('of %s without end is refused', (_, text) => {
    expect(hasErrors(parseAndCheck(text).problems)).toBe(true);
  });
});

function parseAndCheck(text: string): ReturnType<typeof parsePrompt> {
  const document = parsePrompt(text, 'a.prompt');
  for (const { range } of [...document.problems, ...document.variables]) {
    expect(range.start.offset).toBeGreaterThanOrEqual(0);
    expect(range.end.offset).toBeGreaterThanOrEqual(range.start.offset);
    expect(range.end.offset).toBeLessThanOrEqual(text.length);
  }
  const version = promptVersion({ document, partials: new Map(), problems: [] });
  expect(version).toMatch(/^[0-9a-f]{64}$/);
  return document;
}
