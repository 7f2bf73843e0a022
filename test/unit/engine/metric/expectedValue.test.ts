import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { expectedValue } from '../../../../src/engine/metric/expectedValue.ts';
import { inputOf } from './scoring.ts';

const INPUT = inputOf('the output', {
  id: 'row-7',
  vars: { name: 'Ada', list: ['x', 'y'] },
  expected: { category: 'billing', urgent: false, count: 3, nested: { deep: [1, { a: null }] }, html: '<b> & "q"' },
  tags: ['vip'],
  metadata: { source: 'mail' },
});

function resolve(option: Json | undefined) {
  const read = expectedValue(option);
  return typeof read === 'function' ? read(INPUT) : read;
}

describe('expectedValue', () => {
  it.each<[Json, Json]>([
    ['plain', 'plain'],
    [3, 3],
    [null, null],
    ['{{expected.category}}', 'billing'],
    ['  {{ expected.category }} ', 'billing'],
    ['{{{expected.category}}}', 'billing'],
    // One mustache alone keeps the type of its value.
    ['{{expected.urgent}}', false],
    ['{{expected.count}}', 3],
    ['{{expected.nested}}', { deep: [1, { a: null }] }],
    ['{{expected.nested.deep.0}}', 1],
    ['{{tags}}', ['vip']],
    ['{{id}}', 'row-7'],
    ['{{output}}', 'the output'],
    ['{{metadata.source}}', 'mail'],
    // Anything else is text.
    ['{{expected.count}} of {{expected.category}}', '3 of billing'],
    ['Dear {{vars.name}}, {{expected.html}}', 'Dear Ada, <b> & "q"'],
    ['{{#each vars.list}}[{{this}}]{{/each}}', '[x][y]'],
    [
      ['{{expected.category}}', 'fixed'],
      ['billing', 'fixed'],
    ],
    [
      { a: '{{expected.count}}', b: ['{{vars.name}}'] },
      { a: 3, b: ['Ada'] },
    ],
  ])('%j is %j', (option, value) => {
    expect(resolve(option)).toEqual({ value });
  });

  it("is the case's expected value by default", () => {
    expect(resolve(undefined)).toEqual({ value: INPUT.testCase.expected });
  });

  it.each([
    ['{{expected.summary}}', 'the case has no `expected.summary`'],
    ['{{vars.name.first}}', 'the case has no `vars.name.first`'],
    ['In short: {{expected.summary}}', 'the case has no `expected.summary`'],
    ['{{expected.constructor}}', 'the case has no `expected.constructor`'],
  ])('%s is missing', (option, missing) => {
    expect(resolve(option)).toEqual({ missing });
    expect(resolve([option])).toEqual({ missing });
    expect(resolve({ key: option })).toEqual({ missing });
  });

  it.each([
    ['{{category}}'],
    ['is {{row.x}}'],
    ['{{expected.category'],
    ['{{#if expected.urgent}}x'],
    ['{{nothing expected.a}}'],
  ])('%s is an error at once', (option) => {
    expect(resolve(option)).toHaveProperty('error');
    expect(resolve(['fine', option])).toHaveProperty('error');
  });
});
