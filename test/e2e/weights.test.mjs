// Other weights for a stored run, in the packaged extension: every figure follows a slider, nothing is asked; what was tried is written
// into the suite as an edit and the answers are scored again, as a run of its own. By keyboard, in each theme, wide and narrow.
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
    const scratch = path.resolve(`test-results/e2e-weights-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const folder = copySample(path.join(scratch, 'workspace'));
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder,
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme },
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
      await view.getByRole('button', { name: 'Weights' }).click();
      const strip = view.getByRole('region', { name: 'Weights' });
      await strip.getByText('Drag a weight: every figure follows.').waitFor();

      // By keyboard: the slider of what people say goes to its end, and the summary that they refuse stays failed.
      const slider = strip.getByRole('slider', { name: 'Weight of people' });
      await slider.focus();
      await page.keyboard.press('End');
      await strip.getByText('Trying').waitFor();
      await until('the score of the trial', async () => (await view.locator('.run-composite').innerText()) !== '0.77');
      const composite = view.locator('.run-composite');
      const heavy = await composite.innerText();
      await page.keyboard.press('Home');
      await until('a lighter one', async () => (await composite.innerText()) !== heavy);
      // Without people, budget passes: one sample ends otherwise.
      await strip.getByText('1 sample ends otherwise').waitFor();
      await until('7 passing', async () => /7\s*pass/.test(await view.locator('.chips').innerText()));
      await strip.getByRole('spinbutton', { name: 'Threshold of the composite' }).fill('0.95');
      await until('fewer', async () => !/7\s*pass/.test(await view.locator('.chips').innerText()));
      await screenshot(page, `weights-${name}`);
      assert.deepEqual(await violations(view), []);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);

      // The drawer is of the trial too.
      await view.locator('.grid-row').first().click();
      const drawer = view.getByRole('complementary', { name: 'Sample' });
      await drawer.getByText(/^How \S+ came about/).click();
      await drawer.getByText('Passes at 0.95.').waitFor();
      await drawer.getByRole('button', { name: 'Close (Escape)' }).click();

      // A weight of 0 is nothing that a suite can say.
      await strip.getByRole('button', { name: 'Reset' }).click();
      await until('the run again', async () => (await composite.innerText()) === '0.77');
      await strip.getByRole('spinbutton', { name: 'Weight of people as a number' }).fill('1.5');
      await strip.getByText('Trying').waitFor();
      await strip.getByRole('button', { name: 'Write into suite' }).click();
      const editor = page.locator('.tab[data-resource-name="digest.eval.yaml"]');
      await editor.waitFor();
      await strip.getByRole('button', { name: 'Close, and leave the weights as they are' }).click();
      await view.getByText('The suite scores otherwise now.').waitFor();
      await screenshot(page, `weights-written-${name}`);
      await view.getByRole('button', { name: 'Re-score these answers' }).click();
      await view.getByText('re-scored').first().waitFor();
      // What is typed counts, saved or not: with less weight on people, budget passes in the new run.
      await until('the new weights', async () => (await composite.innerText()) === '0.78');
      await until('7 passing', async () => /7\s*pass/.test(await view.locator('.chips').innerText()));
      await screenshot(page, `weights-rescored-${name}`);
      assert.doesNotMatch(fs.readFileSync(path.join(folder, 'evals/digest.eval.yaml'), 'utf8'), /weight: 1\.5/);
    } finally {
      await vscode.close();
    }
  });
}
