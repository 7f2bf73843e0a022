import { describe, expect, it } from 'vitest';
import { exitCodeOf, scoredPart, worstExitCode } from '../../../src/cli/exitCode.ts';
import { judgeGate } from '../../../src/engine/run/gate.ts';
import { SUMMARY } from './reporters/summaryFixture.ts';

describe('exitCodeOf', () => {
  it.each([
    ['the gate holds', { status: 'finished', errors: 0, gateHolds: true }, 0],
    ['the gate fails', { status: 'finished', errors: 0, gateHolds: false }, 1],
    ['errors, and nothing else failed', { status: 'finished', errors: 1, gateHolds: true }, 3],
    ['errors, and the gate fails on the rest', { status: 'finished', errors: 1, gateHolds: false }, 1],
    ['stopped', { status: 'cancelled', errors: 1, gateHolds: false }, 130],
  ] as const)('%s', (_name, outcome, code) => {
    expect(exitCodeOf(outcome)).toBe(code);
  });
});

describe('worstExitCode', () => {
  it.each([
    [[], 0],
    [[0, 0], 0],
    [[0, 3], 3],
    [[3, 1, 0], 1],
    [[1, 130], 130],
  ] as const)('of %j is %i', (codes, worst) => {
    expect(worstExitCode(codes)).toBe(worst);
  });
});

describe('scoredPart', () => {
  const [good, mixed] = SUMMARY.variants;
  const down = { ...mixed, samples: { pass: 0, fail: 0, error: 4, unscored: 0 }, composite: null };
  const gate = { passRate: 0.5, composite: null, verdict: null };

  it('lets the gate hold when all that is wrong is a provider that was down', () => {
    const summary = { ...SUMMARY, variants: [good, down] } as typeof SUMMARY;
    expect(judgeGate(summary, gate).holds).toBe(false);
    expect(judgeGate(scoredPart(summary), gate)).toEqual({ holds: true, reasons: [] });
  });

  it('keeps what was scored', () => {
    expect(scoredPart(SUMMARY)).toEqual(SUMMARY);
    expect(judgeGate(scoredPart(SUMMARY), { ...gate, passRate: 0.9 }).holds).toBe(false);
  });
});
