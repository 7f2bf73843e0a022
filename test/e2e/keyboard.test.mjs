// The playground by keyboard alone: everything can be reached, what has the focus can be seen, and nothing holds it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { copySample } from '../harness/copySample.mjs';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, palette, playground, screenshot, until } from './workbench.mjs';

const scratch = path.resolve('test-results/e2e-keyboard');
let vscode;
let page;
let view;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: copySample(path.join(scratch, 'workspace')),
    vsix: 'touchstone.vsix',
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    width: 1440,
    height: 900,
  });
  page = vscode.page;
  await workbenchReady(page);
  await openFile(page, 'triage.prompt');
  await lens(page, /Evaluate \d+ cases/).waitFor();
  await palette(page, 'Touchstone: Open Playground');
  view = await playground(page);
  await view.locator('.form-row').first().waitFor();
});
after(() => vscode?.close());

/** What has the focus: its role, its name, and whether an outline, a border or a shadow tells. */
const focused = () =>
  view.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const label =
      element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.getAttribute('title');
    const name = label ?? element.textContent.trim();
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const within = element.shadowRoot?.activeElement && getComputedStyle(element.shadowRoot.activeElement);
    const isShown = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || within != null;
    const { width, height } = element.getBoundingClientRect();
    return { tag: element.tagName, name: name.slice(0, 60), isShown, isThere: width > 0 && height > 0 };
  });

/** Tab after tab through the page, until it leaves or comes round. */
async function walk() {
  const seen = [];
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    const now = await focused();
    if (now === null) break;
    seen.push(now);
  }
  return seen;
}

test('Tab goes through the preview, and every stop can be seen', async () => {
  await view.locator('body').click({ position: { x: 5, y: 5 } });
  const stops = await walk();
  const names = stops.map(({ name }) => name).join(' | ');
  for (const wanted of [/Run/, /Preview/, /ticket/i, /request/, /Copy/]) assert.match(names, wanted);
  assert.ok(stops.length < 80, 'the focus never leaves');
  assert.deepEqual(
    stops.filter(({ isShown, isThere }) => !isShown || !isThere).map(({ tag, name }) => `${tag} ${name}`),
    [],
  );
});

test('arrows go from tab to tab, and Enter in the results opens a sample that Escape closes', async () => {
  // The walk has left the view.
  await view.locator('h1').click();
  await page.keyboard.press('Control+Shift+Enter');
  await view.locator('.run-composite').waitFor();
  await until(
    'the end of the run',
    async () => (await view.getByRole('button', { name: 'Use as baseline' }).count()) > 0,
  );
  await view.getByRole('tab', { name: 'Results' }).focus();
  await page.keyboard.press('ArrowLeft');
  await view.getByRole('tab', { name: 'Preview', selected: true }).waitFor();
  await page.keyboard.press('ArrowRight');
  await view.getByRole('tab', { name: 'Results', selected: true }).waitFor();
  await until('rows', async () => (await view.locator('.grid-row').count()) > 5);
  await screenshot(page, 'keyboard-1-tab');
  await view.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await view.getByRole('complementary', { name: 'Sample' }).waitFor();
  await screenshot(page, 'keyboard-2-drawer');
  const stops = await walk();
  assert.ok(stops.length < 80, 'the focus never leaves the drawer');
  assert.deepEqual(
    stops.filter(({ isShown }) => !isShown).map(({ tag, name }) => `${tag} ${name}`),
    [],
  );
  await view.getByRole('complementary', { name: 'Sample' }).press('Escape');
  await view.getByRole('complementary', { name: 'Sample' }).waitFor({ state: 'detached' });
  await until('the focus in the grid', async () => /GRID|DIV/.test((await focused())?.tag ?? ''));
  await view.getByRole('tab', { name: 'Results' }).focus();
  await page.keyboard.press('ArrowRight');
  await view.getByRole('tab', { name: 'History', selected: true }).waitFor();
});
