import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import { expandPicoschema, propertyName } from '../../../../src/engine/prompt/picoschema.ts';

describe('Picoschema', () => {
  it.each<[Json, Json]>([
    ['string', { type: 'string' }],
    ['integer, how many', { type: 'integer', description: 'how many' }],
    ['any', {}],
    [
      { 'a(array, all of them)': 'number' },
      object({ a: { type: 'array', items: { type: 'number' }, description: 'all of them' } }, ['a']),
    ],
    [
      { 'a?(array)': { b: 'null' } },
      object({ a: { type: ['array', 'null'], items: object({ b: { type: 'null' } }, ['b']) } }),
    ],
    [{ 'a(object, of (many) kinds)': {} }, object({ a: { ...object({}), description: 'of (many) kinds' } }, ['a'])],
    [{ 'a?(enum)': ['x', null] }, object({ a: { enum: ['x', null] } })],
    [{ '(*)': 'string' }, { ...object({}), additionalProperties: { type: 'string' } }],
    [
      { type: 'string', minLength: 1 },
      { type: 'string', minLength: 1 },
    ],
    [{ properties: { a: { type: 'string' } } }, { properties: { a: { type: 'string' } }, type: 'object' }],
    [{ 'a?': 'Named' }, object({ a: { type: ['number', 'null'] } })],
  ])('%j', (short, long) => {
    const { schema, issues } = expandPicoschema(short, { Named: { type: 'number' } });
    expect(schema).toEqual(long);
    expect(issues).toEqual([]);
  });

  it.each<[Json, string, readonly string[]]>([
    ['text', 'unknown-schema', []],
    [{ a: { 'b?': 'string[]' } }, 'unknown-schema', ['a', 'b?']],
    [{ a: null }, 'invalid-schema', ['a']],
    [{ a: ['x'] }, 'invalid-schema', ['a']],
    [{ 'a(enum)': 'x' }, 'invalid-schema', ['a(enum)']],
    [{ 'a(number)': 'x' }, 'invalid-schema', ['a(number)']],
    [{ type: 'object', properties: { a: 'string' } }, 'invalid-schema', ['properties', 'a']],
    [{ type: 'array', items: 'string' }, 'invalid-schema', ['items']],
    [{ constructor: 'toString' }, 'unknown-schema', ['constructor']],
  ])('%j is wrong', (short, code, path) => {
    expect(expandPicoschema(short).issues).toMatchObject([{ code, path }]);
  });

  it('keeps a property named __proto__', () => {
    const { schema } = expandPicoschema(JSON.parse('{ "__proto__": "string" }'));
    expect(JSON.stringify(schema)).toContain('"properties":{"__proto__":{"type":"string"}}');
  });

  it.each([
    ['a', 'a'],
    ['a?', 'a'],
    ['a?(enum, b)', 'a'],
  ])('%s declares %s', (key, name) => expect(propertyName(key)).toBe(name));
});

function object(properties: { readonly [name: string]: Json }, required?: readonly string[]) {
  return { type: 'object', properties, additionalProperties: false, ...(required && { required }) };
}
