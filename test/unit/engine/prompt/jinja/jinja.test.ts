import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../src/engine/json.ts';
import { parseJinjaFile } from '../../../../../src/engine/prompt/formats/parseJinjaFile.ts';
import { interpretJinja } from '../../../../../src/engine/prompt/jinja/interpretJinja.ts';
import table from './jinjaTable.json' with { type: 'json' };

/** The text of a template, or the message of what is wrong with it. */
function renderedText(template: string, vars: JsonObject): string {
  const document = parseJinjaFile(template, 'a.j2');
  const [problem] = document.problems.filter(({ severity }) => severity === 'error');
  if (problem) throw new Error(problem.message);
  if (document.program?.language !== 'jinja') throw new Error('It was not read.');
  const pieces = interpretJinja(document.program.tree, { vars, document, files: new Map(), rich: new Map() });
  return pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
}

// What Jinja2 3.1.6 makes of the same templates, with its default settings.
describe('a Jinja2 template', () => {
  it.each(table.cases as [string, string][])('%j', (template, expected) => {
    expect(renderedText(template, table.data as JsonObject)).toBe(expected);
  });

  it.each(table.errors)('%j fails as it does in Jinja2', (template) => {
    expect(() => renderedText(template, table.data as JsonObject)).toThrow();
  });
});

describe('Jinja2 that is not supported', () => {
  it.each([
    ['{% extends "a" %}', '{% extends %} is not supported', 'extends'],
    ['{% block x %}{% endblock %}', '{% block %} is not supported', 'block'],
    ['{% for a in b recursive %}{% endfor %}', 'A recursive loop is not supported', 'recursive'],
    ['{{ x|forceescape }}', 'There is no filter "forceescape"', 'forceescape'],
    ['{{ joiner(",") }}', 'There is no function or macro "joiner"', 'joiner'],
    ['{{ x.append(1) }}', 'There is no method "append"', 'append'],
    ['{{ x.__class__() }}', 'There is no method "__class__"', '__class__'],
    ['{% include x %}', 'A file whose name is computed', 'x'],
    ['{{ x.format(1) }}', 'There is no method "format"', 'format'],
  ])('%j is refused at its place', (template, message, there) => {
    const { problems } = parseJinjaFile(template, 'a.j2');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(template.slice(problems[0]?.range.start.offset, problems[0]?.range.end.offset)).toBe(there);
  });
});

describe('data in a Jinja2 template', () => {
  it.each([
    '{{ x.constructor }}',
    '{{ x.__proto__ }}',
    '{{ x["constructor"] }}',
    '{{ x["__proto__"] }}',
    '{{ x.toString }}',
    '{{ "a".constructor }}',
    '{{ "a".length }}',
    '{{ [1].length }}',
    '{{ [1].map }}',
    '{{ x|map(attribute="constructor")|join }}',
    '{{ constructor }}{{ __proto__ }}{{ toString }}',
  ])('%j reads nothing of a prototype', (template) => expect(renderedText(template, { x: { a: 1 } })).toBe(''));

  it('keeps members that are named like those of a prototype', () => {
    const x = JSON.parse('{"__proto__": 1, "constructor": 2}') as JsonObject;
    expect(renderedText('{{ x["__proto__"] }}{{ x.constructor }}{% for k in x %} {{ k }}{% endfor %}', { x })).toBe(
      '12 __proto__ constructor',
    );
  });

  it.each([
    ['a loop in loops', '{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}'],
    ['a macro that calls itself', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'],
    [
      'a text that doubles',
      '{% set n = namespace(s="aaaaaaaaaa") %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}',
    ],
    [
      'a list that doubles',
      '{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}',
    ],
    ['a text that is repeated', '{{ "aaaaaaaaaa" * 1000000000 }}'],
    ['a wide text', '{{ "a"|center(1000000000) }}'],
    ['a wide number', '{{ "%999999999d" % 1 }}'],
    ['a replacement', '{{ ("a" * 1000000)|replace("a", "b" * 1000000) }}'],
    ['a power', '{{ 10 ** 1000 }}'],
  ])('%s is stopped', (_, template) => {
    const start = Date.now();
    expect(() => renderedText(template, {})).toThrow(/too large/);
    expect(Date.now() - start).toBeLessThan(5000);
  });
});
