// Starts the VS Code server on loopback and, unless told otherwise, a headless Chromium that opens a folder in it.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { installChromium, installVscode, serverNode } from './installVscode.mjs';

/** Quiet, offline and the same in every run. */
export const SETTINGS = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.localHistory.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.list.smoothScrolling': false,
  'editor.cursorBlinking': 'solid',
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  // In a browser it is on by default: what a test only types would reach the disk after a second.
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'window.confirmBeforeClose': 'never',
  'remote.autoForwardPorts': false,
  'task.problemMatchers.neverPrompt': true,
  // Terminal text becomes part of the page, where a test can read it.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.shellIntegration.enabled': false,
};

/**
 * The server alone.
 *
 * @param {{dataDir: string, vsix?: string, link?: string, driver?: boolean, port?: number, trust?: boolean, settings?: object, env?: object, verbose?: boolean}} options
 *   `link` presents a folder as an installed extension. `driver` switches on VS Code's smoke-test driver: without it a built workbench ignores an extension under test in its
 *   address, with it notifications are hidden. `trust` keeps Workspace Trust on.
 */
export async function startServer(options) {
  const server = installVscode();
  const user = path.join(options.dataDir, 'user');
  const extensions = path.join(options.dataDir, 'extensions');
  const settingsFile = path.join(user, 'User', 'settings.json');
  fs.mkdirSync(path.dirname(settingsFile), { recursive: true });
  if (!fs.existsSync(settingsFile)) {
    fs.writeFileSync(settingsFile, JSON.stringify({ ...SETTINGS, ...options.settings }, null, 2));
  }

  if (options.link) {
    // The server takes in what it finds there when it starts for the first time.
    const { publisher, name, version } = JSON.parse(fs.readFileSync(path.join(options.link, 'package.json'), 'utf8'));
    fs.mkdirSync(extensions, { recursive: true });
    fs.symlinkSync(path.resolve(options.link), path.join(extensions, `${publisher}.${name}-${version}`));
  }

  const node = serverNode(server);
  const main = path.join(server, 'out/server-main.js');
  const folders = ['--extensions-dir', extensions, '--server-data-dir', options.dataDir, '--user-data-dir', user];
  if (options.vsix)
    await promisify(execFile)(node, [main, '--install-extension', path.resolve(options.vsix), ...folders]);

  const child = spawn(
    node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...folders,
      ...['--builtin-extensions-dir', path.join(server, 'builtin')],
      ...['--without-connection-token', '--accept-server-license-terms', '--force-disable-user-env'],
      ...['--disable-telemetry', '--disable-experiments', '--disable-update-check'],
      ...['--disable-getting-started-override', '--disable-websocket-compression'],
      '--enable-remote-auto-shutdown', // ends itself some minutes after its page, should this process be killed outright
      ...(options.trust ? [] : ['--disable-workspace-trust']),
      ...(options.driver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.once(signal, () => process.exit(1));

  let log = '';
  const port = await new Promise((resolve, reject) => {
    const read = (data) => {
      log += data;
      if (options.verbose) process.stderr.write(data);
      const listening = /agent listening on (\d+)/.exec(log);
      if (listening) resolve(Number(listening[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}.\n${log}`)));
  });
  return {
    port,
    log: () => log,
    /** The address that opens a folder; `payload` is VS Code's own. */
    address(folder, payload = []) {
      const url = new URL(`http://127.0.0.1:${port}/`);
      url.searchParams.set('folder', path.resolve(folder));
      url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true'], ...payload]));
      return url.href;
    },
    ended: new Promise((resolve) => child.once('exit', resolve)),
    async close() {
      process.off('exit', kill);
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

/**
 * A server and a browser with the folder open.
 *
 * @param {Parameters<typeof startServer>[0] & {folder: string, payload?: (port: number) => string[][], onLog?: (kind: string, args: unknown[]) => void, width?: number, height?: number}} options
 */
export async function startVscode(options) {
  const server = await startServer(options);
  let browser;
  const close = async () => {
    await browser?.close().catch(() => {});
    await server.close();
  };
  try {
    browser = await chromium.launch({
      executablePath: installChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    let settle;
    const exit = new Promise((resolve) => {
      settle = resolve;
    });
    // VS Code calls these two: the first when an extension test suite has ended, the second for what it logs.
    await page.exposeFunction('codeAutomationExit', (code) => settle(code));
    await page.exposeFunction('codeAutomationLog', (kind, args) => {
      if (options.verbose) console.error(`[${kind}]`, ...args);
      options.onLog?.(kind, args);
    });
    await page.goto(server.address(options.folder, options.payload?.(server.port)), { waitUntil: 'commit' });
    return { page, context, server, exit, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves when the workbench has restored its editors and views, by its own performance mark. */
export function workbenchReady(page) {
  return page.waitForFunction(() => performance.getEntriesByName('code/didStartWorkbench').length > 0, undefined, {
    timeout: 60_000,
  });
}
