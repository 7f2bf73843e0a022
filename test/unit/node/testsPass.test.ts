import fs from 'node:fs';
import os from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { createMetric } from '../../../src/engine/metric/createMetric.ts';
import { metricDefinition } from '../../../src/engine/metric/registry.ts';
import { ownPrograms } from '../../../src/node/programs/ownPrograms.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';
import { inputOf, PLAIN } from '../engine/metric/scoring.ts';

const TESTS = `import test from 'node:test';
import assert from 'node:assert/strict';
import { add } from '../answer.mjs';
test('adds', () => assert.equal(add(1, 2), 3));
test('adds nothing', () => assert.equal(add(0, 0), 0));
test('adds texts', () => assert.equal(add('a', 'b'), 'ab'));
test('knows no key', () => assert.equal(process.env.LAB_API_KEY, undefined));
`;
const workspaces = temporaryWorkspaces();
const root = workspaces.make({ 'tests/add.test.mjs': TESTS, 'suite.eval.yaml': '' });
const programs = ownPrograms({ root, folder: root, trusted: true });
afterAll(async () => {
  await programs.close(true);
  workspaces.remove();
});

const SETUP = { command: [process.execPath, '--test'], file: 'answer.mjs', files: ['tests/add.test.mjs'] };

function metric(options: object = {}, open = programs.open) {
  const parsed = metricDefinition('tests-pass')
    ?.options()
    .parse({ ...SETUP, ...options });
  const declared = { kind: 'tests-pass', name: 'tests', options: parsed, weight: 1, gate: false };
  return createMetric(declared, { ...PLAIN, tools: { ...PLAIN.tools, openProgram: open } });
}

function score(output: string, options: object = {}, signal?: AbortSignal) {
  const made = metric(options);
  if ('error' in made) throw new Error(made.error);
  return made.score({ ...inputOf(output), ...(signal && { signal }) });
}

const folders = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('touchstone-tests-'));

describe('tests-pass', () => {
  it.each([
    ['export const add = (a, b) => a + b;', 1, true, '4 of 4 tests pass.'],
    ['Here you are:\n```js\nexport function add(a, b) { return a + b; }\n```', 1, true, '4 of 4'],
    ['export const add = (a, b) => Number(a) + Number(b);', 3 / 4, false, '3 of 4 tests pass'],
    ['', 0, false, 'The output has no code.'],
  ])('%j', async (output, value, passed, reason) => {
    process.env['LAB_API_KEY'] = 'secret';
    const before = folders();
    const outcome = await score(output);
    expect(outcome).toMatchObject({ outcome: 'scored', value, passed, reason: expect.stringContaining(reason) });
    expect(folders()).toEqual(before);
  });

  it('is 0 for code that does not load, and for tests that do not end', async () => {
    expect(await score('export const add = ;')).toMatchObject({ value: 0, passed: false });
    const endless = await score('export const add = 1; while (true);', { timeout: '1s' });
    expect(endless).toMatchObject({ value: 0, passed: false, reason: 'The tests did not end within 1 s.' });
  });

  it('goes by the exit code where nothing is counted', async () => {
    const options = { command: [process.execPath, 'answer.mjs'], files: [] };
    expect(await score('process.exit(0)', options)).toMatchObject({ value: 1, passed: true });
    const failed = await score('console.log("why"); process.exit(4)', options);
    expect(failed).toMatchObject({ value: 0, passed: false, reason: expect.stringContaining('ended with 4') });
    expect(failed.reason).toContain('why');
  });

  it('is not fooled by code that ends early, where it is told how many tests there are', async () => {
    const early = 'export const add = () => 0; process.exit(0);';
    const options = { command: [process.execPath, 'tests/add.test.mjs'] };
    expect(await score(early, { ...options, tests: 4 })).toMatchObject({ value: 0, passed: false });
    expect(await score('export const add = (a, b) => a + b;', { ...options, tests: 4 })).toMatchObject({
      passed: true,
    });
  });

  it('does not pass where a test is said to have failed, whatever the exit code', async () => {
    const options = { command: [process.execPath, 'answer.mjs'], files: [] };
    const said = 'console.log("3 passed, 1 failed"); process.exit(0);';
    expect(await score(said, options)).toMatchObject({ value: 3 / 4, passed: false });
  });

  it('is an error where the command is not there, or the run is stopped', async () => {
    expect(await score('x', { command: ['no-such-runner'] })).toMatchObject({
      outcome: 'error',
      reason: expect.stringContaining('no-such-runner cannot be started'),
    });
    const stop = new AbortController();
    const running = score('export const add = 1; while (true);', {}, stop.signal);
    setTimeout(() => stop.abort(), 300);
    expect(await running).toEqual({ outcome: 'error', reason: 'Stopped.' });
  });

  it('is refused for a test file that is not there, and for a workspace that nobody trusts', () => {
    expect(metric({ files: ['tests/none.mjs'] })).toMatchObject({ error: 'There is no file tests/none.mjs.' });
    const strange = ownPrograms({ root, folder: root, trusted: false });
    expect(metric({}, strange.open)).toMatchObject({ error: expect.stringContaining('not trusted') });
  });

  it.each(['../answer.mjs', 'a/../../b.mjs', '/etc/answer.mjs', 'C:\\answer.mjs', '..'])(
    'writes nothing to %s',
    (file) => {
      const options = metricDefinition('tests-pass')?.options();
      expect(options?.safeParse(SETUP).success).toBe(true);
      expect(options?.safeParse({ ...SETUP, file }).success).toBe(false);
      expect(options?.safeParse({ ...SETUP, files: [file] }).success).toBe(false);
    },
  );
});
