import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitState } from '../../../../src/node/git/gitState.ts';
import { textAt } from '../../../../src/node/git/revision.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;
let root = '';

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-git-')));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

describe.skipIf(!hasGit)('gitState (skipped where git is missing)', () => {
  it('is null outside a repository, in one without a commit, and for a folder that is not there', async () => {
    expect(await gitState(root)).toBeNull();
    git('init', '-q');
    expect(await gitState(root)).toBeNull();
    expect(await gitState(path.join(root, 'missing'))).toBeNull();
  });

  it('is null when git is not to be found', async () => {
    commitFiles({ 'a.prompt': 'one' });
    const { PATH } = process.env;
    process.env['PATH'] = root;
    try {
      expect(await gitState(root)).toBeNull();
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  it('names the commit', async () => {
    commitFiles({ 'a.prompt': 'one' });
    expect(await gitState(root)).toEqual({ commit: git('rev-parse', 'HEAD').trim(), dirty: false });
  });

  it.each<[string, boolean, () => unknown]>([
    ['a changed file', true, () => write('evals/a.prompt', 'two')],
    ['a staged file', true, () => [write('evals/a.prompt', 'two'), git('add', '.')]],
    ['a deleted file', true, () => fs.rmSync(path.join(root, 'evals/a.prompt'))],
    ['a new file', true, () => write('evals/new.csv', 'x')],
    ['an ignored file', false, () => write('evals/.touchstone/history.db', 'x')],
    ['a change beside the folder', false, () => write('other.txt', 'two')],
  ])('%s: dirty is %s', async (_what, dirty, change) => {
    commitFiles({ 'evals/a.prompt': 'one', 'other.txt': 'one', '.gitignore': '.touchstone\n' });
    change();
    expect(await gitState(path.join(root, 'evals'))).toMatchObject({ dirty });
  });

  it('is not led astray by the variables of a git hook', async () => {
    commitFiles({ 'a.prompt': 'one' });
    process.env['GIT_DIR'] = path.join(root, 'elsewhere');
    try {
      expect(await gitState(root)).toMatchObject({ dirty: false });
    } finally {
      delete process.env['GIT_DIR'];
    }
  });
});

describe.skipIf(!hasGit)('textAt', () => {
  const read = (name: string, from = root) => textAt(from, path.join(root, name), 'HEAD');

  it('is the text of the last commit, whatever stands on the disk', async () => {
    commitFiles({ 'evals/a.prompt': 'one – ü\r\n', 'b.prompt': 'b' });
    write('evals/a.prompt', 'two');
    fs.rmSync(path.join(root, 'b.prompt'));
    expect(await read('evals/a.prompt')).toBe('one – ü\r\n');
    expect(await read('evals/a.prompt', path.join(root, 'evals'))).toBe('one – ü\r\n');
    expect(await read('b.prompt')).toBe('b');
  });

  it('is null for what no commit holds, for a folder, and for what is no text', async () => {
    expect(await read('a.prompt')).toBeNull();
    commitFiles({ 'evals/a.prompt': 'one' });
    write('evals/new.prompt', 'new');
    expect(await read('evals/new.prompt')).toBeNull();
    expect(await read('evals')).toBeNull();
    fs.writeFileSync(path.join(root, 'bytes.prompt'), Buffer.from([0xff, 0xfe, 0x00]));
    git('add', '.');
    git('commit', '-qm', 'bytes');
    expect(await read('bytes.prompt')).toBeNull();
  });
});

describe.skipIf(!hasGit || process.platform === 'win32')('a repository that wants to run programs', () => {
  const marker = () => path.join(root, 'was-run');

  it.each<[string, (script: string) => void]>([
    ['file-system monitor', (script) => git('config', 'core.fsmonitor', script)],
    ['clean filter', (script) => filter('evil', 'clean', script)],
    ['process filter', (script) => filter('evil', 'process', script)],
    ['required filter', (script) => filter('evil', 'clean', script, true)],
    ['filter with a misleading name', (script) => filter('a=b', 'clean', script)],
    ['filter from an included file', includedFilter],
    ['hook', (script) => fs.copyFileSync(script, path.join(root, '.git/hooks/post-index-change'))],
  ])('does not get to: %s', async (_what, plant) => {
    commitFiles({ 'a.prompt': 'one', '.gitattributes': '*.prompt filter=evil\n' });
    const script = path.join(root, '.git', 'evil.sh');
    fs.writeFileSync(script, `#!/bin/sh\ntouch '${marker()}'\ncat\n`, { mode: 0o755 });
    plant(script);
    write('a.prompt', 'two');
    touch(1000);

    // Plain git does run it, else this test would prove nothing.
    spawnSync('git', ['status'], { cwd: root, input: '' });
    expect(fs.existsSync(marker())).toBe(true);
    fs.rmSync(marker());
    write('a.prompt', 'three');
    touch(2000);

    expect(await gitState(root)).toMatchObject({ dirty: true });
    expect(await textAt(root, path.join(root, 'a.prompt'), 'HEAD')).toBe('one');
    expect(fs.existsSync(marker())).toBe(false);
  });

  /** A file with another time and the same text makes git write its index, which is when that hook is called. */
  function touch(seconds: number): void {
    fs.utimesSync(path.join(root, '.gitattributes'), seconds, seconds);
  }

  it('may still be clean', async () => {
    filter('own', 'clean', 'cat');
    commitFiles({ 'a.prompt': 'one' });
    expect(await gitState(root)).toMatchObject({ dirty: false });
  });

  function filter(name: string, kind: string, script: string, isRequired = false): void {
    git('init', '-q');
    write('.gitattributes', `*.prompt filter=${name}\n`);
    git('config', `filter.${name}.${kind}`, script);
    if (isRequired) git('config', `filter.${name}.required`, 'true');
  }

  function includedFilter(script: string): void {
    fs.writeFileSync(path.join(root, '.git', 'more'), `[filter "evil"]\n\tclean = ${script}\n`);
    git('config', 'include.path', 'more');
  }
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' });
}

function write(file: string, text: string): void {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

function commitFiles(files: Readonly<Record<string, string>>): void {
  git('init', '-q');
  for (const [file, text] of Object.entries(files)) write(file, text);
  git('add', '.');
  git('commit', '-q', '-m', 'first');
}
