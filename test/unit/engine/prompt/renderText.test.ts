import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { readText, renderText } from '../../../../src/engine/prompt/renderText.ts';

const SCOPE: JsonObject = {
  expected: { category: 'bug', tags: ['a', 'b'] },
  vars: { x: '<b>' },
  output: '{{role "user"}}',
};

describe('a text template', () => {
  it.each([
    ['plain', 'plain'],
    ['{{expected.category}}', 'bug'],
    ['{{vars.x}} and {{output}}', '<b> and {{role "user"}}'],
    ['{{json expected.tags}}', '["a","b"]'],
    ['{{#each expected.tags}}{{this}};{{/each}}', 'a;b;'],
    ['{{expected.nothing}}', ''],
    ['{{constructor.name}}', ''],
    ['  kept\n', '  kept\n'],
  ])('%j is %j', (template, text) => expect(renderText(template, SCOPE)).toEqual({ text }));

  it.each([
    ['{{#if}}', 'never closed'],
    ['{{upper expected}}', 'no helper "upper"'],
    ['{{role "user"}}x', 'no messages'],
    ['{{>p}}', 'no partials'],
    ['{{> @partial-block}}', '@partial-block'],
  ])('%j is a problem', (template, words) => {
    expect(renderText(template, SCOPE)).toEqual({ problem: expect.stringContaining(words) });
  });

  it('is read once for many scopes', () => {
    const template = readText('{{a}}');
    if ('problem' in template) throw new Error(template.problem);
    expect([1, 2].map((a) => template.render({ a }))).toEqual([{ text: '1' }, { text: '2' }]);
  });
});
