// Builds everything into dist/: the extension, its worker, the command line, the views and, with --test, the host suite.
// `--watch` rebuilds on change, `--production` leaves out source maps and minifies, `--if-stale` keeps a build that is newer than the sources.
import fs from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  console.error(`Touchstone needs Node 22.15 or newer to build; this is ${process.version}. Run: npm rebuild node`);
  process.exit(2);
}

const ifStale = process.argv.includes('--if-stale');
if (ifStale && isFresh()) process.exit(0);

const { build, context } = await import('esbuild');
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const common = { bundle: true, sourcemap: !production, minify: production, logLevel: 'warning', legalComments: 'none' };
const onNode = { ...common, platform: 'node', target: 'node22', external: ['vscode', 'better-sqlite3'] };

const builds = [
  {
    ...onNode,
    format: 'cjs',
    entryPoints: { extension: 'src/extension/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...onNode,
    format: 'esm',
    // Chunks let the heavy packages (openai, ajv, tokenizer, prices) load when they are first used.
    splitting: true,
    entryPoints: {
      cli: 'src/cli/main.ts',
      worker: 'src/node/worker/worker.ts',
      scriptRunner: 'src/node/programs/scriptRunner.ts',
      sqlRunner: 'src/node/programs/sqlRunner.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    // Packages in CommonJS call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  },
  {
    ...common,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    entryPoints: { playground: 'webview/main.tsx' },
    outdir: 'dist/webview',
  },
];
if (process.argv.includes('--test')) {
  builds.push({
    ...onNode,
    format: 'cjs',
    external: [...onNode.external, 'mocha'],
    entryPoints: { host: 'test/host/index.ts' },
    outdir: 'dist/test',
    outExtension: { '.js': '.cjs' },
  });
}

// A build because of stale sources writes over the old one: another command may be running from it.
if (!ifStale) fs.rmSync('dist', { recursive: true, force: true });
copyRuntime();
if (watch) {
  for (const options of builds) await (await context(options)).watch();
  console.log('watching');
} else {
  await Promise.all(builds.map((options) => build(options)));
}

/** The native module stands beside the bundles, where both resolve it; the launcher is plain CommonJS and needs no bundling. */
function copyRuntime() {
  const from = 'node_modules/better-sqlite3';
  const to = 'dist/node_modules/better-sqlite3';
  for (const part of ['package.json', 'LICENSE', 'lib', 'prebuilds'])
    fs.cpSync(`${from}/${part}`, `${to}/${part}`, { recursive: true });
  fs.copyFileSync('src/cli/launch.cjs', 'dist/touchstone.cjs');
}

function isFresh() {
  if (!fs.existsSync('dist/cli.mjs')) return false;
  const builtAt = fs.statSync('dist/cli.mjs').mtimeMs;
  return ['src', 'webview'].every((folder) =>
    fs.readdirSync(folder, { recursive: true }).every((file) => fs.statSync(`${folder}/${file}`).mtimeMs <= builtAt),
  );
}
