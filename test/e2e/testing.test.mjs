// Suites and cases in VS Code's own Testing view: found, run, each case with its score, what failed with both texts, and all of it there
// again after a restart; in each theme.
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { palette, screenshot, until } from './workbench.mjs';

/** One suite, with one case more that has no recorded answer: that is an error. */
function prepared(folder) {
  for (const name of fs.readdirSync(path.join(folder, 'evals')))
    if (name.endsWith('.eval.yaml') && name !== 'triage.eval.yaml') fs.rmSync(path.join(folder, 'evals', name));
  fs.appendFileSync(
    path.join(folder, 'evals/triage.csv'),
    'not-recorded,en,pro,A ticket that nobody has answered yet,billing,false,Nobody answered.\n',
  );
  return folder;
}

for (const [name, theme] of [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
]) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-testing-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const folder = prepared(copySample(path.join(scratch, 'workspace')));
    const start = () =>
      startVscode({
        dataDir: path.join(scratch, 'data'),
        folder,
        vsix: 'touchstone.vsix',
        settings: { 'workbench.colorTheme': theme, 'testing.automaticallyOpenTestResults': 'neverOpen' },
        width: 1300,
        height: 900,
      });
    const first = await start();
    try {
      const { page } = first;
      await workbenchReady(page);
      await palette(page, 'Testing: Focus on Test Explorer View');
      const row = (words) => page.locator('.test-explorer .monaco-list-row').filter({ hasText: words });
      await row('triage.eval.yaml').first().waitFor();
      await palette(page, 'Test: Run All Tests');
      await until('the score of the suite', async () =>
        /0\.\d\d · \d+ pass \d+ fail 2 error/.test(await row('triage.eval.yaml').first().innerText()),
      );
      await row('triage.eval.yaml').first().click();
      await page.keyboard.press('ArrowRight');
      await until('variants', async () => (await row('triage-v1').count()) > 0);
      await row('triage-v1').first().click();
      await page.keyboard.press('ArrowRight');
      await until('cases', async () => (await page.locator('.test-explorer .monaco-list-row').count()) > 6);
      await screenshot(page, `testing-${name}`);
      // What failed, beside what was expected.
      const failed = page.locator('.test-explorer .monaco-list-row[aria-label*="Failed"]').last();
      await failed.click();
      await palette(page, 'Test: Peek Output');
      await page.locator('.test-output-peek-message-container, .monaco-diff-editor').first().waitFor();
      await screenshot(page, `testing-failed-${name}`);
    } finally {
      await first.close();
    }
    const again = await start();
    try {
      const { page } = again;
      await workbenchReady(page);
      await palette(page, 'Testing: Focus on Test Explorer View');
      const row = page.locator('.test-explorer .monaco-list-row').filter({ hasText: 'triage.eval.yaml' }).first();
      await until('the score from before', async () => /0\.\d\d · \d+ pass \d+ fail/.test(await row.innerText()));
      await until('that it failed', async () => /Failed|Errored/.test((await row.getAttribute('aria-label')) ?? ''));
      await screenshot(page, `testing-restored-${name}`);
    } finally {
      await again.close();
    }
  });
}
