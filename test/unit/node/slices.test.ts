import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { tryRun } from '../../../src/engine/trial/runTrial.ts';
import { evaluateSuite } from '../../../src/node/evaluateSuite.ts';
import { readHistory } from '../../../src/node/store/history.ts';
import { loadSuite } from '../../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../../src/node/workspace/openWorkspace.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';

const workspaces = temporaryWorkspaces();
afterEach(workspaces.remove);

const SUITE = `prompts: [./ask.prompt]
data: ./cases.csv
metrics:
  - contains: yes
    name: yes
  - contains: please
    name: polite
composite:
  slices: [{ tag: formal, weights: { polite: 3 } }]
`;

it('a suite weighs cases with a tag otherwise, in a run, from the history, and when other weights are tried', async () => {
  const root = workspaces.make({
    'ask.prompt': '---\nmodel: function/answer.mjs\n---\n{{question}}\n',
    'answer.mjs': 'export default () => "yes";\n',
    'cases.csv': 'id,question,tags\na,one,\nb,two,formal\n',
    'suite.eval.yaml': SUITE,
  });
  const { loaded, problems } = await loadSuite(openWorkspace(root), path.join(root, 'suite.eval.yaml'));
  if (!loaded) throw new Error(JSON.stringify(problems));
  const { summary } = await evaluateSuite(loaded, { signal: new AbortController().signal });
  expect(summary.variants[0]?.composite?.mean).toBe((1 / 2 + 1 / 4) / 2);
  const history = readHistory(root);
  const rows = history?.trialRows(summary.header.id) ?? [];
  expect(rows.map(({ composite, tags }) => [composite, tags])).toEqual([
    [0.5, []],
    [0.25, ['formal']],
  ]);
  const header = history?.run(summary.header.id)?.header;
  expect(header?.policy).toEqual(loaded.suite.composite);
  const weights = { yes: { weight: 7, gate: false } };
  const tried = tryRun(rows, header?.metrics ?? [], { weights, policy: loaded.suite.composite });
  expect(tried.samples.map(({ composite }) => composite)).toEqual([7 / 8, 7 / 10]);
  history?.close();
});

it('tells of a metric that is not there, and of a formula beside it', async () => {
  const broken = SUITE.replace('{ polite: 3 }', '{ polit: 3 }').replace('composite:', 'composite:\n  formula: polite');
  const root = workspaces.make({ 'ask.prompt': 'x', 'cases.csv': 'id\na\n', 'suite.eval.yaml': broken });
  const { problems } = await loadSuite(openWorkspace(root), path.join(root, 'suite.eval.yaml'));
  expect(problems.map(({ code, remedy }) => [code, remedy])).toEqual(
    expect.arrayContaining([
      ['unknown-key', 'Did you mean `polite`?'],
      ['conflicting-keys', 'Remove one of them.'],
    ]),
  );
});
