import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-launch-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const launcher = path.join(folder, 'touchstone.cjs');
fs.copyFileSync('src/cli/launch.cjs', launcher);

function launch(nodeVersion: string) {
  const pretend = path.join(folder, `node-${nodeVersion}.cjs`);
  const versions = JSON.stringify({ ...process.versions, node: nodeVersion });
  fs.writeFileSync(
    pretend,
    `Object.defineProperty(process, 'versions', { value: ${versions} });
     Object.defineProperty(process, 'version', { value: 'v${nodeVersion}' });`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', pretend, launcher], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A Node on the path that is older than the one that runs the tests, and too old. */
function oldNode(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(path.delimiter).map((place) => path.join(place, 'node'));
  return places
    .filter((place) => fs.existsSync(place))
    .find((place) => {
      const [major = 0, minor = 0] = (/^v(\d+)\.(\d+)/.exec(versionOf(place)) ?? []).slice(1).map(Number);
      return major > 0 && (major < 22 || (major === 22 && minor < 15));
    });
}

function versionOf(node: string): string {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '';
}

describe('the launcher', () => {
  it.each(['18.20.4', '20.20.2', '22.14.0'])('tells Node %s in one line that it is too old', (version) => {
    const { status, stdout, stderr } = launch(version);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`needs Node 22.15 or newer, and this is v${version}.`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  const old = oldNode();
  it.skipIf(old === undefined)(
    `is understood by a real old Node${old === undefined ? ' (skipped: there is none)' : ''}`,
    () => {
      const { status, stdout, stderr } = spawnSync(old ?? '', [launcher], { encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^touchstone needs Node 22\.15 or newer, and this is v\d+\.\d+\.\d+\. .*\n$/);
    },
  );

  it('works in the folder that npm was called in', () => {
    const built = fs.mkdtempSync(path.join(folder, 'built-'));
    fs.copyFileSync('src/cli/launch.cjs', path.join(built, 'touchstone.cjs'));
    fs.writeFileSync(path.join(built, 'cli.mjs'), 'console.log(process.cwd());');
    const cwdWith = (env: object) =>
      spawnSync(process.execPath, [path.join(built, 'touchstone.cjs')], {
        encoding: 'utf8',
        cwd: built,
        env: { ...process.env, INIT_CWD: folder, ...env },
      }).stdout.trim();
    expect(cwdWith({ npm_lifecycle_event: 'touchstone' })).toBe(fs.realpathSync(folder));
    expect(cwdWith({ npm_lifecycle_event: 'test' })).toBe(fs.realpathSync(built));
  });

  it.each(['22.15.0', '24.0.0'])('says to Node %s what to run where nothing is built', (version) => {
    const { status, stderr } = launch(version);
    expect(status).toBe(2);
    expect(stderr).toContain('npm run build');
  });

  it('starts what stands beside it', () => {
    const cli = path.join(folder, 'cli.mjs');
    fs.writeFileSync(cli, `process.stdout.write('started'); process.exitCode = 7;`);
    expect(launch('22.15.0')).toEqual({ status: 7, stdout: 'started', stderr: '' });
    fs.rmSync(cli);
  });
});
