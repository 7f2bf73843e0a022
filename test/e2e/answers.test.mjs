// The playground's answers over real HTTP: JSON that is checked as it grows, a conversation, models side by side, Stop, and a view
// that is loaded anew in the middle of a stream.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { startFakeApi } from '../support/fakeApi.ts';
import { openFile, palette, pick, playground, screenshot, until, violations } from './workbench.mjs';

const scratch = path.resolve('test-results/e2e-answers');
const workspace = path.join(scratch, 'workspace');
const HEAD_TEXT = 'Classify as JSON: {{ticket}}';
const TEXT = 'Classify the ticket as JSON: {{ticket}}';
const prompt = (text) =>
  `---\nmodel: local/small\noutput:\n  format: json\n  schema: { category(enum): [billing, bug, other], urgent: boolean, reply?: string }\n---\n${text}{{history}}\n`;
let api;
let vscode;
let page;
let reply = () => ({ output: 'hello' });
const answers = async () => (await playground(page)).locator('.preview-answer');
const text = async () => (await answers()).textContent();
const sent = (index) => api.requests.at(index).body;

before(async () => {
  fs.rmSync(scratch, { recursive: true, force: true });
  api = await startFakeApi((request) => reply(request));
  const files = {
    'touchstone.yaml': `providers:\n  local:\n    baseUrl: ${api.url}\n    maxRetries: 0\nprices:\n  local/small: { inputPerMillion: 1, outputPerMillion: 2 }\n`,
    'triage.prompt': prompt(HEAD_TEXT),
    'triage.eval.yaml': 'prompts: [triage.prompt]\ndata: tickets.csv\nmetrics:\n  - contains: category\n',
    'tickets.csv': 'id,ticket\nrefund,I want my money back.\ncrash,It crashes when I save.\n',
  };
  fs.mkdirSync(workspace, { recursive: true });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(workspace, name), content);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], { cwd: workspace });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  fs.writeFileSync(path.join(workspace, 'triage.prompt'), prompt(TEXT));
  vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: workspace,
    vsix: 'touchstone.vsix',
    width: 1500,
    height: 950,
  });
  page = vscode.page;
  await workbenchReady(page);
  await openFile(page, 'triage.prompt');
});
after(async () => {
  await vscode?.close();
  await api?.stop();
});

