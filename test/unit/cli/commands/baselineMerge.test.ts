import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readBaseline } from '../../../../src/engine/compare/readBaseline.ts';
import { commit, git, hasGit } from '../../../support/gitRepository.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterEach(() => workspaces.remove());

const HEAD = 'id,q,said\n';
const SUITE = 'prompts: [p.prompt]\nmodels: [replay/said]\ndata: d.csv\nmetrics: [{ contains: y }]\n';

it.skipIf(!hasGit)('git merges the baselines of two people who each add a case, wherever it stands', async () => {
  const root = fs.realpathSync(workspaces.make({ '.gitignore': '.touchstone\n' }));
  const write = async (rows: readonly string[]) => {
    fs.writeFileSync(path.join(root, 'd.csv'), `${HEAD}${rows.join('\n')}\n`);
    await touchstone(root, 'eval', 's.eval.yaml');
    const { code, stderr } = await touchstone(root, 'baseline', 'latest');
    expect(code).toBe(0);
    return stderr;
  };
  git(root, 'init', '-q', '-b', 'main');
  commit(root, { 'p.prompt': '{{q}}', 's.eval.yaml': SUITE, '.gitattributes': 'd.csv merge=union' });
  expect(await write(['b,one,yes', 'm,two,no'])).toContain('.gitattributes tells git');
  expect(fs.readFileSync(path.join(root, '.gitattributes'), 'utf8')).toBe(
    'd.csv merge=union\n*.baseline.json merge=union\n',
  );
  commit(root, {});
  git(root, 'switch', '-q', '-c', 'theirs');
  expect(await write(['b,one,yes', 'm,two,no', 'z,three,yes', 'a,zero,no'])).not.toContain('.gitattributes');
  commit(root, {});
  git(root, 'switch', '-q', 'main');
  await write(['b,one,yes', 'm,two,no', 'y,four,yes', 'a2,half,no']);
  commit(root, {});
  git(root, 'merge', '-q', '--no-edit', 'theirs');

  const text = fs.readFileSync(path.join(root, 's.baseline.json'), 'utf8');
  const { baseline, problems } = readBaseline(text, 's.baseline.json');
  expect(problems).toEqual([]);
  expect(Object.keys(baseline?.variants[0]?.cases ?? {}).sort()).toEqual(['a', 'a2', 'b', 'm', 'y', 'z']);
  // The merged data are evaluated against it without a word on changes.
  const { stdout } = await touchstone(root, 'eval', 's.eval.yaml');
  expect(stdout).toContain('since the baseline (same version) no change');
});
