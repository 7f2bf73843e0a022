import { describe, expect, it } from 'vitest';
import { testNodes } from '../../../../src/extension/testing/testNodes.ts';
import { suitesAsked, wantedOf } from '../../../../src/extension/testing/testRequests.ts';
import type { SuiteTests, TestedCase } from '../../../../src/protocol/testing.ts';

const tested = (status: TestedCase['status'], composite: number | null): TestedCase => ({
  ...{ status, composite, latencyMs: null, reasons: [] },
});
const tests = (part: Partial<SuiteTests> = {}): SuiteTests => ({
  dataPath: '/w/d.csv',
  variants: [{ id: 'v1', label: 'triage' }],
  cases: [
    { id: 'a', line: 1 },
    { id: 'b', line: 2 },
    { id: '__proto__', line: 3 },
  ],
  results: { v1: { a: tested('pass', 1), b: tested('error', null) } },
  finishedAt: null,
  ...part,
});

describe('testNodes', () => {
  it('hangs the cases under the suite where it has one variant', () => {
    const { description, children } = testNodes(tests());
    expect(description).toBe('1.00 · 1 pass 1 error');
    expect(children.map(({ id, description: said, line }) => [id, said, line])).toEqual([
      ['a', '1.00', 1],
      ['b', 'error', 2],
      ['__proto__', '', 3],
    ]);
  });

  it('has a level for several variants, each with its own figures', () => {
    const variants = [
      { id: 'v1', label: 'triage' },
      { id: 'v2', label: 'triage-v1' },
    ];
    const { description, children } = testNodes(tests({ variants }));
    expect(description).toBe('1.00 · 1 pass 1 error');
    expect(children.map(({ label, description: said, line }) => [label, said, line])).toEqual([
      ['triage', '1.00 · 1 pass 1 error', null],
      ['triage-v1', '', null],
    ]);
    expect(children[1]?.children).toHaveLength(3);
  });

  it('says nothing of what was never run', () => {
    expect(testNodes(tests({ results: {} })).description).toBe('');
  });
});

describe('suitesAsked', () => {
  const suite = (name: string) => ({ suite: name, caseId: null });
  const one = (name: string, caseId: string) => ({ suite: name, caseId });

  it.each([
    ['everything', [], [], { s: null, t: null }],
    ['a suite', [suite('s')], [], { s: null }],
    ['cases, each once, in several variants', [one('s', 'a'), one('s', 'b'), one('s', 'a')], [], { s: ['a', 'b'] }],
    ['cases of a suite that is wanted as a whole', [one('s', 'a'), suite('s'), one('s', 'b')], [], { s: null }],
    ['all but what is hidden', [], [suite('t'), one('s', 'a')], { s: null }],
  ])('is %s', (_name, included, excluded, asked) => {
    expect(Object.fromEntries(suitesAsked(included, excluded, ['s', 't']))).toEqual(asked);
  });

  it('takes as many cases as the profile says', () => {
    expect(wantedOf('evaluate', null)).toEqual({});
    expect(wantedOf('evaluate', ['a'])).toEqual({ ids: ['a'] });
    expect(wantedOf('few', null)).toEqual({ limit: 3 });
  });
});
