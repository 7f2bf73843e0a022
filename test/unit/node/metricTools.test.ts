import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/engine/json.ts';
import type { JsonSchema } from '../../../src/engine/prompt/promptDocument.ts';
import { metricTools } from '../../../src/node/metricTools.ts';

const { matchRegex, compileSchema } = await metricTools([{ kind: 'json-schema' }]);

function issues(schema: JsonSchema, value: unknown): string[] | string {
  const validate = compileSchema(schema);
  return 'error' in validate
    ? `error: ${validate.error}`
    : validate(value).map(({ path, message }) => `${path} ${message}`);
}

describe('matchRegex', () => {
  it.each([
    ['b+', '', 'abbc', { text: 'bb', index: 1, groups: [] }],
    ['B', 'i', 'abc', { text: 'b', index: 1, groups: [] }],
    ['(x)?(y)', '', 'ay', { text: 'y', index: 1, groups: [null, 'y'] }],
    ['^b', 'm', 'a\nb', { text: 'b', index: 2, groups: [] }],
    ['好', 'u', '你好', { text: '好', index: 1, groups: [] }],
    ['z', '', 'abc', 'no-match'],
  ] as const)('/%s/%s in %j', (pattern, flags, text, expected) => {
    expect(matchRegex(pattern, flags, text)).toEqual(expected);
  });

  it('begins at the start each time, also with g and y', () => {
    for (const flags of ['g', 'y']) {
      expect(matchRegex('a', flags, 'aa')).toMatchObject({ index: 0 });
      expect(matchRegex('a', flags, 'aa')).toMatchObject({ index: 0 });
    }
  });

  it('cuts off a match that takes for ever, and works on after that', () => {
    const startedAtMs = performance.now();
    expect(matchRegex('^(a+)+$', '', `${'a'.repeat(60)}!`)).toBe('timeout');
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    expect(matchRegex('a+', '', 'aaa')).toMatchObject({ text: 'aaa' });
  });

  it('throws for a pattern that is none', () => expect(() => matchRegex('(', '', 'x')).toThrow(SyntaxError));
});

describe('compileSchema', () => {
  const schema = {
    type: 'object',
    properties: { category: { enum: ['bug', 'other'] }, tags: { type: 'array', items: { type: 'string' } } },
    required: ['category'],
    additionalProperties: false,
  };

  it.each([
    ['what holds', schema, { category: 'bug' }, []],
    ['what is missing', schema, {}, ["$ must have required property 'category'"]],
    [
      'everything that is wrong',
      schema,
      { category: 'x', tags: ['a', 1], extra: 0 },
      [
        '$ must NOT have additional properties: extra',
        '$.category must be equal to one of the allowed values: ["bug","other"]',
        '$.tags.1 must be string',
      ],
    ],
    ['a format', { type: 'string', format: 'date' }, '2025-13-01', ['$ must match format "date"']],
    ['draft 2020-12', { prefixItems: [{ type: 'string' }] }, [1], ['$.0 must be string']],
    ['draft 7', { items: [{ type: 'string' }], additionalItems: false }, [1], ['$.0 must be string']],
    ['draft 7 by name', { $schema: 'http://json-schema.org/draft-07/schema#', type: 'null' }, 0, ['$ must be null']],
    ['true', true, 'anything', []],
    ['a slash in a name', { properties: { 'a/b': { type: 'null' } } }, { 'a/b': 1 }, ['$.a/b must be null']],
  ] as const)('judges %s', (_name, given, value, expected) => {
    expect(issues(given, value)).toEqual(expected);
  });

  it.each([
    ['a type that is none', { type: 'strin' }],
    ['a pattern that is none', { pattern: '(' }],
    ['a reference to another place, which is not fetched', { $ref: 'https://example.com/schema.json' }],
  ])('refuses %s', (_name, given) => expect(issues(given, 1)).toMatch(/^error: ./));

  it.each<JsonObject>([{}, { $schema: 'http://json-schema.org/draft-07/schema#' }])(
    'says where a schema is wrong, %j',
    (dialect) => {
      const wrong = 'error: schema is invalid: data/required must be array';
      const schema: JsonSchema = { ...dialect, required: 'category' };
      expect([issues(schema, {}), issues(schema, {})]).toEqual([wrong, wrong]);
    },
  );

  it('cuts off a pattern that takes for ever', () => {
    expect(issues({ pattern: '^(a+)+$' }, `${'a'.repeat(60)}!`)).toEqual([
      '$ a pattern of the schema took too long to match',
    ]);
  });

  it('tells the first few of many issues', () => {
    expect(issues({ items: { type: 'string' } }, Array(1000).fill(1))).toHaveLength(20);
  });

  it('keeps schemas of the same $id apart', () => {
    expect(issues({ $id: 'same', type: 'string' }, 'x')).toEqual([]);
    expect(issues({ $id: 'same', type: 'number' }, 'x')).toEqual(['$ must be number']);
    expect(issues({ $ref: 'same' }, 'x')).toMatch(/^error: can't resolve reference/);
  });
});

describe('metricTools', () => {
  it('has no validator for metrics that did not announce schemas', async () => {
    const tools = await metricTools([{ kind: 'equals' }]);
    expect(() => tools.compileSchema({})).toThrow('A metric uses what its definition does not name');
  });
});
