import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonReport } from '../../../src/cli/reporters/jsonReport.ts';
import { copySample } from '../../../src/extension/copySample.ts';
import { layHistory } from '../../../src/node/git/layHistory.ts';
import { hasGit } from '../../support/gitRepository.ts';
import { touchstone } from '../cli/commands/sampleFolder.ts';

let root = '';
beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-story-'));
  await copySample('media/sample', root);
  await layHistory(root, 'media/sampleStory.json');
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** What the prompt of today, or of another revision, is against an earlier one. */
async function compare(baseline: string) {
  const { stdout } = await touchstone(
    root,
    'eval',
    'evals/triage.eval.yaml',
    '--baseline',
    baseline,
    '--reporter',
    'json',
  );
  const report = JSON.parse(stdout) as JsonReport;
  const found = report.comparisons.find(({ prompt }) => prompt === 'prompts/triage.prompt');
  if (!found?.composite) throw new Error(stdout);
  const errors = report.variants.reduce((sum, { samples }) => sum + samples.error, 0);
  return { ...found, composite: found.composite, errors };
}

describe.skipIf(!hasGit)('the story of the sample (skipped where git is missing)', () => {
  it('has three commits, and an edit that nobody has committed', () => {
    expect(git('log', '--format=%s').split('\n')).toHaveLength(3);
    expect(git('status', '--porcelain')).toBe('M prompts/triage.prompt');
    expect(fs.readFileSync(path.join(root, 'prompts/triage.prompt'), 'utf8')).toBe(
      fs.readFileSync('media/sample/prompts/triage.prompt', 'utf8'),
    );
  });

  it("today's edit looks better by two points, and nobody can tell", async () => {
    const { composite, passed, errors } = await compare('HEAD');
    expect(composite.mean).toBeGreaterThan(0.015);
    expect(composite.mean).toBeLessThan(0.03);
    expect(composite.verdict).toMatchObject({ word: 'inconclusive' });
    expect(composite.verdict.moreCases).toBeGreaterThan(10);
    expect([passed.before, passed.after, errors]).toEqual([39, 41, 0]);
  });

  it('what came with the last commit is better, and the one before fixed three and broke one', async () => {
    const today = git('rev-parse', 'HEAD');
    git('checkout', '-q', '--force', today);
    expect((await compare('HEAD~1')).composite.verdict.word).toBe('better');
    git('checkout', '-q', 'HEAD~1');
    const { fixed, broke, errors } = await compare('HEAD~1');
    expect([fixed.length, broke.length, errors]).toEqual([3, 1, 0]);
  });
});
