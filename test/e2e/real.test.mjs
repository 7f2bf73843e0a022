// The real news suite in a real VS Code: 2,000 items under three prompts, replayed from recorded answers, with published accuracies.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startVscode, workbenchReady } from '../harness/startVscode.mjs';
import { lens, openFile, playground, screenshot, until } from './workbench.mjs';

const DATA = path.resolve('../shared/data/agnews/ag_news.csv');
const EXPECTED = ['0.837', '0.858', '0.879'];

test('accuracies of the news suite', { skip: !fs.existsSync(DATA) && `${DATA} is not here` }, async () => {
  const scratch = path.resolve('test-results/e2e-real');
  const workspace = path.join(scratch, 'workspace');
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(workspace, { recursive: true });
  for (const name of ['agnews.prompt', 'touchstone.yaml'])
    fs.copyFileSync(path.resolve('test/real', name), path.join(workspace, name));
  const suite = fs.readFileSync('test/real/agnews.eval.yaml', 'utf8');
  fs.writeFileSync(path.join(workspace, 'agnews.eval.yaml'), suite.replace(/^data: .*$/m, `data: ${DATA}`));
  const vscode = await startVscode({
    dataDir: path.join(scratch, 'data'),
    folder: workspace,
    vsix: 'touchstone.vsix',
    width: 1600,
    height: 900,
  });
  try {
    const { page } = vscode;
    await workbenchReady(page);
    await openFile(page, 'agnews.eval.yaml');
    await lens(page, /Evaluate/).click();
    await lens(page, /5\d{3} pass/).waitFor({ timeout: 120_000 });
    const view = await playground(page);
    const table = view.getByRole('region', { name: 'Variants' });
    await until('the accuracies', async () => {
      const words = await table.innerText();
      return EXPECTED.every((accuracy) => words.includes(accuracy));
    });
    const rows = await table.getByRole('row').allInnerTexts();
    assert.equal(rows.length, 1 + EXPECTED.length);
    for (const [index, accuracy] of EXPECTED.entries()) assert.ok(rows[index + 1].includes(accuracy), rows[index + 1]);
    await screenshot(page, 'real-1-accuracies');
  } finally {
    await vscode.close();
  }
});
