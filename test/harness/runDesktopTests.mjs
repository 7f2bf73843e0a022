// The host suite in a desktop VS Code. VSCODE_PATH names its binary; else an installed one is used; else
// @vscode/test-electron downloads one into .vscode-test/.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { copySample } from './copySample.mjs';
import { findDesktop } from './findDesktop.mjs';
import { SETTINGS } from './startVscode.mjs';

const executable = findDesktop();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'ts-')); // short, because macOS limits the length of socket paths
fs.mkdirSync(path.join(scratch, 'data/User'), { recursive: true });
fs.writeFileSync(path.join(scratch, 'data/User/settings.json'), JSON.stringify(SETTINGS, null, 2));
try {
  await runTests({
    ...(executable ? { vscodeExecutablePath: executable } : { version: 'stable' }),
    extensionDevelopmentPath: [path.resolve('.'), path.resolve('test/harness/editorModels')],
    extensionTestsPath: path.resolve('dist/test/host.cjs'),
    // Folders of its own: neither touches nor is blocked by a VS Code that is open.
    launchArgs: [
      copySample(path.join(scratch, 'workspace')),
      ...['--user-data-dir', path.join(scratch, 'data'), '--extensions-dir', path.join(scratch, 'extensions')],
      ...['--disable-extensions', '--disable-telemetry'],
    ],
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
