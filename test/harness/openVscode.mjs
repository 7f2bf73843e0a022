// `npm run vscode`: the sample workspace with this extension, in the desktop VS Code if there is one, otherwise in the VS Code
// that the tests use, on loopback, with its address printed. Another folder may be given as an argument.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { findDesktop } from './findDesktop.mjs';
import { startServer } from './startVscode.mjs';

const folder = path.resolve(process.argv[2] ?? 'media/sample');
const desktop = findDesktop();
if (desktop && process.env.TOUCHSTONE_BROWSER !== '1') {
  console.log(`Opening ${folder} in ${desktop}`);
  const child = spawn(desktop, [`--extensionDevelopmentPath=${path.resolve('.')}`, folder], {
    stdio: 'ignore',
    detached: true,
  });
  child.unref();
} else {
  const server = await startServer({
    dataDir: path.resolve('.vscode-test/browser'),
    driver: true,
    port: Number(process.env.PORT ?? 0),
    settings: { 'workbench.reduceMotion': 'auto' },
  });
  const extension = `vscode-remote://127.0.0.1:${server.port}${path.resolve('.')}`;
  console.log(
    `VS Code with Touchstone, on this machine only. Open in a browser:\n\n  ${server.address(folder, [['extensionDevelopmentPath', extension]])}\n\nCtrl+C ends it.`,
  );
  await server.ended;
}
