// `npm run package`: the extension as touchstone.vsix, for the machine that runs it. With --all, one package for each platform, in packages/.
// A package has just the native binary of its platform: eight of them would be three quarters of what everybody downloads.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { checkPackage } from './test/harness/checkPackage.mjs';

/** The names that VS Code gives to platforms, with the binary of SQLite for each. */
const BINARIES = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'alpine-arm64': 'linuxmusl-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'win32-arm64': 'win32-arm64',
  'win32-x64': 'win32-x64',
};
const PREBUILDS = 'dist/node_modules/better-sqlite3/prebuilds';

execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
const here = thisPlatform();
if (process.argv.includes('--all')) {
  fs.rmSync('packages', { recursive: true, force: true });
  fs.mkdirSync('packages');
  for (const target of Object.keys(BINARIES)) await pack(target, `packages/touchstone-${target}.vsix`);
}
// Last, so that dist/ runs on this machine afterwards.
await pack(here, 'touchstone.vsix');

async function pack(target, packagePath) {
  const binary = `${BINARIES[target]}.node`;
  fs.rmSync(PREBUILDS, { recursive: true, force: true });
  fs.cpSync(`node_modules/better-sqlite3/prebuilds/${binary}`, `${PREBUILDS}/${binary}`);
  await createVSIX({
    target,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  await checkPackage(packagePath, binary);
}

function thisPlatform() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  const target = `${musl ? 'alpine' : process.platform}-${process.arch}`;
  if (!(target in BINARIES)) throw new Error(`There is no binary of SQLite for ${target}`);
  return target;
}
