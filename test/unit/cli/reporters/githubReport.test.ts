import path from 'node:path';
import { expect, it } from 'vitest';
import { githubAnnotations } from '../../../../src/cli/reporters/githubReport.ts';
import type { CaseProblem } from '../../../../src/cli/reporters/problemLines.ts';

const ROOT = path.resolve('/checkout');
const problem = (rest: Partial<CaseProblem> = {}): CaseProblem => ({
  file: path.join(ROOT, 'evals', 'a,b:c%.csv'),
  line: 6,
  severity: 'warning',
  message: 'c1: no',
  ...rest,
});

it('puts a failing case at its row, with what GitHub would take for its own syntax encoded', () => {
  const message = '100 %\n::set-output name=x::y\r\x1b[31m';
  expect(githubAnnotations([problem({ message })], ROOT, true)).toEqual([
    '::warning file=evals/a%2Cb%3Ac%25.csv,line=7,title=Touchstone::100 %25%0A::set-output name=x::y',
  ]);
});

it('tells an error where the gate fails, or where a case could not run', () => {
  const levels = (gateHolds: boolean) =>
    githubAnnotations([problem(), problem({ severity: 'error' })], ROOT, gateHolds).map((line) => line.split(' ')[0]);
  expect(levels(true)).toEqual(['::warning', '::error']);
  expect(levels(false)).toEqual(['::error', '::error']);
});

it('gives no more than GitHub shows, and says how many are left', () => {
  const lines = githubAnnotations(
    Array.from({ length: 25 }, () => problem()),
    ROOT,
    true,
  );
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::warning title=Touchstone::16 more failing samples are in the summary of this job.');
});
