// Every benchmark in turn, each in a process of its own; ends with 1 when one of them is over its limit.
import { spawnSync } from 'node:child_process';

let failed = false;
for (const name of ['evaluate', 'preview']) {
  const { status } = spawnSync(process.execPath, [`test/bench/${name}.mjs`], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
