// The playground in the light and the high-contrast theme and at 400 px: nothing is cut off, no page scrolls sideways, also not at
// twice the size, and axe finds nothing serious.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, palette, playground, screenshot, until, violations } from './workbench.mjs';

const LOOKS = [
  { name: 'dark', theme: 'Default Dark Modern', width: 1440 },
  { name: 'light', theme: 'Default Light Modern', width: 1440 },
  { name: 'contrast', theme: 'Default High Contrast', width: 1440 },
  { name: 'narrow', theme: 'Default Dark Modern', width: 480 },
];

for (const { name, theme, width } of LOOKS) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-looks-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder: copySample(path.join(scratch, 'workspace')),
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme },
      width: Math.max(width, 1000),
      height: 900,
    });
    try {
      const { page } = vscode;
      await workbenchReady(page);
      await openFile(page, 'triage.prompt');
      await lens(page, /Evaluate \d+ cases/).click();
      await lens(page, /\d+ pass/).waitFor();
      await palette(page, 'Touchstone: Open Playground');
      if (width < 1000) {
        const beside = await playground(page);
        // A tooltip of what the mouse stands on would lie over it.
        await page.mouse.move(500, 700);
        await beside.locator('h1').click();
        // The group with the focus is the one that is maximised.
        await page.locator('.editor-group-container.active .tab').filter({ hasText: 'Playground' }).waitFor();
        await palette(page, 'View: Maximize Editor Group and Hide Side Bars');
        await page.setViewportSize({ width, height: 900 });
      }
      // Looked up last: moving an editor makes its frame again.
      const view = await playground(page);
      for (const tab of ['Preview', 'Results', 'History']) {
        await view.getByRole('tab', { name: tab }).click();
        if (tab === 'Results') {
          await until('rows', async () => (await view.locator('.grid-row').count()) > 5);
          assert.deepEqual(await violations(view), [], 'Results without a sample');
          await screenshot(page, `look-${name}-grid`);
          await view.locator('.grid-row').nth(1).click();
          await view.getByRole('complementary', { name: 'Sample' }).waitFor();
        }
        await screenshot(page, `look-${name}-${tab.toLowerCase()}`);
        const overflow = await view.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${tab} scrolls sideways by ${overflow} px`);
        assert.deepEqual(await violations(view), [], tab);
        if (width < 1000) continue;
        const zoomed = await view.evaluate(() => {
          document.body.style.zoom = '2';
          const beyond = document.documentElement.scrollWidth - innerWidth;
          document.body.style.zoom = '';
          return beyond;
        });
        assert.ok(zoomed <= 0, `${tab} scrolls sideways by ${zoomed} px at twice the size`);
      }
    } finally {
      await vscode.close();
    }
  });
}
