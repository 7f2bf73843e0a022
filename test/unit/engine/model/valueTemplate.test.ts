import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { fillTemplate, valueAt } from '../../../../src/engine/model/valueTemplate.ts';

const VALUES = { vars: { x: 'a {{vars.n}}', n: 3, list: [{ y: true }] }, prompt: 'Hi "you"' };

describe('fillTemplate', () => {
  it.each<[string, Json, Json, readonly string[]]>([
    ['a tag alone is the value itself', { q: '{{vars.list}}', n: ['{{ vars.n }}'] }, { q: [{ y: true }], n: [3] }, []],
    ['inside text it is text, and JSON where it is none', 'n={{vars.n}} {{vars.list}}', 'n=3 [{"y":true}]', []],
    ['what is put in is not looked at again', ['{{vars.x}}', '-{{vars.x}}'], ['a {{vars.n}}', '-a {{vars.n}}'], []],
    ['other values and keys stay', { '{{prompt}}': 1, b: null, c: false }, { '{{prompt}}': 1, b: null, c: false }, []],
    ['an element of a list', '{{vars.list[0].y}}', true, []],
    ['what has no value is told', ['{{vars.z}}', '{{vars.z}} {{nope}}'], [null, 'null null'], ['vars.z', 'nope']],
    ['what is only inherited has none', '{{vars.constructor}}', null, ['vars.constructor']],
    ['helpers are text', '{{#if x}}', '{{#if x}}', []],
  ])('%s', (_name, template, value, missing) => {
    expect(fillTemplate(template, VALUES)).toEqual({ value, missing });
  });
});

describe('valueAt', () => {
  const body = { choices: [{ message: { text: 'Hi' } }], 'a-b': { 0: 'zero' }, text: 'top' };
  it.each([
    ['choices[0].message.text', 'Hi'],
    ['$.choices.0.message.text', 'Hi'],
    ['$', body],
    ['a-b.0', 'zero'],
    ['choices[1].message', undefined],
    ['choices.length', undefined],
    ['text.length', undefined],
    ['__proto__.x', undefined],
  ])('%s', (path, expected) => expect(valueAt(body, path)).toEqual(expected));
});
