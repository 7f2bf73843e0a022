import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/engine/json.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import { inputOf, metricOf, tryMetric, valueIn } from './scoring.ts';
import { type NamedCalls, TOOL_AGREEMENT } from './toolAgreementTable.ts';

const toolCalls = (calls: NamedCalls) =>
  calls.map(([name, given], index) => ({ id: `c${index}`, name, arguments: JSON.stringify(given) }));
const sample = (called: NamedCalls, expected?: NamedCalls, messages: readonly Message[] = [], output = '') =>
  inputOf(output, {
    messages,
    response: { toolCalls: toolCalls(called) },
    ...(expected && { expected: expected.map(([name, given]) => ({ name, arguments: given })) as unknown as Json }),
  });
const valueAfter = async (kind: string, options: object, ...given: Parameters<typeof sample>) =>
  valueIn(await metricOf(kind, options).score(sample(...given)));

const CORRECTNESS = ['any', 'in-order', 'exact'].flatMap((order) =>
  ['ignore', 'compare'].map((args) => ({ order, arguments: args })),
);

describe('tool-call-accuracy and tool-correctness', () => {
  it.each(TOOL_AGREEMENT)('%j against %j', async (called, expected, accuracy, correctness) => {
    for (const [at, order] of ['strict', 'any'].entries())
      expect(await valueAfter('tool-call-accuracy', { order }, called, expected)).toBeCloseTo(accuracy[at] ?? -1, 9);
    for (const [at, options] of CORRECTNESS.entries())
      expect(await valueAfter('tool-correctness', options, called, expected)).toBeCloseTo(correctness[at] ?? -1, 9);
  });

  it('pairs each call with the one that fits best, and counts a call that is expected twice twice', async () => {
    const b1 = ['b', { y: 2, x: 2 }] as const;
    const called: NamedCalls = [b1, ['b', { y: 1, z: 1 }]];
    // In sorted order, as Ragas pairs them, nothing fits: 0.
    const expected: NamedCalls = [b1, ['b', { x: 1, z: 1 }]];
    expect(await valueAfter('tool-call-accuracy', { order: 'any' }, called, expected)).toBeCloseTo(0.75, 12);
    expect(await valueAfter('tool-correctness', {}, [b1, b1], [b1, b1])).toBe(1);
  });

  it('says what is wrong', async () => {
    const reason = async (kind: string, options: object, called: NamedCalls, expected: NamedCalls) =>
      (await metricOf(kind, options).score(sample(called, expected))).reason;
    expect(await reason('tool-call-accuracy', {}, [['b', {}]], [['a', {}]])).toBe('Call 1: expected a, got b.');
    expect(await reason('tool-call-accuracy', { order: 'any' }, [['b', {}]], [['a', {}]])).toBe(
      'Other functions than expected: b instead of a.',
    );
    expect(
      await reason(
        'tool-correctness',
        {},
        [['b', {}]],
        [
          ['a', {}],
          ['b', {}],
        ],
      ),
    ).toBe('0.5 of 2 expected calls, by 1 call; never called: a.');
  });

  const call = fc.tuple(
    fc.constantFrom('a', '猫', '__proto__'),
    fc.dictionary(fc.constantFrom('x', '__proto__'), fc.nat(1)),
  );
  const calls = fc.array(call, { maxLength: 6 }) as fc.Arbitrary<NamedCalls>;
  it.each([
    ['tool-call-accuracy', { order: 'any' }],
    ...CORRECTNESS.map((options) => ['tool-correctness', options] as const),
  ] as const)(
    '%s %j is within 0..1, 1 for the same calls, and not less in any order than in order',
    async (kind, options) => {
      await fc.assert(
        fc.asyncProperty(calls, calls, async (called, expected) => {
          const value = (await valueAfter(kind, options, called, expected)) ?? -1;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(await valueAfter(kind, options, expected, expected)).toBeCloseTo(1, 12);
          if (kind !== 'tool-call-accuracy') return;
          expect(value).toBeGreaterThanOrEqual((await valueAfter(kind, {}, called, expected)) ?? 0);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(['tool-call-accuracy', 'tool-correctness'])('%s does not compare thousands with thousands', async (kind) => {
    const many = Array.from({ length: 600 }, (_, at) => ['a', { at }] as const);
    expect(await metricOf(kind).score(sample(many, many))).toMatchObject({ outcome: 'unscored' });
    const long: NamedCalls = Array.from({ length: 20 }, () => ['a', { text: 'x'.repeat(1_000_000) }]);
    expect(await metricOf(kind).score(sample(long, long))).toMatchObject({ outcome: 'unscored' });
  });
});

describe('trajectory-match with rules for arguments', () => {
  const wanted: NamedCalls = [['find', { query: 'a', page: 1, filter: { city: 'Rome', id: 7 } }]];
  it.each<[string, object, JsonObject, boolean]>([
    ['another id', {}, { query: 'a', page: 1, filter: { city: 'Rome', id: 8 } }, false],
    ['fields', { overrides: { find: ['query', 'filter.city'] } }, { query: 'a', filter: { city: 'Rome' } }, true],
    ['fields', { overrides: { find: ['query', 'filter.city'] } }, { query: 'a', filter: { city: 'Bari' } }, false],
    ['ignore by override', { overrides: { find: 'ignore' } }, {}, true],
    ['an override of another function', { overrides: { other: 'ignore', constructor: 'ignore' } }, {}, false],
    ['an override over the mode', { arguments: 'ignore', overrides: { find: 'exact' } }, { query: 'a' }, false],
    ['ignored arguments', { ignore: ['filter', 'page'] }, { query: 'a', page: 2 }, true],
    ['a default', { defaults: { page: 1 }, ignore: ['filter'] }, { query: 'a' }, true],
    ['another default', { defaults: { page: 2 }, ignore: ['filter'] }, { query: 'a' }, false],
  ])('%s %j of %j: %s', async (_name, options, given, passed) => {
    for (const mode of ['strict', 'unordered'])
      expect(
        await metricOf('trajectory-match', { mode, ...options }).score(sample([['find', given]], wanted)),
      ).toMatchObject({ passed });
  });
});

const says = (...texts: readonly string[]): readonly Message[] =>
  texts.map((text) => ({ role: 'model', content: [{ text }] }));

describe('step-count', () => {
  const messages: readonly Message[] = [
    { role: 'system', content: [{ text: 'Help.' }] },
    { role: 'user', content: [{ text: 'Find it.' }] },
    { role: 'model', content: [{ text: 'I look.' }, { toolRequest: { name: 'search_web', input: { q: 1 } } }] },
    { role: 'tool', content: [{ toolResponse: { name: 'search_web', output: 'x' } }] },
  ];
  it.each<[object, number]>([
    [{}, 5],
    [{ type: 'call' }, 2],
    [{ type: 'result' }, 1],
    [{ type: 'answer' }, 2],
    [{ name: 'search_*' }, 3],
    [{ type: 'call', name: 'search_*' }, 2],
    [{ name: 'search_???' }, 2],
    [{ name: '*web*' }, 2],
    [{ name: 'search' }, 0],
    [{ name: '*a*b*' }, 1 + 1],
  ])('%j is %d', async (options, value) => {
    expect(await valueAfter('step-count', options, [['search_notes', {}]], undefined, messages, 'Found.')).toBe(value);
  });

  it('passes within its limits, and takes calls of a JSON output', async () => {
    const input = sample([], undefined, messages, '{"steps":["a","b"]}');
    expect(await metricOf('step-count', { path: 'steps', max: 2 }).score(input)).toMatchObject({ passed: true });
    expect(await metricOf('step-count', { path: 'steps', min: 3 }).score(input)).toMatchObject({ passed: false });
    expect(await metricOf('step-count', { path: 'none' }).score(input)).toMatchObject({ outcome: 'unscored' });
    expect(() => tryMetric('step-count', { min: 2, max: 1 })).toThrow();
    expect(() => tryMetric('step-count', { type: 'answer', name: 'a' })).toThrow();
  });

  it('matches names in time even where stars could match anywhere', async () => {
    const name = `${'a'.repeat(5_000)}b`;
    expect(await valueAfter('step-count', { name: `${'a*'.repeat(30)}c` }, [[name, {}]])).toBe(0);
  });
});

describe('loop-detection', () => {
  const times = (number: number, ...calls: NamedCalls): NamedCalls =>
    Array.from({ length: number }, () => calls).flat();
  const a = ['a', { x: 1 }] as const;
  const b = ['b', {}] as const;
  const words = Array.from({ length: 30 }, (_, at) => `word${at}`);
  const long = words.join(' ');
  const chinese = '今天天气很好我们去公园散步然后回家吃饭晚上看电影明天再去图书馆学习';
  // Weights 0.40, 0.35, 0.25 of DeepEval; all three checks, by hand.
  it.each<[string, NamedCalls, readonly string[], object, number]>([
    ['one call', [a], [], {}, 1],
    ['two of the same', times(2, a), [], {}, 1],
    ['three of the same', times(3, a), [], {}, 0.8],
    ['five', times(5, a), [], {}, 0.8],
    ['six', times(6, a), [], {}, 0.6],
    ['six, repetition only', times(6, a), [], { checks: ['repetition'] }, 0],
    ['other arguments', [1, 2, 3, 4, 5, 6].map((x) => ['a', { x }] as const), [], {}, 1],
    [
      'keys in another order',
      [
        ['a', { x: 1, y: 2 }],
        ['a', { y: 2, x: 1 }],
      ],
      [],
      { repeats: 2 },
      0.8,
    ],
    ['a series twice', times(2, a, b), [], {}, 0.875],
    ['a series three times', times(3, a, b), [], {}, 1 - 0.2 - 0.25],
    ['a series three times, cycles only', times(3, a, b), [], { checks: ['cycles'] }, 0],
    ['a series with something between', [a, b, ['c', {}], a, b], [], {}, 1],
    ['the end of a longer list', [['c', {}], ...times(3, a, b)], [], { checks: ['cycles'] }, 0],
    ['the same words', [], [long, long], {}, 0.65],
    ['the same words, not at once', [], [long, words.toReversed().join(' '), long], {}, 1],
    ['nearly the same', [], [long, `${words.slice(0, 27).join(' ')} some thing else`], {}, 0.825],
    [
      'nearly the same, stagnation only',
      [],
      [long, `${words.slice(0, 27).join(' ')} some thing else`],
      { checks: ['stagnation'] },
      0.5,
    ],
    ['other words', [], [long, words.map((word) => `${word}x`).join(' ')], {}, 1],
    ['too few words', [], ['I look again.', 'I look again.'], {}, 1],
    ['Chinese', [], [chinese, chinese], {}, 0.65],
    ['all at once', times(6, a, b), [long, long], {}, 0],
  ])('%s', async (_name, called, texts, options, value) => {
    expect(await valueAfter('loop-detection', options, called, undefined, says(...texts))).toBeCloseTo(value, 12);
  });

  it('says what goes round, and where nothing can', async () => {
    const reason = async (called: NamedCalls) => (await metricOf('loop-detection').score(sample(called))).reason;
    expect(await reason(times(3, a, b))).toBe('0.55: a({"x":1}) was called 3 times; a, b were called in turn 3 times.');
    expect(await metricOf('loop-detection').score(sample([], undefined, [], 'Hello.'))).toMatchObject({
      outcome: 'unscored',
    });
    const giant = says(long.repeat(4_000), long.repeat(4_000));
    expect(await metricOf('loop-detection').score(sample([], undefined, giant))).toMatchObject({ outcome: 'unscored' });
  });

  it('is never better for more of the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(a, b), { minLength: 1, maxLength: 6 }),
        fc.nat(4),
        async (calls, more) => {
          const once = (await valueAfter('loop-detection', {}, times(more + 1, ...calls))) ?? 0;
          expect((await valueAfter('loop-detection', {}, times(more + 2, ...calls))) ?? 1).toBeLessThanOrEqual(once);
        },
      ),
    );
  });
});
