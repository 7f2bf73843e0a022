// What a user does in the workbench, by the means a user has: keys, clicks and what stands on the screen.
import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';

export const screenshots = path.resolve('test-results/e2e');

/** Waits until the question has a truthy answer. */
export async function until(what, ask, limitMs = 20_000) {
  for (const end = Date.now() + limitMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`waited in vain for ${what}`);
}

export async function screenshot(page, name) {
  fs.mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Runs a command by its title in the palette. */
export function palette(page, title) {
  return quickInput(page, 'F1', `>${title}`, title);
}

/**
 * Opens VS Code's quick input by its key, fills it, and takes the first row with these words. A key is lost before the workbench
 * listens, and the input closes when an editor takes the focus meanwhile: then it begins again.
 */
async function quickInput(page, key, text, row) {
  const short = { timeout: 3000 };
  await until(
    `"${row}" in the quick input`,
    async () => {
      try {
        await page.keyboard.press(key);
        await page.locator('.quick-input-widget:visible input[type=text]').fill(text, short);
        await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first().click(short);
        return true;
      } catch {
        // Only now: where a run goes on, Escape in an editor would stop it.
        await page.keyboard.press('Escape');
        return false;
      }
      // A busy machine takes its time until the extension's commands are there.
    },
    60_000,
  );
}

/**
 * Answers the input box with this title. A dialog for files writes its own beginning a moment after it has opened, so what was
 * filled in must stay there before it is sent.
 */
export async function answer(page, title, text) {
  const box = page.locator('.quick-input-widget:visible').filter({ hasText: title });
  const input = box.locator('input[type=text], input[type=password]').first();
  await until(`"${text}" in the box "${title}"`, async () => {
    await input.fill(text);
    await new Promise((resolve) => setTimeout(resolve, 400));
    return (await input.inputValue()) === text;
  });
  await input.press('Enter');
}

export async function pick(page, text) {
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
}

/**
 * Runs a task by way of these rows of "Tasks: Run Task". The rows are read while the list is open, and it closes when something
 * takes the focus meanwhile: then it begins again.
 */
export async function runTask(page, ...rows) {
  await until(
    `the task ${rows.join(' > ')}`,
    async () => {
      await palette(page, 'Tasks: Run Task');
      try {
        for (const row of rows) {
          await page
            .locator('.quick-input-list .monaco-list-row')
            .filter({ hasText: row })
            .first()
            .click({ timeout: 5000 });
        }
        return true;
      } catch {
        await page.keyboard.press('Escape');
        return false;
      }
    },
    90_000,
  );
}

/** The tab of the file that is in front in its group. */
export function frontTab(page, name) {
  return page.locator(`.tab.active[data-resource-name="${name}"]`).first();
}

/** Brings a file to the front: by its tab where it has one, else by its name; the rows of the quick input change while it searches. */
export async function openFile(page, name) {
  const base = path.basename(name);
  const tab = page.locator(`.tab[data-resource-name="${base}"]`).first();
  await until(
    `${base} in front`,
    async () => {
      try {
        if ((await tab.count()) > 0) await tab.click({ timeout: 3000 });
        else await quickInput(page, 'Control+P', name, base);
        await frontTab(page, base).waitFor({ timeout: 3000 });
        return true;
      } catch {
        return false;
      }
    },
    60_000,
  );
}

/** Puts the cursor of the editor in front at a line and column, both from 1. */
export async function cursorTo(page, line, column) {
  const place = page.locator('.statusbar-item').filter({ hasText: `Ln ${line}, Col ${column}` });
  await until(`the cursor at ${line}:${column}`, async () => {
    await page.keyboard.press('Control+g');
    const input = page.locator('.quick-input-widget:visible input[type=text]');
    try {
      await input.fill(`:${line}:${column}`, { timeout: 2000 });
      await input.press('Enter');
      await place.waitFor({ timeout: 2000 });
      return true;
    } catch {
      await page.keyboard.press('Escape');
      return false;
    }
  });
}

/** The lens whose words match. */
export function lens(page, words) {
  return page.locator('.codelens-decoration a').filter({ hasText: words }).first();
}

/** The frame of the playground: a webview is a frame of VS Code's with the extension's page in a frame of its own. */
export function playground(page) {
  return until('the playground', async () => {
    for (const frame of page.frames()) {
      if (!frame.url().includes('/webview/browser/pre/fake.html')) continue;
      const id = await frame
        .frameElement()
        .then((element) => element.getAttribute('id'))
        .catch(() => null);
      if (
        id === 'active-frame' &&
        (await frame
          .locator('.app')
          .count()
          .catch(() => 0)) > 0
      )
        return frame;
    }
    return undefined;
  });
}

/** What axe finds serious or critical in a frame, as `rule: where`. */
export async function violations(frame) {
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    const found = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
  });
}
