// Every benchmark in turn, each in a process of its own; ends with 1 when one of them is over its limit.
import { spawnSync } from 'node:child_process';

let failed = false;
const SOURCES = ['--no-warnings', '--experimental-transform-types'];
for (const args of [
  ['test/bench/evaluate.mjs'],
  ['test/bench/preview.mjs'],
  [...SOURCES, 'test/bench/metrics.ts'],
  [...SOURCES, 'test/bench/comparison.ts'],
]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
