import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

// Each line is an import that DESIGN's layer table forbids, as if it stood in a file of that layer.
const FORBIDDEN: readonly (readonly [file: string, imported: string])[] = [
  ['src/engine/run/planted.ts', 'node:fs'],
  ['src/engine/run/planted.ts', 'fs/promises'],
  ['src/engine/run/planted.ts', 'vscode'],
  ['src/engine/run/planted.ts', '../../node/git/gitState.ts'],
  ['src/engine/planted.ts', '../protocol/views.ts'],
  ['src/protocol/planted.ts', 'node:path'],
  ['src/protocol/planted.ts', '../node/git/gitState.ts'],
  ['src/node/store/planted.ts', 'vscode'],
  ['src/node/store/planted.ts', '../../cli/main.ts'],
  ['src/node/planted.ts', '../extension/extension.ts'],
  ['src/cli/planted.ts', 'vscode'],
  ['src/cli/planted.ts', '../extension/extension.ts'],
  ['src/cli/commands/planted.ts', '../../protocol/views.ts'],
  ['src/extension/planted.ts', '../cli/main.ts'],
  ['webview/planted.ts', '../src/node/git/gitState.ts'],
  ['webview/planted.tsx', 'vscode'],
  ['webview/results/planted.ts', 'node:fs'],
];

const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ['src/engine/run/planted.ts', '../json.ts'],
  ['src/node/planted.ts', 'node:fs'],
  ['src/node/planted.ts', '../protocol/worker.ts'],
  ['src/cli/planted.ts', '../node/git/gitState.ts'],
  ['src/extension/planted.ts', 'vscode'],
  ['webview/planted.ts', '../src/protocol/views.ts'],
];

const FORBIDDEN_GLOBALS = ['process.exit', 'Date.now', 'setTimeout', 'fetch'];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-layers-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the linter keeps the layers apart', () => {
  const sources = [
    ...[...FORBIDDEN, ...ALLOWED].map(([file, name]) => ({
      file,
      source: `import { planted } from '${name}';\nexport const kept = planted;\n`,
    })),
    ...FORBIDDEN_GLOBALS.map((name) => ({
      file: 'src/engine/planted.ts',
      source: `export const planted = ${name};\n`,
    })),
  ];
  const reports = lintPlanted(sources);

  it.each(FORBIDDEN.map(([file, name], index) => ({ file, name, index })))(
    '$file must not import $name',
    ({ index }) => {
      expect(reports[index]).toContain('lint/style/noRestrictedImports');
    },
  );

  it.each(ALLOWED.map(([file, name], index) => ({ file, name, index })))('$file may import $name', ({ index }) => {
    expect(reports[FORBIDDEN.length + index]).not.toContain('lint/style/noRestrictedImports');
  });

  it.each(FORBIDDEN_GLOBALS.map((name, index) => ({ name, index })))('the engine has no $name', ({ index }) => {
    expect(reports[FORBIDDEN.length + ALLOWED.length + index]).toContain('lint/style/noRestrictedGlobals');
  });
});

/** Lints each text under the project's configuration in a tree of its own; the n-th answer lists the rules that the n-th text broke. */
function lintPlanted(sources: readonly { readonly file: string; readonly source: string }[]): readonly string[][] {
  fs.copyFileSync('biome.json', path.join(folder, 'biome.json'));
  const files = sources.map(({ file, source }, index) => {
    const planted = file.replace('planted', `planted${index}`);
    fs.mkdirSync(path.dirname(path.join(folder, planted)), { recursive: true });
    fs.writeFileSync(path.join(folder, planted), source);
    return planted;
  });
  const biome = spawnSync(
    process.execPath,
    [path.resolve('node_modules/@biomejs/biome/bin/biome'), 'lint', '--reporter=github', '--max-diagnostics=none', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  const lines = biome.stdout.split('\n').filter((line) => line.startsWith('::'));
  return files.map((file) =>
    lines.filter((line) => line.includes(`/${file},`)).map((line) => /title=([\w/]+)/.exec(line)?.[1] ?? line),
  );
}
