import { describe, expect, it } from 'vitest';
import { AT_START } from '../../../../src/engine/problem.ts';
import { ExpectedParts, expectedPaths, missingParts } from '../../../../src/engine/suite/expectedPaths.ts';

const metric = (name: string, options: unknown) => ({
  value: { kind: 'equals', name, options, weight: 1, gate: false },
  range: AT_START,
});
const problemsOf = (metrics: ReturnType<typeof metric>[], cases: { expected?: never | object | string }[]) => {
  const paths = expectedPaths(metrics);
  const parts = new ExpectedParts(paths.map(({ path }) => path));
  for (const one of cases) parts.add(one as never);
  return missingParts(paths, parts.found, cases.length, 's.eval.yaml').map(
    ({ message, remedy }) => `${message} ${remedy}`,
  );
};

describe('a part of the expected value that a metric reads', () => {
  it('is a problem when no case has it, with the part that is probably meant', () => {
    const metrics = [
      metric('amount', { expected: '{{expected.ammount}}' }),
      metric('name', { expected: '{{expected.name}}' }),
    ];
    expect(problemsOf(metrics, [{ expected: { amount: 3, name: 'x' } }, {}])).toEqual([
      '`{{expected.ammount}}`, which the metric amount reads, is in none of the 2 cases. Did you mean `expected.amount`?',
    ]);
  });

  it('is none when one case has it, at any depth', () => {
    const metrics = [metric('deep', { expected: ['{{ expected.a.b }}', '{{{expected.c}}}'] })];
    expect(problemsOf(metrics, [{ expected: { c: null } }, { expected: { a: { b: 0 } } }])).toEqual([]);
    expect(problemsOf(metrics, [{ expected: 'text' }])).toHaveLength(2);
  });

  it('is asked of templates only', () => {
    expect(problemsOf([metric('plain', { expected: 'expected.x' }), metric('own', {})], [{}])).toEqual([]);
  });
});
