import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/engine/json.ts';
import { outputChecker } from '../../../src/node/outputCheck.ts';

const schema: JsonObject = {
  type: 'object',
  properties: {
    category: { enum: ['billing', 'bug'] },
    urgent: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string', minLength: 2 }, minItems: 2, maxItems: 3 },
    exact: { const: { a: 1, b: 2 } },
    either: { anyOf: [{ type: 'string' }, { type: 'object', required: ['x'] }] },
  },
  required: ['category', 'urgent'],
  additionalProperties: false,
};
const checker = outputChecker({ format: 'json', schema });
const none = { violation: null, others: 0 };

describe('an answer that grows', () => {
  it.each([
    '',
    '{',
    '{"cat',
    '{"category": "bil',
    '{"category": "billing"',
    '{"category": "billing", "urgent": t',
    '{"tags": ["ab", "x',
    '{"either": {',
    '{"exact": {"a": 1,',
    '{"urgent": 1',
  ])('has broken nothing yet: %s', (text) => expect(checker?.growing(text)).toEqual(none));

  it.each([
    ['{"category": "other"', '$.category', 'must be equal to one of the allowed values: ["billing","bug"]'],
    ['{"urgent": "yes", ', '$.urgent', 'must be boolean'],
    ['{"urgent": {', '$.urgent', 'must be boolean'],
    ['{"tags": ["ab", "x"', '$.tags.1', 'must NOT have fewer than 2 characters'],
    ['{"tags": ["ab", "cd", "ef", "gh"', '$.tags', 'must NOT have more than 3 items'],
    ['{"extra": "x"', '$', 'must NOT have additional properties: extra'],
    ['Here is the JSON', '$', 'is not JSON'],
    ['```json\n{', '$', 'is not JSON'],
  ])('has broken the schema for good: %s', (text, path, message) =>
    expect(checker?.growing(text)).toEqual({ violation: { path, message }, others: 0 }),
  );
});

describe('a complete answer', () => {
  it.each([
    ['{"category":"bug","urgent":true}', none],
    ['{"urgent":true}', { violation: { path: '$', message: "must have required property 'category'" }, others: 0 }],
    ['{"category":"x","tags":["ab"]}', { others: 2 }],
    ['{"category":"bug","urgent":true} thanks', { violation: { path: '$', message: 'is not JSON' }, others: 0 }],
    ['', { violation: { path: '$', message: 'is not JSON' }, others: 0 }],
  ])('%s', (text, expected) => expect(checker?.complete(text)).toMatchObject(expected));
});

it('nothing is checked where no JSON is asked for', () => {
  expect(outputChecker({})).toBeNull();
  expect(outputChecker({ format: 'text' })).toBeNull();
  expect(outputChecker({ format: 'json' })?.complete('[1]')).toEqual(none);
  expect(outputChecker({ schema: { type: 'array' } })?.complete('{}')).toMatchObject({
    others: 0,
    violation: { path: '$' },
  });
});

it('a schema that cannot be compiled is told elsewhere', () => {
  expect(outputChecker({ schema: { type: 'nonsense' } })?.complete('{}')).toEqual(none);
});
