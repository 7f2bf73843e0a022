import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/engine/json.ts';
import { metricTools } from '../../../../src/node/metricTools.ts';
import { inputOf, metricOf, PLAIN, tryMetric, valueIn } from './scoring.ts';

type Calls = readonly (readonly [name: string, given?: Json | string])[];
const { compileSchema } = await metricTools([{ kind: 'json-schema' }]);

/** A sample in which these functions were called, and these are expected. */
function sample(called: Calls, expected?: Calls) {
  const toolCalls = called.map(([name, given = {}], index) => ({
    id: `c${index}`,
    name,
    arguments: typeof given === 'string' ? given : JSON.stringify(given),
  }));
  const calls = expected?.map(([name, given = {}]) => ({ name, arguments: given }));
  return inputOf('', { response: { toolCalls }, ...(calls && { expected: calls as unknown as Json }) });
}

const outcome = async (kind: string, options: unknown, called: Calls, expected?: Calls) =>
  metricOf(kind, options).score(sample(called, expected));

const A = ['a', { x: 1 }] as const;
const B = ['b', { y: 2 }] as const;

/** As agentevals 0.0.7 says of the same calls. */
describe('trajectory-match', () => {
  it.each<[string, Calls, Calls, boolean[]]>([
    ['the same', [A, B], [A, B], [true, true, true, true]],
    ['another order', [B, A], [A, B], [false, true, true, true]],
    ['one less', [A], [A, B], [false, false, true, false]],
    ['one more', [A, B, ['c']], [A, B], [false, false, false, true]],
    ['twice instead of once', [A, A], [A], [false, false, false, true]],
    ['once instead of twice', [A], [A, A], [false, false, true, false]],
    ['other arguments', [['a', { x: 2 }]], [A], [false, false, false, false]],
    ['another function', [B], [A], [false, false, false, false]],
    ['nothing, and nothing expected', [], [], [true, true, true, true]],
    ['nothing', [], [A], [false, false, true, false]],
    ['something, and nothing expected', [A], [], [false, false, false, true]],
    ['keys in another order', [['a', '{"z":1,"x":2}']], [['a', { x: 2, z: 1 }]], [true, true, true, true]],
    ['中文 and emoji', [['查找', { 词: '猫😀' }]], [['查找', { 词: '猫😀' }]], [true, true, true, true]],
  ])('%s', async (_, called, expected, passes) => {
    const modes = ['strict', 'unordered', 'subset', 'superset'];
    const found = await Promise.all(modes.map((mode) => outcome('trajectory-match', { mode }, called, expected)));
    expect(found.map((one) => one.outcome === 'scored' && one.passed)).toEqual(passes);
  });

  it.each([
    ['exact', { x: 1 }, { x: 1, y: 2 }, false],
    ['ignore', { z: 0 }, { x: 1 }, true],
    ['subset', { x: 1 }, { x: 1, y: 2 }, true],
    ['subset', { x: 1, y: 2 }, { x: 1 }, false],
    ['superset', { x: 1, y: 2 }, { x: 1 }, true],
    ['superset', { x: 1 }, { x: 1, y: 2 }, false],
  ])('arguments %s: %o against %o', async (mode, got, wanted, passed) => {
    for (const order of ['strict', 'unordered'])
      expect(
        await outcome('trajectory-match', { mode: order, arguments: mode }, [['a', got]], [['a', wanted]]),
      ).toMatchObject({ passed });
  });

  it('finds partners for all where a greedy choice would not', async () => {
    const called: Calls = [
      ['a', { x: 1, y: 1 }],
      ['a', { x: 1 }],
    ];
    const expected: Calls = [
      ['a', { x: 1 }],
      ['a', { x: 1, y: 1 }],
    ];
    const options = { mode: 'unordered', arguments: 'superset' };
    expect(await outcome('trajectory-match', options, called, expected)).toMatchObject({ passed: true });
  });

  it('says what is wrong', async () => {
    expect((await outcome('trajectory-match', {}, [A], [A, B])).reason).toBe('Call 2: expected b({"y":2}), got none.');
    const unordered = await outcome('trajectory-match', { mode: 'unordered' }, [A, ['c']], [A, B]);
    expect(unordered.reason).toBe('Made 1 of 2 expected calls; missing e.g. b({"y":2}).');
    const subset = await outcome('trajectory-match', { mode: 'subset' }, [A, ['c']], [A, B]);
    expect(subset.reason).toBe('1 call is not expected, e.g. c({}).');
  });

  it('reads calls of a JSON output and several ways to write them; what is no list is told', async () => {
    const calls = [{ function: { name: 'a', arguments: '{"x":1}' } }, { name: 'b', args: { y: 2 } }, 'c'];
    const input = inputOf(JSON.stringify({ steps: calls }), {
      expected: { calls: [{ name: 'a', input: { x: 1 } }, { name: 'b', arguments: { y: 2 } }, { name: 'c' }] },
    });
    expect(await metricOf('trajectory-match', { path: 'steps' }).score(input)).toMatchObject({ passed: true });
    expect(await metricOf('trajectory-match', { path: 'nothing' }).score(input)).toMatchObject({ passed: false });
    const odd = inputOf('', { expected: { calls: 3 } });
    expect(await metricOf('trajectory-match').score(odd)).toMatchObject({ outcome: 'error' });
    expect(await metricOf('trajectory-match').score(inputOf(''))).toMatchObject({ outcome: 'unscored' });
  });
});

