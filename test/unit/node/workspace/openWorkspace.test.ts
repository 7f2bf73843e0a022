import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { parseConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { brief, folderWith } from './support.ts';

describe('the root', () => {
  const rootOf = (folder: string, start: string, cwd?: string): string => {
    const options = cwd === undefined ? {} : { cwd: path.join(folder, cwd) };
    return path.relative(folder, openWorkspace(path.join(folder, start), options).root);
  };

  it.each<[string, string[], string, string | undefined, string]>([
    ['has a touchstone.yaml', ['p/touchstone.yaml', 'p/a/b/x.prompt'], 'p/a/b/x.prompt', '.', 'p'],
    ['has a .touchstone', ['p/.touchstone/history.db', 'p/a/x.prompt'], 'p/a/x.prompt', '.', 'p'],
    ['is the nearest', ['touchstone.yaml', 'p/touchstone.yaml', 'p/a/x.prompt'], 'p/a/x.prompt', undefined, 'p'],
    ['is cwd when that contains the file', ['p/a/x.prompt'], 'p/a/x.prompt', 'p', 'p'],
    ['is the repository when cwd is elsewhere', ['p/.git/HEAD', 'p/a/x.prompt', 'q/y'], 'p/a/x.prompt', 'q', 'p'],
    [
      'is the folder of the file when there is nothing',
      ['p/a/x.prompt', 'pp/y'],
      'p/a/x.prompt',
      'pp',
      path.join('p', 'a'),
    ],
    ['of a folder', ['p/touchstone.yaml', 'p/a/x'], 'p/a', undefined, 'p'],
    ['of a file that is not there yet', ['p/touchstone.yaml'], 'p/a/new.prompt', undefined, 'p'],
  ])('%s', (_name, files, start, cwd, root) => {
    expect(rootOf(folderWith(Object.fromEntries(files.map((file) => [file, '']))), start, cwd)).toBe(root);
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
