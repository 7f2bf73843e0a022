import { expect, it } from 'vitest';
import { tokensPerSecond } from '../../../../src/engine/model/tokensPerSecond.ts';

type Times = Parameters<typeof tokensPerSecond>[0];
const times: Times = { latencyMs: 1500, firstTokenMs: 500, outputTokens: 40 };

it.each<[string, Partial<Times>, number | null]>([
  ['counts from the first token', {}, 40],
  ['counts all of the time of a whole answer', { firstTokenMs: null, outputTokens: 30 }, 20],
  ['is unknown without tokens', { outputTokens: null }, null],
  ['is unknown without a time', { latencyMs: null }, null],
  ['is unknown of what came in one piece', { firstTokenMs: 1480 }, null],
])('the speed of an answer %s', (_name, change, expected) =>
  expect(tokensPerSecond({ ...times, ...change })).toBe(expected),
);
