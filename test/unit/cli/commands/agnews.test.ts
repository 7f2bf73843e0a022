import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JsonReport } from '../../../../src/cli/reporters/jsonReport.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const DATASET = path.resolve('../shared/data/agnews/ag_news.csv');
const isMissing = !fs.existsSync(DATASET);
const why = isMissing ? ' (skipped: ../shared/data/agnews/ag_news.csv is not there)' : '';

/** The means of the dataset's own columns `*_correct`. */
const ACCURACY = {
  'replay/baseline_predicted': 0.837,
  'replay/default_predicted': 0.858,
  'replay/confidence_predicted': 0.879,
};

async function evaluate(folder: string, ...args: string[]): Promise<JsonReport> {
  const { stdout } = await touchstone(folder, 'eval', ...args, '--reporter', 'json');
  return JSON.parse(stdout) as JsonReport;
}

describe.skipIf(isMissing)(`real answers to 2,000 news items${why}`, () => {
  it('score as the dataset says', async () => {
    const { variants, dataset } = await evaluate(path.resolve('test/real'), 'agnews.eval.yaml', '--no-history');
    expect(dataset.cases).toBe(2000);
    const accuracy = variants.map(({ model, metrics }) => [model, metrics['accuracy']?.mean]);
    expect(Object.fromEntries(accuracy)).toEqual(ACCURACY);
    for (const { samples } of variants) expect(samples.pass + samples.fail).toBe(2000);
  });

  // Mean, 95 % t interval and signs of the differences between the columns, computed independently.
  it.each([
    ['default_predicted', 0.021, 0.008784, 0.033216, 99, 57],
    ['confidence_predicted', 0.042, 0.026664, 0.057336, 166, 82],
  ] as const)(
    '%s differs from the baseline by as much as the columns say',
    async (model, mean, low, high, gained, lost) => {
      const workspaces = temporaryWorkspaces();
      onTestFinished(workspaces.remove);
      const folder = workspaces.make({
        'touchstone.yaml': 'concurrency: 20\n',
        'agnews.prompt': fs.readFileSync('test/real/agnews.prompt', 'utf8'),
        'agnews.eval.yaml': [
          'prompts: [./agnews.prompt]',
          'models: [replay/baseline_predicted]',
          `data: ${DATASET}`,
          'metrics: [{ equals: { expected: "{{expected}}" }, name: accuracy, gate: true }]',
        ].join('\n'),
      });
      await evaluate(folder, 'agnews.eval.yaml');
      await touchstone(folder, 'baseline', 'latest');
      const baseline = path.join(folder, 'agnews.baseline.json');
      // As if that column had been another one then: what the cases said is left out with it.
      const written = fs.readFileSync(baseline, 'utf8').replaceAll(/"content":"\w+",/g, '');
      fs.writeFileSync(baseline, written.replaceAll('baseline_predicted', model));

      const { comparisons } = await evaluate(folder, 'agnews.eval.yaml', '--model', `replay/${model}`, '--no-history');
      expect(comparisons).toHaveLength(1);
      const [comparison] = comparisons;
      expect(comparison?.against).toMatchObject({ kind: 'baseline', path: 'agnews.baseline.json' });
      expect(comparison?.composite?.n).toBe(2000);
      expect(comparison?.composite?.mean).toBeCloseTo(mean, 9);
      expect(comparison?.composite?.low).toBeCloseTo(low, 6);
      expect(comparison?.composite?.high).toBeCloseTo(high, 6);
      expect({ gained: comparison?.fixed.length, lost: comparison?.broke.length }).toEqual({ gained, lost });
      expect(comparison?.metrics['accuracy']).toMatchObject({ before: 0.837, comparable: true });
    },
  );
});
