import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../../../src/engine/problem.ts';
import { inputProblems } from '../../../../src/engine/prompt/inputProblems.ts';
import { declaredVariables, inputVariables } from '../../../../src/engine/prompt/inputVariables.ts';
import { loadClosure } from '../../../../src/engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { closureOf } from './promptOf.ts';

const located = async (text: string, partials: { readonly [name: string]: string }) => {
  const { problems } = await closureOf(text, partials);
  return problems.map((problem) => formatProblem(problem).replace(/: .* \(([\w-]+)\)$/, ' $1'));
};

describe('the closure of a prompt', () => {
  it('reads every partial once', async () => {
    const asked: string[] = [];
    const closure = await loadClosure(parsePrompt('{{>a}}{{>b}}{{>a}}', 'main.prompt'), async (name) => {
      asked.push(name);
      return { path: `_${name}.prompt`, text: name === 'a' ? '{{>b}}{{>c}}' : name };
    });
    expect(asked).toEqual(['a', 'b', 'c']);
    expect([...closure.partials.keys()]).toEqual(['a', 'b', 'c']);
    expect(closure.problems).toEqual([]);
  });

  it.each<[string, string, { [name: string]: string }, readonly string[]]>([
    ['a missing partial', 'x\n {{>a}}', {}, ['main.prompt:2:5 missing-partial']],
    ['one missing in a partial', '{{>a}}', { a: '{{>b}}' }, ['_a.prompt:1:4 missing-partial']],
    ['one with a content of its own', '{{#>a}}x{{/a}}', {}, []],
    ['one that the caller defines', '{{#*inline "b"}}x{{/inline}}{{>a}}', { a: '{{>b}}' }, []],
    ['itself', '{{>a}}', { a: 'x {{>a}}' }, ['_a.prompt:1:6 partial-cycle']],
    ['a circle', '{{>a}}', { a: '{{>b}}', b: '\n{{>c}}', c: '{{>a}}' }, ['_c.prompt:1:4 partial-cycle']],
    ['a diamond', '{{>a}}{{>b}}', { a: '{{>c}}', b: '{{>c}}', c: 'x' }, []],
    ['a broken partial', '{{>a}}', { a: '{{#if x}}' }, ['_a.prompt:1:1 unbalanced-block']],
    [
      'a partial with front matter',
      '{{>a}}',
      { a: '---\nmodel: x\n---\nx' },
      ['_a.prompt:1:1 front-matter-in-partial'],
    ],
  ])('%s', async (_, text, partials, expected) => {
    expect(await located(text, partials)).toEqual(expected);
  });

  const SCHEMA = '---\ninput: { schema: { a: string } }\n---\n';
  it.each<[string, readonly string[]]>([
    ['{{a}}{{>p}}', ['_p.prompt:1:3 undeclared-variable']],
    ['{{a}}{{>p b=a}}', []],
    ['{{a}}{{#>outer}}{{/outer}}', ['_p.prompt:1:3 undeclared-variable']],
    ['{{a}}{{>p a}}', []],
    ['{{#each a}}{{>p}}{{/each}}', []],
    ['{{a}}{{>root}}', ['_root.prompt:1:3 undeclared-variable']],
    ['{{#each a}}{{>root}}{{/each}}', ['_root.prompt:1:3 undeclared-variable']],
  ])('undeclared variables of partials in %j', async (template, expected) => {
    expect(await located(SCHEMA + template, { p: '{{b}}', outer: '{{>p}}', root: '{{@root.c}}' })).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['{{b}}', ['main.prompt:2:23 unused-variable']],
    ['{{b}}{{>p}}', []],
    ['{{b}}{{json this}}', []],
  ])('unused variables in %j', async (template, expected) => {
    const text = `---\ninput: { schema: { a: string, b: string } }\n---\n${template}`;
    expect(await located(text, { p: '{{a}}' })).toEqual(expected);
  });
});

describe('the input of a prompt', () => {
  it('is what its files read', async () => {
    const closure = await closureOf('{{a}}{{>p b=1}}', { p: '{{b}}{{c.d}}' });
    expect(inputVariables(closure).map(({ file, path, range }) => [file, path, range.start.column])).toEqual([
      ['main.prompt', 'a', 2],
      ['_p.prompt', 'c.d', 7],
    ]);
  });

  it.each<[string, readonly string[] | null]>([
    ['input: { schema: { a: string, b?: string }, default: { c: 1, a: x } }', ['a', 'b', 'c']],
    ['input: { default: { c: 1 } }', null],
  ])('declared by %j is %j', (front, names) => {
    expect(declaredVariables(parsePrompt(`---\n${front}\n---\nx`, 'a.prompt').metadata)).toEqual(names);
  });

  it('is checked with its defaults, at the schema', async () => {
    const text = '---\ninput:\n  schema: { a: integer, b: string }\n  default: { b: x }\n---\n{{a}}{{b}}';
    const seen: unknown[] = [];
    const problems = inputProblems(await closureOf(text), { a: 'one' }, (value) => {
      seen.push(value);
      return [{ path: '/a', message: 'must be integer' }];
    });
    expect(seen).toEqual([{ a: 'one', b: 'x' }]);
    expect(problems).toMatchObject([{ code: 'invalid-input', range: { start: { line: 2, column: 15 } } }]);
  });
});
