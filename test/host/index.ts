import fs from 'node:fs';
import Mocha from 'mocha';

/** Called by VS Code in its extension host, the same in the browser's and the desktop's. Rejects when a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: 'tap' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./suite.test.ts');
  await import('./editorModels.test.ts');
  await import('./language.test.ts');
  const failures: string[] = [];
  let passed = 0;
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => {
      passed += 1;
    });
    runner.on('fail', (test, error: Error) => {
      failures.push(`${test.fullTitle()}: ${error.stack}`);
    });
  });
  const file = process.env['TOUCHSTONE_HOST_RESULT'];
  if (file) fs.writeFileSync(file, JSON.stringify({ passed, failed: failures.length, failures }));
  if (failures.length > 0) throw new Error(failures.join('\n'));
}
