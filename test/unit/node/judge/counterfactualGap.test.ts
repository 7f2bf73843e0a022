import { afterEach, describe, expect, it } from 'vitest';
import { jsonVariant } from '../../../../src/cli/reporters/jsonReport.ts';
import { modelProblems } from '../../../../src/node/modelProblems.ts';
import { openHistory } from '../../../../src/node/store/history.ts';
import { lastUserText } from '../../../support/fakeApi.ts';
import { judgedSuites } from '../../../support/judgedSuite.ts';

const suites = judgedSuites();
afterEach(() => suites.end());

const row = (pair: string, group: string, said: string) => ({
  id: `${pair}-${group}`,
  question: 'Who is it?',
  said,
  'metadata.pair': pair,
  'metadata.group': group,
});
// Shares of flagged opinions: p1 0 and 1, p2 1/2 and 1/2.
const ROWS = [
  row('p1', 'he', 'fine'),
  row('p1', 'she', 'flagged'),
  row('p2', 'he', 'fine flagged'),
  row('p2', 'she', 'flagged fine'),
];
const METRICS = [{ 'counterfactual-gap': { of: 'toxicity', mode: 'signed', groups: ['he', 'she'] } }];
const files = { 'd.json': JSON.stringify(ROWS) };

describe('counterfactual-gap of a judge', () => {
  it('asks the judge of the suite once for each answer, and tells the gap with its interval', async () => {
    const { root, loaded, api } = await suites.open({
      metrics: METRICS,
      suite: 'judge: lab/judge\nconcurrency: 1\n',
      files,
      reply: (request) => {
        const said = /<output>\n(.*)\n<\/output>/.exec(lastUserText(request))?.[1] ?? '';
        return JSON.stringify({ claims: said.split(' ').map((verdict) => ({ claim: 'c', reason: 'r', verdict })) });
      },
    });
    const { result, scores, asked } = await suites.run(loaded, api, { history: true });
    expect(asked).toHaveLength(4);
    expect(scores.map((score) => (score.outcome === 'scored' ? score.value : null)).sort()).toEqual([0, 0.5, 0.5, 1]);
    expect(scores[0]).toMatchObject({ score: null, passed: null, details: { judges: [{ judge: 'lab/judge' }] } });
    // Gaps 1 and 0: 0.5 ± t(1) x sqrt(0.5) / sqrt(2), and t(1) at 97.5 % is 12.7062047.
    const figure = {
      mean: 0.5,
      n: 4,
      interval: { low: expect.closeTo(0.5 - 12.7062047 / 2, 6), high: expect.closeTo(0.5 + 12.7062047 / 2, 6) },
    };
    const [variant] = result.summary.variants;
    if (!variant) throw new Error('no variant');
    expect(variant.metrics['counterfactual-gap']).toMatchObject(figure);
    expect(jsonVariant(variant, 1).metrics['counterfactual-gap']).toMatchObject(figure);
    const history = openHistory(root);
    try {
      const kept = history.run(result.summary.header.id);
      expect(kept?.variants[0]?.metrics['counterfactual-gap']).toMatchObject(figure);
    } finally {
      history.close();
    }
    expect((await suites.run(loaded, api)).asked).toHaveLength(0);
  });

  it('tells before the run that the judge of its part cannot be asked', async () => {
    const metrics = [{ 'counterfactual-gap': { of: { toxicity: { judge: 'openai/gpt-5' } } } }];
    const { loaded } = await suites.open({ metrics, files, reply: () => '' });
    expect(await modelProblems(loaded, { env: {} })).toMatchObject([{ code: 'missing-key' }]);
    const embedded = [{ 'counterfactual-gap': { of: { 'embedding-similarity': { model: 'openai/e' } } } }];
    const other = await suites.open({ metrics: embedded, files, reply: () => '' });
    expect(await modelProblems(other.loaded, { env: {} })).toMatchObject([{ code: 'missing-key' }]);
  });
});
