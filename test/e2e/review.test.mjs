// People rate answers in the packaged extension: the queue by keyboard alone, blind, with undo and a comment; two answers side by
// side; a rating in the drawer; and all of it there again after the window was loaded anew. In each theme, wide and narrow.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, palette, playground, screenshot, until, violations } from './workbench.mjs';

const SUITE = `prompts: [../prompts/triage.prompt, ../prompts/triage-v1.prompt]
data: ./triage.csv
metrics:
  - equals: { path: category, expected: "{{expected.category}}" }
  - human:
      criteria: { correct: yes-no, tone: [1, 5] }
      instructions: Is the ticket in the right queue, and would you sign the summary?
    name: people
    weight: 2
  - human: { scale: prefer }
    name: better
`;

/** A workspace whose triage suite asks people, about its first cases only. */
function peopleWorkspace(folder) {
  copySample(folder);
  fs.writeFileSync(path.join(folder, 'evals/triage.eval.yaml'), SUITE);
  fs.rmSync(path.join(folder, 'evals/triage.baseline.json'), { force: true });
  const data = path.join(folder, 'evals/triage.csv');
  const rows = fs.readFileSync(data, 'utf8').split('\n');
  fs.writeFileSync(data, `${rows.slice(0, 5).join('\n')}\n`);
  return folder;
}

for (const [name, theme, width] of [
  ['dark', 'Default Dark Modern', 1440],
  ['light', 'Default Light Modern', 1200],
  ['contrast', 'Default High Contrast', 1000],
]) {
  test(name, async () => {
    const scratch = path.resolve(`test-results/e2e-review-${name}`);
    fs.rmSync(scratch, { recursive: true, force: true });
    const vscode = await startVscode({
      dataDir: path.join(scratch, 'data'),
      folder: peopleWorkspace(path.join(scratch, 'workspace')),
      vsix: 'touchstone.vsix',
      settings: { 'workbench.colorTheme': theme, 'touchstone.author': 'Ada' },
      width,
      height: 900,
    });
    try {
      const { page } = vscode;
      await workbenchReady(page);
      await openFile(page, 'triage.eval.yaml');
      await lens(page, /Evaluate \d+ cases/).click();
      await lens(page, /pass|unscored/).waitFor();
      await palette(page, 'Touchstone: Review Outputs');
      let view = await playground(page);
      const review = view.getByRole('region', { name: 'Review' });
      await review.getByText('as Ada').waitFor();
      await review.getByText('Is the ticket in the right queue').waitFor();
      const total = Number(/0\/(\d+)/.exec(await review.innerText())?.[1]);
      assert.ok(total >= 4, `${total} answers`);
      // Blind: nothing tells which prompt or model answered.
      assert.doesNotMatch(await view.locator('.results, .review').first().innerText(), /replay\/|triage-v1|composite/);
      await screenshot(page, `review-${name}`);
      assert.deepEqual(await violations(view), []);

      // y and a number rate both criteria, and the next answer comes at once.
      await page.keyboard.press('y');
      await review.getByRole('button', { name: /^Yes/, pressed: true }).waitFor();
      await page.keyboard.press('4');
      await review.getByText(`1/${total}`).waitFor();
      await review
        .locator('.rate-said')
        .getByText(/Rated tone 4 of 5/)
        .waitFor();
      // u leads back and takes the last one back; the other stays.
      await page.keyboard.press('u');
      await review.getByText(`0/${total}`).waitFor();
      await review.getByRole('button', { name: /^Yes/, pressed: true }).waitFor();
      await page.keyboard.press('c');
      await page.keyboard.type('Terse, but right');
      await page.keyboard.press('Enter');
      await page.keyboard.press('3');
      await review.getByText(`1/${total}`).waitFor();
      await page.keyboard.press('k');
      await review.getByText('Terse, but right').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('?');
      await review.getByRole('list', { name: 'Keys' }).waitFor();
      await screenshot(page, `review-keys-${name}`);
      await page.keyboard.press('?');
      for (let rated = 1; rated < total; rated += 1) {
        // The next answer, not the one that was just rated: nothing is said of it yet.
        await until('an answer', async () => {
          const isThere = (await review.locator('.review-card').count()) > 0;
          return isThere && (await review.getByRole('button', { pressed: true }).count()) === 0;
        });
        await page.keyboard.press(rated % 3 === 0 ? 'n' : 'y');
        await page.keyboard.press(String(2 + (rated % 4)));
        await review.getByText(`${rated + 1}/${total}`).waitFor();
      }
      await review.getByText(`All ${total} answers rated`).waitFor();
      await screenshot(page, `review-done-${name}`);
      await page.keyboard.press('Escape');
      await view.getByRole('button', { name: /^Review \d+\/\d+/ }).waitFor();

      // Two answers side by side: which is which is for nobody to see.
      await view.getByRole('button', { name: /^Review \d+/ }).click();
      await review.getByText(`All ${total} answers rated`).waitFor();
      await review.getByRole('combobox', { name: 'Metric' }).click();
      await review.getByRole('option', { name: 'better' }).click();
      await until('a pair', async () => (await review.locator('.review-card:not(.is-expected)').count()) === 2);
      await screenshot(page, `review-pair-${name}`);
      assert.deepEqual(await violations(view), []);
      const pairs = Number(/0\/(\d+)/.exec(await review.innerText())?.[1]);
      await review.focus();
      await page.keyboard.press('1');
      await review.getByText(pairs === 1 ? 'All 1 answer rated' : `1/${pairs}`).waitFor();
      await page.keyboard.press('Escape');

      // The drawer shows who said what, and rates as well: the figures follow.
      await until('rows', async () => (await view.locator('.grid-row').count()) > 0);
      await view.locator('.grid-row').first().click();
      const drawer = view.getByRole('complementary', { name: 'Sample' });
      await drawer
        .getByText(/by Ada\./)
        .first()
        .waitFor();
      const before = await drawer.getByText(/^composite/).innerText();
      await drawer.getByRole('group', { name: 'tone' }).getByRole('button', { name: '1', exact: true }).click();
      await drawer.getByText(/tone 1 of 5/).waitFor();
      assert.notEqual(await drawer.getByText(/^composite/).innerText(), before);
      await screenshot(page, `review-drawer-${name}`);
      assert.deepEqual(await violations(view), []);
      assert.ok((await view.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);

      await page.reload();
      await workbenchReady(page);
      await openFile(page, 'triage.eval.yaml');
      await palette(page, 'Touchstone: Show Results');
      // The panel of before comes back as well, and its frame may go again; what VS Code had not written yet of its state is lost,
      // so the review may be open once more.
      view = await until(
        'the results after a reload',
        async () => {
          const found = await playground(page);
          const back = found
            .getByRole('region', { name: 'Review' })
            .getByRole('button', { name: /^Back to the results/ });
          if ((await back.count().catch(() => 0)) > 0) await back.click({ timeout: 1000 }).catch(() => {});
          const button = found.getByRole('button', { name: /^Review \d+\/\d+/ });
          return (await button.count().catch(() => 0)) > 0 ? found : null;
        },
        60_000,
      );
      // The sample that was open is open again; where it is not, its row opens it.
      const again = view.getByRole('complementary', { name: 'Sample' });
      await until('what was said of it', async () => {
        if ((await again.getByText(/tone 1 of 5/).count()) > 0) return true;
        if ((await again.count()) === 0)
          await view
            .locator('.grid-row')
            .first()
            .click({ timeout: 1000 })
            .catch(() => {});
        return false;
      });
    } finally {
      await vscode.close();
    }
  });
}