test('the key runs the case, the focus stays in the editor, and JSON is checked as it grows', async () => {
  reply = () => ({
    output: ['{"category": "billing", ', '"urgent": ', '"yes", ', '"reply": "Sorry', ' to hear it."}'],
    pieceDelayMs: 400,
  });
  await palette(page, 'Touchstone: Open Playground');
  await (await answers()).getByRole('button', { name: /^Ask for/ }).waitFor();
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+Enter');
  await until('the violation before the end', async () => {
    const now = await text();
    return now.includes('$.urgent') && !now.includes('to hear it');
  });
  assert.ok(await page.evaluate(() => document.activeElement?.closest('.editor-instance') !== null), 'focus moved');
  await until('all of it', async () => (await text()).includes('to hear it'));
  const view = await answers();
  await view.getByText('must be boolean').waitFor();
  await view.locator('dt', { hasText: 'Cost' }).waitFor();
  assert.match(await view.locator('.measures').innerText(), /10 → 5[\s\S]*\$0\.00002[\s\S]*stop/);
  assert.match(await view.locator('.lane .verbatim').first().innerText(), /\{\n {2}"category": "billing",\n/);
  await view.getByRole('button', { name: 'Raw' }).click();
  assert.match(await view.locator('.lane .verbatim').first().innerText(), /^\{"category"/);
  await view.getByRole('button', { name: 'Read' }).click();
  await screenshot(page, 'answers-1-json');
});

test('a conversation goes on, is edited, and survives a view that is loaded anew in the middle of a stream', async () => {
  reply = () => ({ output: '{"category":"bug","urgent":false}' });
  const view = await playground(page);
  const field = view.getByLabel('Go on with the conversation');
  await field.fill('And if it crashes?');
  await field.press('Control+Enter');
  await until('the second answer', async () => (await text()).includes('"bug"'));
  assert.deepEqual(
    sent(-1).messages.map(({ role }) => role),
    ['user', 'assistant', 'user'],
  );
  assert.equal(await field.inputValue(), '');

  const pieces = Array.from({ length: 24 }, (_, index) => `word${index} `);
  reply = () => ({ output: pieces, pieceDelayMs: 200 });
  await view.getByRole('button', { name: 'Edit this turn and go on from there' }).click();
  const edit = view.getByLabel('What was said: all that follows is asked again');
  await until('the turn in the field', async () => (await edit.inputValue()) === 'And if it crashes?');
  await edit.fill('And if it is slow?');
  await edit.press('Control+Enter');
  await until('the stream', async () => (await text()).includes('word2'));
  assert.equal(sent(-1).messages.at(-1).content, 'And if it is slow?');
  await palette(page, 'Developer: Reload Webviews');
  await until('the stream in the new view', async () => {
    const now = await text().catch(() => '');
    return now.includes('word1 word2') && now.includes('word9') && !now.includes('word23');
  });
  await until('its end', async () => (await text()).includes(pieces.join('').trim()));
  assert.equal(api.abandoned(), 0);
  await screenshot(page, 'answers-2-conversation');
});

test('the conversation becomes a case with its history', async () => {
  const view = await playground(page);
  await view.getByRole('button', { name: /Save the conversation as a case/ }).click();
  await view.getByText('case', { exact: false }).first().waitFor();
  await until('three cases', async () => (await view.locator('.stepper').innerText()).includes('/3'));
  await until('its messages', async () =>
    (await view.locator('.preview-prompt').innerText()).includes('And if it is slow?'),
  );
  await view.getByRole('button', { name: 'Previous case' }).click();
  await view.getByRole('button', { name: 'Previous case' }).click();
  await until('the conversation of the first case', async () => (await text()).includes('word23'));
  await view.getByRole('button', { name: 'Clear the conversation' }).click();
  await until('an empty answer', async () => !(await text()).includes('word23'));
});

test('lanes ask two models and the last commit at once; what they say is compared', async () => {
  const view = await playground(page);
  // The picker asks servers on this machine for their models; that is no question to a model.
  const chats = () => api.requests.filter((request) => request.path.endsWith('/chat/completions'));
  const before = chats().length;
  await view.getByRole('button', { name: '+ model' }).click();
  await page.locator('.quick-input-widget:visible input[type=text]').fill('local/large');
  await pick(page, 'local/large');
  await view.locator('.lane').nth(1).waitFor();
  await view.getByRole('button', { name: 'vs HEAD' }).click();
  await view.locator('.lane').nth(2).waitFor();
  assert.equal(chats().length, before, 'adding a lane sends nothing');
  reply = ({ body }) => ({
    output: body.model === 'large' ? '{"category":"bug","urgent":true}' : '{"category":"billing","urgent":true}',
    delayMs: 400,
  });
  await view.getByRole('button', { name: 'Run', exact: true }).click();
  await until('three answers', async () => (await view.locator('.lane .measures').count()) === 3);
  assert.equal(api.mostAtOnce() >= 3, true, 'the lanes are asked at once');
  const asked = chats()
    .slice(before)
    .map(({ body }) => `${body.model}: ${body.messages[0].content.trim()}`);
  assert.deepEqual(asked.sort(), [
    'large: Classify the ticket as JSON: I want my money back.',
    'small: Classify as JSON: I want my money back.',
    'small: Classify the ticket as JSON: I want my money back.',
  ]);
  assert.match(await view.locator('.lane').nth(1).locator('.measures').innerText(), /unknown/);
  await view.getByRole('button', { name: 'Diff' }).click();
  await view.locator('.changes').getByText('$.category').waitFor();
  assert.match(await view.locator('.changes').innerText(), /"billing" → "bug"/);
  await view.getByText(/The same as small/).waitFor();
  await screenshot(page, 'answers-3-lanes');
});

test('one lane that fails leaves the others, and Stop is quick', async () => {
  const view = await playground(page);
  reply = ({ body }) =>
    body.model === 'large'
      ? { status: 503, error: { message: 'The engine is on fire.' } }
      : { output: ['{"category": ', '"other", ', ...Array(50).fill(' ')], pieceDelayMs: 150 };
  await view.getByRole('button', { name: 'Run', exact: true }).click();
  await view.locator('.lane').nth(1).getByText('The engine is on fire.').waitFor();
  await view
    .locator('.lane')
    .nth(1)
    .getByText(/HTTP 503 · request req-/)
    .waitFor();
  await until('text of the others', async () => (await view.locator('.lane').nth(0).innerText()).includes('other'));
  const gone = api.abandoned();
  const stop = view.getByRole('button', { name: 'Stop', exact: true });
  await stop.waitFor();
  const took = await stop.evaluate(async (button) => {
    const from = performance.now();
    button.click();
    while (document.querySelectorAll('.lane[aria-busy=true]').length > 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now() - from;
  });
  assert.ok(took < 200, `${took.toFixed(0)} ms`);
  await until('the requests to be given up', () => api.abandoned() >= gone + 2);
  assert.match(await view.locator('.lane').nth(0).innerText(), /stopped[\s\S]*other/);
  await screenshot(page, 'answers-4-failed-stopped');

  const sentBefore = api.requests.length;
  reply = () => ({ output: '{"category":"bug","urgent":true}' });
  await view
    .locator('.lane')
    .nth(1)
    .getByRole('button', { name: /^Ask again/ })
    .click();
  await view.locator('.lane').nth(1).locator('.measures').waitFor();
  assert.equal(api.requests.length, sentBefore + 1, 'one lane alone is asked again');
});

test('Escape stops, in the view and in the editor of the prompt', async () => {
  reply = () => ({ output: Array(100).fill('word '), pieceDelayMs: 150 });
  const view = await playground(page);
  const busy = async () => view.locator('.lane[aria-busy=true]').count();
  await view.getByRole('button', { name: 'Run', exact: true }).click();
  await until('the lanes to answer', async () => (await busy()) === 3);
  await page.keyboard.press('Escape');
  await until('the end', async () => (await busy()) === 0);
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+Enter');
  await until('the lanes to answer again', async () => (await busy()) === 3);
  await page.keyboard.press('Escape');
  await until('the end again', async () => (await busy()) === 0);
});

test('answers can be read in every theme and at 400 px, axe finds nothing serious, and the form says what was edited', async () => {
  reply = ({ body }) => ({
    output: JSON.stringify({ category: body.model === 'large' ? 'bug' : 'billing', urgent: true }),
  });
  const asked = await playground(page);
  await asked.locator('#variable-ticket').fill('I want my money back, now.');
  await asked.getByRole('button', { name: 'Run', exact: true }).click();
  await until('all answers', async () => (await asked.locator('.lane').filter({ hasText: 'stop' }).count()) === 3);
  const settings = path.join(workspace, '.vscode', 'settings.json');
  fs.mkdirSync(path.dirname(settings), { recursive: true });
  const view = () => playground(page);
  for (const [name, theme, body] of [
    ['light', 'Default Light Modern', 'vscode-light'],
    ['contrast', 'Default High Contrast', 'vscode-high-contrast'],
    ['dark', 'Default Dark Modern', 'vscode-dark'],
  ]) {
    fs.writeFileSync(settings, JSON.stringify({ 'workbench.colorTheme': theme }));
    await until(name, async () => (await (await view()).locator('body').getAttribute('class')).includes(body));
    await screenshot(page, `answers-look-${name}`);
    assert.deepEqual(await violations(await view()), [], name);
    const zoomed = await (await view()).evaluate(() => {
      document.body.style.zoom = '2';
      const beyond = document.documentElement.scrollWidth - innerWidth;
      document.body.style.zoom = '';
      return beyond;
    });
    assert.ok(zoomed <= 0, `scrolls sideways by ${zoomed} px at twice the size`);
  }
  await (await view()).locator('h1').click();
  await page.locator('.editor-group-container.active .tab').filter({ hasText: 'Playground' }).waitFor();
  await palette(page, 'View: Maximize Editor Group and Hide Side Bars');
  await page.setViewportSize({ width: 448, height: 950 });
  await until('a narrow view', async () => (await (await view()).evaluate(() => innerWidth)) <= 400);
  const narrow = await view();
  assert.ok((await narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await narrow.locator('.lane').nth(1).scrollIntoViewIfNeeded();
  await screenshot(page, 'answers-look-narrow');
  const first = await narrow.locator('.lane').nth(0).boundingBox();
  const second = await narrow.locator('.lane').nth(1).boundingBox();
  assert.ok(second.y >= first.y + first.height, 'lanes stand under each other');
});