describe('tool-call-f1', () => {
  it.each<[string, unknown, Calls, Calls, number]>([
    ['the same', {}, [A, B], [B, A], 1],
    ['half', {}, [A, ['c']], [A, B], 0.5],
    ['arguments count', {}, [['a', { x: 2 }]], [A], 0],
    ['or not', { arguments: 'ignore' }, [['a', { x: 2 }]], [A], 1],
    ['a set', {}, [A, A], [A], 1],
    ['one of three', {}, [A], [A, B, ['c']], 0.5],
    ['nothing on both sides', {}, [], [], 1],
    ['nothing called', {}, [], [A], 0],
    ['arguments that are no JSON', {}, [['a', '{"x":']], [A], 0],
  ])('%s', async (_, options, called, expected, value) => {
    expect(valueIn(await outcome('tool-call-f1', options, called, expected))).toBe(value);
  });

  it('is symmetric, within 0..1, and 1 for the same calls', async () => {
    const calls = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.record({ x: fc.nat(2) })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(calls, calls, async (one, other) => {
        const there = valueIn(await outcome('tool-call-f1', {}, one, other));
        expect(there).toBe(valueIn(await outcome('tool-call-f1', {}, other, one)));
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
        expect(valueIn(await outcome('tool-call-f1', {}, one, one))).toBe(1);
      }),
    );
  });
});

describe('tool-call-valid', () => {
  const tools: readonly JsonObject[] = [
    { name: 'a', inputSchema: { x: 'integer' } },
    { type: 'function', function: { name: 'b', parameters: { type: 'object', required: ['y'] } } },
    { name: 'c' },
  ];
  it.each<[Calls, boolean | null, string]>([
    [[A, B, ['c']], true, '3 calls, with arguments that fit.'],
    [[['d']], false, 'There is no function "d".'],
    [[['a', { x: 'one' }]], false, 'a: '],
    [[['a', { x: 1, z: 2 }]], false, 'a: '],
    [[['b', {}]], false, 'b: '],
    [[['a', '{"x":']], false, 'no JSON object'],
    [[['a', '[1]']], false, 'no JSON object'],
    [[['__proto__']], false, 'There is no function'],
    [[], null, 'No function was called.'],
  ])('%j: %s', async (called, passed, words) => {
    const metric = metricOf('tool-call-valid', {}, { tools: { ...PLAIN.tools, compileSchema } });
    const found = await metric.score({ ...sample(called), tools });
    expect(found.outcome === 'scored' ? found.passed : null).toBe(passed);
    expect(found.reason).toContain(words);
  });
});

describe('names', () => {
  it.each<[string, unknown, Calls, boolean | number | null]>([
    ['tool-used', ['a', 'b'], [A, B], true],
    ['tool-used', ['a', 'c'], [A, B], false],
    ['tool-used', { names: ['a', 'c'], mode: 'any' }, [A], true],
    ['tool-used', { names: ['c'], mode: 'any' }, [A], false],
    ['tool-used', 'a', [], false],
    ['tool-not-used', ['c'], [A, B], true],
    ['tool-not-used', 'a', [A, B], false],
    ['tool-not-used', 'a', [], true],
    ['tool-sequence', ['a', 'b'], [A, ['c'], B], true],
    ['tool-sequence', ['b', 'a'], [A, ['c'], B], false],
    ['tool-sequence', { names: ['a', 'b'], exact: true }, [A, ['c'], B], false],
    ['tool-sequence', { names: ['a', 'b'], exact: true }, [A, B], true],
    ['tool-sequence', ['a', 'a'], [A], false],
    ['tool-permission', { allow: ['a'] }, [A, B], 0.5],
    ['tool-permission', { deny: ['b'] }, [A, A, B, B], 0.5],
    ['tool-permission', { allow: ['a', 'b'], deny: ['b'] }, [A, B, B, B], 0.25],
    ['tool-permission', { deny: ['b'] }, [], null],
    ['tool-call-count', { max: 2 }, [A, B], true],
    ['tool-call-count', { max: 1 }, [A, B], false],
    ['tool-call-count', { min: 1 }, [], false],
    ['tool-call-count', { max: 1, name: 'a' }, [A, B], true],
    ['tool-call-count', {}, [A, B], 2],
  ])('%s %j of %j: %s', async (kind, options, called, expected) => {
    const found = await outcome(kind, options, called);
    if (typeof expected === 'boolean') expect(found).toMatchObject({ passed: expected });
    else expect(valueIn(found)).toBe(expected);
  });

  it.each([
    ['tool-permission', {}],
    ['tool-call-count', { min: 3, max: 1 }],
    ['tool-used', { names: [] }],
  ])('%s refuses %j', (kind, options) => {
    expect(() => tryMetric(kind, options)).toThrow();
  });
});
