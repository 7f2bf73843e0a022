import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const SUITE = path.join(folder, 'evals/digest.eval.yaml');
const edit = (from: string | RegExp, to: string) => {
  const before = fs.readFileSync(SUITE, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  fs.writeFileSync(SUITE, after);
};
const report = async () => JSON.parse((await touchstone(folder, 'judges', 'report', '--json')).stdout);

// Six summaries of the sample were rated: of four that people pass the judge passes three, of two that they fail it passes one.
describe('judges report', () => {
  beforeAll(async () => {
    await touchstone(folder, 'eval', 'evals/digest.eval.yaml');
  });

  it('holds a judge against the ratings that stand beside its suite', async () => {
    const { code, stdout } = await touchstone(folder, 'judges', 'report');
    expect(code).toBe(1);
    expect(stdout).toContain('summarisation against people: kappa is below the bar of 0.6');
    const [judge] = await report();
    expect(judge).toMatchObject({
      against: { metric: 'people', criterion: null },
      judged: 8,
      rated: 6,
      confusion: { truePasses: 3, falseFails: 1, falsePasses: 1, trueFails: 1 },
      standing: 'below',
    });
    // (4/6 - 5/9) / (1 - 5/9)
    expect(judge.kappa).toBeCloseTo(0.25, 12);
    expect(judge.disagreements.map(({ id }: { id: string }) => id)).toEqual(['budget', 'garden']);
    expect(judge.raters.each.map(({ rater, samples }: { rater: string; samples: number }) => [rater, samples])).toEqual(
      [
        ['Ana', 6],
        ['Kofi', 4],
      ],
    );
  });

  it('is told of wherever the run is', async () => {
    const { stdout } = await touchstone(folder, 'eval', 'evals/digest.eval.yaml');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'The judge `summarisation` agrees too little with people: kappa 0.25 over 6 answers, and the suite asks for 0.6.',
    );
    const unkept = await touchstone(folder, 'eval', 'evals/digest.eval.yaml', '--no-history');
    expect(unkept.stdout).toMatch(/^digest +6 +2 /m);
  });

  it('meets a lower bar, and has none without', async () => {
    edit('kappa: 0.6', 'kappa: 0.2');
    const low = await touchstone(folder, 'rescore', 'latest');
    expect(low.stdout).not.toContain('agrees too little');
    expect(await touchstone(folder, 'judges', 'report')).toMatchObject({ code: 0 });
    edit(/^ +trust:.*\n/m, '');
    await touchstone(folder, 'rescore', 'latest');
    expect((await report())[0]).toMatchObject({ bar: null, standing: 'unknown' });
  });

  it('says what is missing', async () => {
    fs.rmSync(path.join(folder, 'evals/digest.ratings.jsonl'));
    fs.rmSync(path.join(folder, '.touchstone'), { recursive: true });
    await touchstone(folder, 'eval', 'evals/digest.eval.yaml');
    const { code, stdout } = await touchstone(folder, 'judges', 'report');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing to compare yet: rate some of the samples that it judged.');
    await touchstone(folder, 'eval', 'evals/triage.eval.yaml', '--limit', '1');
    const none = await touchstone(folder, 'judges', 'report');
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('asks no judge');
  });

  it('tells of lines beside the suite that are no ratings, and takes the others', async () => {
    fs.writeFileSync(path.join(folder, 'evals/digest.ratings.jsonl'), '{"half":\n');
    const { stdout } = await touchstone(folder, 'eval', 'evals/digest.eval.yaml');
    expect(stdout).toContain('digest.ratings.jsonl:1: The line is not JSON.');
  });
});
