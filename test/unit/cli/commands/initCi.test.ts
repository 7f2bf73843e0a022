import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterAll(workspaces.remove);

const FILES = {
  'touchstone.yaml': '',
  'p.prompt': '---\nmodel: replay/said\n---\n{{q}}\n',
  'd.csv': 'id,q,expected,said\na,one,yes,yes\nb,two,yes,no\n',
  's.eval.yaml': 'prompts: [p.prompt]\ndata: d.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n',
};

/** The evaluation of a script. Its folder has no repository, so nothing is compared. */
function argumentsOf(script: string, suites: string): string[] {
  const [, line = ''] = /\/touchstone"? (eval .*)$/m.exec(script) ?? [];
  const words = line.replace('"$SUITES"', suites).replace(/--changed --baseline "[^"]+" /, '');
  return [...words.split(' '), '--no-history'];
}

it.each([
  [
    'github',
    '.github/workflows/touchstone.yml',
    // biome-ignore lint/suspicious/noExplicitAny: what YAML holds
    (file: any) => {
      expect(Object.keys(file.on)).toEqual(['pull_request']);
      expect(file.permissions).toEqual({ contents: 'read' });
      const { env, steps } = file.jobs.evaluate;
      expect(steps[0]).toMatchObject({ uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } });
      expect(steps.at(-1).with.path).toContain('touchstone.xml');
      expect(env.OPENAI_API_KEY).toBe(`\${{ secrets.OPENAI_API_KEY }}`);
      return { suites: env.SUITES, script: steps[3].run };
    },
  ],
  [
    'gitlab',
    '.gitlab/touchstone.yml',
    // biome-ignore lint/suspicious/noExplicitAny: what YAML holds
    ({ touchstone: job }: any) => {
      expect(job.variables.GIT_DEPTH).toBe('0');
      expect(job.artifacts).toMatchObject({ when: 'always', reports: { junit: 'touchstone.xml' } });
      return { suites: job.variables.SUITES, script: job.script.at(-1) };
    },
  ],
])('init ci %s writes a workflow whose evaluation runs', async (service, place, check) => {
  const root = workspaces.make(FILES);
  fs.mkdirSync(path.join(root, '.git'));
  const made = await touchstone(root, 'init', 'ci', service);
  expect(made).toMatchObject({ code: 0, stdout: `${path.normalize(place)}\n` });
  const { suites, script } = check(parse(fs.readFileSync(path.join(root, place), 'utf8')));
  expect(suites).toBe('.');
  expect(script).toContain('--changed --baseline "');
  const { code, stderr } = await touchstone(root, ...argumentsOf(script, suites));
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(fs.readFileSync(path.join(root, 'touchstone.xml'), 'utf8')).toContain('tests="2" failures="1"');
  expect(fs.readFileSync(path.join(root, 'touchstone.md'), 'utf8')).toContain('s.eval.yaml');
});

it('init ci writes at the root of the repository, never overwrites, and knows two services', async () => {
  const root = workspaces.make({ 'my "evals"/p.prompt': '{{q}}' });
  fs.mkdirSync(path.join(root, '.git'));
  const folder = path.join(root, 'my "evals"');
  expect((await touchstone(folder, 'init', 'ci')).code).toBe(0);
  const file = path.join(root, '.github/workflows/touchstone.yml');
  expect(parse(fs.readFileSync(file, 'utf8')).jobs.evaluate.env.SUITES).toBe('my "evals"');
  fs.writeFileSync(file, 'mine');
  const again = await touchstone(root, 'init', 'ci', 'github');
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  expect((await touchstone(root, 'init', 'ci', 'jenkins')).code).toBe(2);
  expect((await touchstone(root, 'init', 'metric')).code).toBe(2);
});
