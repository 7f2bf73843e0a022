// Whether a judge can be trusted, in the packaged extension: the sample's summaries come with what people rated, and its judge is below
// the bar that the suite sets. The warning stands wherever its number does, and the report says why; in each theme, wide and narrow.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, playground, screenshot, until, violations } from './workbench.mjs';

for (const [name, theme, width] of [
  ['dark', 'Default Dark Modern', 1440],
  ['light', 'Default Light Modern', 1000],
  ['contrast', 'Default High Contrast', 1200],
]) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-judges-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder: copySample(path.join(scratch, 'workspace')),
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme, 'touchstone.author': 'Bo' },
      width,
      height: 900,
    });
    try {
      const { page } = vscode;
      await workbenchReady(page);
      await openFile(page, 'digest.prompt');
      await lens(page, /Evaluate 8 cases/).click();
      await lens(page, /6 pass/).waitFor();
      const view = await playground(page);
      await view.getByRole('tab', { name: 'Results' }).click();
      await until('rows', async () => (await view.locator('.grid-row').count()) === 8);
      // Beside the judge's mean, and in its column of the grid where that is in sight.
      const mark = view.getByRole('img', { name: /`summarisation` agrees too little with people: kappa 0\.25/ });
      await mark.first().waitFor();
      await view.getByRole('button', { name: 'Review 6/8' }).waitFor();
      await screenshot(page, `judges-results-${name}`);
      assert.deepEqual(await violations(view), []);

      await view.getByRole('button', { name: 'Judges' }).click();
      const judges = view.getByRole('region', { name: 'Judges' });
      const card = judges.getByRole('article', { name: 'summarisation' });
      await card.getByText('Below the bar: kappa 0.25, the suite asks for 0.6.').waitFor();
      assert.match(await card.innerText(), /8 of 8 answers judged, 6 rated by people/);
      assert.match(await card.innerText(), /Krippendorff's alpha 0\.90 over 4 answers/);
      await screenshot(page, `judges-${name}`);
      assert.deepEqual(await violations(view), []);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);

      // A difference leads to its sample, in the run that it is of; its score carries the warning too.
      await card.getByRole('button', { name: 'budget' }).click();
      const drawer = view.getByRole('complementary', { name: 'Sample' });
      await drawer.getByText('A wrong number must not go to the board').waitFor();
      await drawer.getByRole('img', { name: /agrees too little/ }).waitFor();
      await screenshot(page, `judges-drawer-${name}`);
    } finally {
      await vscode.close();
    }
  });
}
