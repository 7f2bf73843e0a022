import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { formatParams, parseParams } from '../../../../src/extension/answers/paramsText.ts';

describe('parameters as they are typed', () => {
  it.each<[string, JsonObject | null]>([
    ['', {}],
    ['temperature: 0.7', { temperature: 0.7 }],
    ['temperature=0, seed: 7 ', { temperature: 0, seed: 7 }],
    ['reasoning_effort: low', { reasoning_effort: 'low' }],
    ['stop: ["a, b", "c"], user: "x, y"', { stop: ['a, b', 'c'], user: 'x, y' }],
    ['{"stop": ["a"], "deep": {"x": [1]}}', { stop: ['a'], deep: { x: [1] } }],
    ['flag: true, none: null', { flag: true, none: null }],
    ['temperature', null],
    ['temperature:', null],
    ['{"temperature": ', null],
    ['0.7', null],
    ['__proto__: 1', null],
  ])('%s', (text, params) => expect(parseParams(text)).toEqual(params));

  it.each<[JsonObject]>([
    [{}],
    [{ temperature: 0.7, max_tokens: 200 }],
    [{ stop: ['a, b', 'c'], effort: 'low' }],
    [{ number: '7', truth: 'true', odd: 'a, "b"', spaced: ' x', empty: '' }],
    [{ nested: { x: 'y' } }],
  ])('are read back as they are shown: %j', (params) => expect(parseParams(formatParams(params))).toEqual(params));
});
