#!/usr/bin/env node
// What `touchstone` starts. Plain CommonJS in syntax that an old Node reads too, so that it can say what is wrong.
'use strict';

const version = process.versions.node.split('.').map(Number);

if (version[0] < 22 || (version[0] === 22 && version[1] < 15)) {
  stop(
    `touchstone needs Node 22.15 or newer, and this is ${process.version}. In a checkout run it as \`npm run -s touchstone -- <arguments>\`, which brings its own Node; elsewhere install one from https://nodejs.org.`,
  );
} else if (!require('node:fs').existsSync(require('node:path').join(__dirname, 'cli.mjs'))) {
  stop(
    'touchstone is not built here. Run `npm ci && npm run build` in the checkout, then `npm run -s touchstone -- <arguments>`.',
  );
} else {
  // npm runs the script of a checkout in its root; the arguments are about the folder that it was called in.
  const { npm_lifecycle_event: script, INIT_CWD: calledIn } = process.env;
  if (script === 'touchstone' && calledIn && require('node:fs').existsSync(calledIn)) process.chdir(calledIn);
  // Compiled code is kept between runs: a command that is typed often should start at once.
  require('node:module').enableCompileCache();
  import('./cli.mjs').catch((error) =>
    stop(`touchstone could not start: ${error instanceof Error ? error.stack : error}`),
  );
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
