import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../../src/engine/prompt/promptDocument.ts';
import { metricTools } from '../../../../src/node/metricTools.ts';
import { inputOf, metricOf, score, tryMetric } from './scoring.ts';

const tools = await metricTools([{ kind: 'json-schema' }]);
const SCHEMA: JsonSchema = {
  type: 'object',
  properties: { category: { enum: ['billing', 'bug'] }, urgent: { type: 'boolean' } },
  required: ['category', 'urgent'],
  additionalProperties: false,
};

describe('is-json', () => {
  it.each([
    ['{"a": 1}', true, 'The output is JSON.'],
    [' [1] \n', true, ''],
    ['"text"', true, ''],
    ['{a: 1}', false, 'not JSON'],
    ['{"a": 1} trailing', false, 'not JSON'],
    ['```json\n{}\n```', false, 'Markdown fence'],
    ['', false, 'empty'],
  ])('%j: %s', async (output, passes, reason) => {
    const outcome = await score('is-json', {}, output);
    expect(outcome).toMatchObject({ outcome: 'scored', passed: passes });
    expect(outcome.reason).toContain(reason);
  });
});

describe('json-schema', () => {
  it.each([
    ['{"category": "bug", "urgent": true}', true, 'The output fits the schema.'],
    ['{"category": "bug"}', false, 'urgent'],
    ['{"category": "rant", "urgent": true}', false, 'category'],
    ['{"category": "bug", "urgent": true, "x": 1}', false, 'does not fit'],
    ['not JSON', false, 'The output is not JSON: "not JSON".'],
  ])('%s', async (output, passes, reason) => {
    const byPrompt = await score('json-schema', {}, output, undefined, { outputSchema: SCHEMA, tools });
    expect(byPrompt).toMatchObject({ outcome: 'scored', passed: passes });
    expect(byPrompt.reason).toContain(reason);
    expect(await score('json-schema', { schema: SCHEMA }, output, undefined, { tools })).toEqual(byPrompt);
  });

  it('looks at a part of the output', async () => {
    const options = { path: 'items[1]', schema: { type: 'number' } };
    expect(await score('json-schema', options, '{"items": ["a", 2]}', undefined, { tools })).toMatchObject({
      passed: true,
    });
    expect(await score('json-schema', options, '{"items": ["a", "b"]}', undefined, { tools })).toMatchObject({
      passed: false,
    });
    expect(await score('json-schema', options, '{"items": []}', undefined, { tools })).toMatchObject({ passed: false });
  });

  it('refuses to be made without a schema, or with one that is wrong', () => {
    expect(tryMetric('json-schema', {}, { tools })).toHaveProperty('error');
    expect(tryMetric('json-schema', { schema: { type: 'nothing' } }, { tools })).toHaveProperty('error');
  });

  it('has the schema in its signature', () => {
    const [one, other] = [SCHEMA, { ...SCHEMA, required: [] }].map(
      (schema) => metricOf('json-schema', {}, { outputSchema: schema, tools }).signature,
    );
    expect(one).toMatch(/^json-schema\|schema:[0-9a-f]{8}\|v:1$/);
    expect(one).not.toBe(other);
  });
});

describe('operational metrics', () => {
  const usage = { inputTokens: 120, outputTokens: 30, cachedInputTokens: null, reasoningTokens: null };

  it.each([
    ['latency', {}, { response: { latencyMs: 812 } }, 812, null, null, '812 ms'],
    ['latency', '2s', { response: { latencyMs: 2000 } }, 2000, 1, true, '2 s, within the limit of 2 s'],
    ['latency', { max: '1.5s' }, { response: { latencyMs: 1501 } }, 1501, 0, false, '1.501 s, over the limit of 1.5 s'],
    ['latency', { max: 500 }, { response: { latencyMs: 400 } }, 400, 1, true, ''],
    ['latency', { max: '1m' }, { response: { latencyMs: 60_001 } }, 60_001, 0, false, ''],
    ['cost', {}, { costUsd: 0.0012 }, 0.0012, null, null, '$0.0012'],
    ['cost', { max: 0.001 }, { costUsd: 0.0012 }, 0.0012, 0, false, 'over the limit of $0.001'],
    ['cost', { max: 0.001 }, { costUsd: 0 }, 0, 1, true, ''],
    ['tokens', {}, { response: { usage } }, 150, null, null, '150 tokens'],
    ['tokens', { which: 'input' }, { response: { usage } }, 120, null, null, '120 input tokens'],
    [
      'tokens',
      { which: 'output', max: 29 },
      { response: { usage } },
      30,
      0,
      false,
      'over the limit of 29 output tokens',
    ],
    ['tokens', 150, { response: { usage } }, 150, 1, true, ''],
  ])('%s %j of %j', async (kind, options, given, value, points, passed, reason) => {
    const outcome = await metricOf(kind, options).score(inputOf('x', given));
    expect(outcome).toMatchObject({ outcome: 'scored', value, score: points, passed });
    expect(outcome.reason).toContain(reason);
  });

  it.each([
    ['latency', { max: '2s' }, {}],
    ['cost', { max: 1 }, {}],
    ['tokens', { max: 10 }, {}],
    ['tokens', {}, { response: { usage: { ...usage, outputTokens: null } } }],
    ['latency', {}, { response: { latencyMs: Number.NaN } }],
  ])('%s %j is unscored when it is unknown', async (kind, options, given) => {
    expect(await metricOf(kind, options).score(inputOf('x', given))).toMatchObject({ outcome: 'unscored' });
  });

  it.each([
    ['latency', '2 weeks'],
    ['latency', 0],
    ['cost', '1'],
    ['tokens', 1.5],
    ['tokens', { which: 'cached' }],
  ])('%s refuses %j', (kind, options) => {
    expect(() => tryMetric(kind, options)).toThrow();
  });
});
