import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { parseConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { brief, folderWith } from './support.ts';

describe('the root', () => {
  const make = (files: readonly string[]) => folderWith(Object.fromEntries(files.map((file) => [file, ''])));
  const rootOf = (folder: string, start: string, around: { cwd?: string; within?: string }): string => {
    const entries = Object.entries(around).map(([key, name]) => [key, path.join(folder, name)]);
    return path.relative(folder, openWorkspace(path.join(folder, start), Object.fromEntries(entries)).root);
  };

  it.each<[string, string[], string, string | undefined, string]>([
    ['has a touchstone.yaml', ['p/touchstone.yaml', 'p/a/b/x.prompt'], 'p/a/b/x.prompt', '.', 'p'],
    ['has a .touchstone', ['p/.touchstone/history.db', 'p/a/x.prompt'], 'p/a/x.prompt', '.', 'p'],
    ['is the nearest', ['touchstone.yaml', 'p/touchstone.yaml', 'p/a/x.prompt'], 'p/a/x.prompt', '.', 'p'],
    ['is cwd when that contains the file', ['p/a/x.prompt'], 'p/a/x.prompt', 'p', 'p'],
    ['is not above cwd', ['touchstone.yaml', '.touchstone/x', 'p/a/x.prompt'], 'p/a/x.prompt', 'p', 'p'],
    ['is not above the repository', ['touchstone.yaml', 'p/.git/HEAD', 'p/a/x'], 'p/a/x', undefined, 'p'],
    ['is not above a file of nowhere', ['touchstone.yaml', 'p/a/x.prompt', 'q/y'], 'p/a/x.prompt', 'q', 'p/a'],
    ['is that of the repository in each of its folders', ['.git/HEAD', 'touchstone.yaml', 'a/x'], 'a/x', 'a', ''],
    ['is the repository in each of its folders', ['p/.git/HEAD', 'p/a/x'], 'p/a/x', 'p/a', 'p'],
    ['is the repository below cwd, too', ['p/.git/HEAD', 'p/a/x'], 'p/a/x', '.', 'p'],
    ['is in a repository below cwd', ['touchstone.yaml', 'p/.git/HEAD', 'p/a/x'], 'p/a/x', '.', ''],
    ['is the repository when cwd is elsewhere', ['p/.git/HEAD', 'p/a/x.prompt', 'q/y'], 'p/a/x.prompt', 'q', 'p'],
    [
      'is the folder of the file when there is nothing',
      ['p/a/x.prompt', 'pp/y'],
      'p/a/x.prompt',
      'pp',
      path.join('p', 'a'),
    ],
    ['of a folder', ['p/touchstone.yaml', 'p/a/x'], 'p/a', '.', 'p'],
    ['of a file that is not there yet', ['p/touchstone.yaml'], 'p/a/new.prompt', '.', 'p'],
  ])('%s', (_name, files, start, cwd, root) => {
    expect(rootOf(make(files), start, cwd === undefined ? {} : { cwd })).toBe(root);
  });

  it.each<[string, string[], string, string, string]>([
    ['is the open folder', ['p/a/x'], 'p/a/x', 'p', 'p'],
    ['is not above it, whatever lies there', ['touchstone.yaml', '.touchstone/x', '.git/HEAD', 'p/x'], 'p/x', 'p', 'p'],
    ['is the repository in it', ['p/.git/HEAD', 'p/a/x'], 'p/a/x', '.', 'p'],
    ['is the nearest in it', ['touchstone.yaml', 'p/touchstone.yaml', 'p/a/x'], 'p/a/x', '.', 'p'],
    ['is the repository of a file elsewhere', ['touchstone.yaml', 'p/.git/HEAD', 'p/a/x', 'q/y'], 'p/a/x', 'q', 'p'],
  ])('in the editor %s', (_name, files, start, within, root) => {
    const folder = make(files);
    expect(rootOf(folder, start, { within })).toBe(root);
    // A task of the editor starts the command line there.
    expect(rootOf(folder, start, { within, cwd: within })).toBe(root);
  });

  it('is no home that is under version control', () => {
    const home = make(['.git/HEAD', '.touchstone/x', 'p/a/x']);
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(rootOf(home, 'p/a/x', { cwd: 'p' })).toBe('p');
    expect(rootOf(home, 'p/a/x', {})).toBe(path.join('p', 'a'));
  });
});

describe('touchstone.yaml', () => {
  it('is read', () => {
    const folder = folderWith({
      'touchstone.yaml': `providers:
  local: { baseUrl: "http://localhost:11434/v1", apiKeyEnv: LOCAL_KEY, headers: { x-a: b }, timeoutMs: 1000, maxRetries: 0 }
prices: { local/llama: { inputPerMillion: 0, outputPerMillion: 1.5 } }
concurrency: 4
`,
    });
    const { config, configProblems } = openWorkspace(folder);
    expect(configProblems).toEqual([]);
    expect(config).toEqual({
      providers: {
        local: {
          baseUrl: 'http://localhost:11434/v1',
          apiKeyEnv: 'LOCAL_KEY',
          headers: { 'x-a': 'b' },
          timeoutMs: 1000,
          maxRetries: 0,
        },
      },
      prices: { 'local/llama': { inputPerMillion: 0, outputPerMillion: 1.5 } },
      concurrency: 4,
    });
  });

  it.each([
    ['', []],
    ['# nothing yet\n', []],
    ['- a\n', ['t:1:1 wrong-type']],
    ['provider: {}\n', ['t:1:1 unknown-key']],
    ['providers: { a: { baseURL: "http://x" } }\n', ['t:1:19 unknown-key']],
    ['providers: { a: { baseUrl: "ftp://x" } }\n', ['t:1:28 wrong-value']],
    ['providers: { a: { apiKeyEnv: "sk-123 4" } }\n', ['t:1:30 wrong-value']],
    [
      'prices: { a: { inputPerMillion: -1 } }\nconcurrency: 0\n',
      ['t:1:14 missing-key', 't:1:33 out-of-range', 't:2:14 out-of-range'],
    ],
    ['providers: [\n', ['t:2:1 invalid-yaml']],
  ])('%j', (text, expected) => {
    const { problems } = parseConfig(text, '/w/t');
    expect(problems.map((problem) => brief('/w', problem)).sort()).toEqual(expected);
  });

  it('keeps what is sound beside what is not', () => {
    const { config } = parseConfig('providers: { a: { timeoutMs: 5 } }\nconcurrency: many\n', 't');
    expect(config).toEqual({ providers: { a: { timeoutMs: 5 } }, prices: {} });
  });

  it('that is not UTF-8 is a problem, not a crash', () => {
    const folder = folderWith({ 'x.prompt': '' });
    fs.writeFileSync(path.join(folder, 'touchstone.yaml'), Buffer.from('concurrency: 4 # \xe9', 'latin1'));
    const { config, configProblems } = openWorkspace(path.join(folder, 'x.prompt'));
    expect(config).toEqual({ providers: {}, prices: {} });
    expect(configProblems.map((problem) => brief(folder, problem))).toEqual(['touchstone.yaml:1:18 invalid-utf8']);
  });
});
