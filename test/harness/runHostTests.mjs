// Runs dist/test/host.cjs inside the extension host of a real VS Code and ends with its result. `-v` prints all logs.
import fs from 'node:fs';
import path from 'node:path';
import { copySample } from './copySample.mjs';
import { startVscode } from './startVscode.mjs';

const results = path.resolve('test-results/host');
fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results, { recursive: true });
const resultFile = path.join(results, 'result.json');

const remote = (port, file) => `vscode-remote://127.0.0.1:${port}${path.resolve(file)}`;
const vscode = await startVscode({
  dataDir: path.join(results, 'data'),
  folder: copySample(path.join(results, 'workspace')),
  driver: true,
  link: 'test/harness/editorModels',
  payload: (port) => [
    ['extensionDevelopmentPath', remote(port, '.')],
    ['extensionTestsPath', remote(port, 'dist/test/host.cjs')],
  ],
  env: { TOUCHSTONE_HOST_RESULT: resultFile },
  verbose: process.argv.includes('-v'),
  onLog: (_kind, [line, ...rest]) => {
    if (/^(ok|not ok|#|1\.\.| {2})/.test(String(line))) console.log(line, ...rest); // the suite's TAP lines, as they come
  },
});
let code;
try {
  const limit = new Promise((resolve) => setTimeout(resolve, 240_000, 'timed out').unref());
  code = await Promise.race([vscode.exit, limit]);
  if (code !== 0) await vscode.page.screenshot({ path: path.join(results, 'failure.png') });
} finally {
  await vscode.close();
}
const result = fs.existsSync(resultFile) ? JSON.parse(fs.readFileSync(resultFile, 'utf8')) : null;
if (!result) console.error(vscode.server.log());
console.log(result ? `host: ${result.passed} passed, ${result.failed} failed` : `host: no result (exit ${code})`);
for (const failure of result?.failures ?? []) console.error(failure);
process.exit(code === 0 && result?.failed === 0 && result.passed > 0 ? 0 : 1);
