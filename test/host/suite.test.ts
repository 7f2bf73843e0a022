import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TouchstoneApi } from '../../src/extension/api.ts';
import { COMMAND_IDS } from '../../src/extension/commandIds.ts';
import { until } from './until.ts';

const EXTENSION = 'touchstone.touchstone';
const PROMPT = 'prompts/triage.prompt';
const SUITE = 'evals/triage.eval.yaml';

suite('Touchstone in a real VS Code, on the sample workspace', () => {
  let api: TouchstoneApi;
  let folder: string;
  const at = (file: string) => vscode.Uri.file(path.join(folder, file));
  const lensTitles = async (file: string) => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      at(file),
      20,
    );
    return lenses.map((lens) => lens.command?.title ?? '');
  };

  suiteSetup(async () => {
    const extension = vscode.extensions.getExtension<TouchstoneApi>(EXTENSION);
    assert.ok(extension, 'the extension is not there');
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(PROMPT)));
    api = await extension.activate();
    await api.workerReady;
  });

  test('every contributed command is there', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      COMMAND_IDS.filter((id) => !known.has(id)),
      [],
    );
  });

  test('activation costs the extension host little', () => {
    const file = path.join(vscode.extensions.getExtension(EXTENSION)?.extensionPath ?? '', 'dist/extension.cjs');
    const load = createRequire(file);
    delete load.cache[file];
    // Of this thread: the worker, which starts beside it, is another.
    const { threadCpuUsage } = process as unknown as { threadCpuUsage: (since?: NodeJS.CpuUsage) => NodeJS.CpuUsage };
    const before = threadCpuUsage();
    load(file);
    const { user, system } = threadCpuUsage(before);
    const loadMs = (user + system) / 1000;
    console.log(`# loading ${loadMs.toFixed(1)} ms of CPU, activate ${api.activationMs.toFixed(1)} ms`);
    assert.ok(loadMs + api.activationMs < 50, `${loadMs} + ${api.activationMs}`);
  });

  test('a prompt has four lenses on line 1, a suite as many', async () => {
    const titles = await until('lenses with the number of cases', async () => {
      const found = await lensTitles(PROMPT);
      return found[1]?.includes('cases') ? found : undefined;
    });
    assert.equal(titles.length, 4);
    assert.match(titles[0] ?? '', /Run$/);
    assert.match(titles[1] ?? '', /Evaluate \d+ cases/);
    assert.match(titles[2] ?? '', /Not evaluated yet/);
    await vscode.workspace.openTextDocument(at(SUITE));
    await until('the lenses of the suite', async () => (await lensTitles(SUITE)).length === 4);
  });

  test('the preview shows a real case and follows the unsaved text', async () => {
    await vscode.commands.executeCommand('touchstone.openPlayground');
    const before = await until('a preview', () => api.playground()?.preview ?? undefined);
    assert.ok((before.caseCount ?? 0) >= 40);
    assert.ok(before.messages.length >= 2);

    const document = await vscode.workspace.openTextDocument(at(PROMPT));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().length), '\nUNSAVED <img src=x onerror=alert(1)>');
    await vscode.workspace.applyEdit(edit);
    await until('the typed text', () => JSON.stringify(api.playground()?.preview?.messages).includes('UNSAVED <img'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the saved text again', () => !JSON.stringify(api.playground()?.preview?.messages).includes('UNSAVED'));
  });

  test('problems stand where they are, and go when they are mended', async () => {
    const document = await vscode.workspace.openTextDocument(at(PROMPT));
    const edit = new vscode.WorkspaceEdit();
    const end = document.positionAt(document.getText().length);
    edit.insert(document.uri, end, '\n{{#if plan}}never closed');
    await vscode.workspace.applyEdit(edit);
    const [diagnostic] = await until('a problem', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'touchstone');
      return found.length > 0 ? found : undefined;
    });
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Error);
    assert.ok((diagnostic?.range.start.line ?? 0) >= end.line, `reported on line ${diagnostic?.range.start.line}`);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('no problem', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  test('Evaluate runs the suite, and the lens shows what it came to', async () => {
    await vscode.commands.executeCommand('touchstone.evaluate', at(PROMPT).fsPath);
    await until('the end of the evaluation', () => !api.isBusy());
    const title = await until(
      'the result in the lens',
      async () => (await lensTitles(PROMPT))[2]?.match(/\d\.\d\d.* pass/)?.input,
    );
    assert.match(title, /\d+ pass/);
    assert.ok(fs.existsSync(path.join(folder, '.touchstone/history.db')));
    assert.match((await lensTitles(PROMPT))[3] ?? '', /1 run/);
  });

  test('Test Explorer has what was run before, runs all of it, and follows runs from elsewhere', async () => {
    const shown = () => api.tests().find(({ label }) => label === SUITE);
    assert.deepEqual(api.tests(), []);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    const before = await until('the suite with its score', () => (shown()?.description ? shown() : undefined));
    assert.match(before.description, /^0\.\d\d · \d+ pass \d+ fail$/);
    const [variant] = before.children;
    assert.match(variant?.description ?? '', /^0\.\d\d · 41 pass 7 fail$/);
    assert.equal(variant?.children.length, 48);
    assert.match(variant?.children[0]?.description ?? '', /^\d\.\d\d$/);

    const runs = api.promptState(at(PROMPT).fsPath)?.runCount ?? 0;
    await vscode.commands.executeCommand('testing.runAll');
    await until('another run', async () => {
      await vscode.commands.executeCommand('touchstone.showHistory', at(PROMPT).fsPath);
      return (api.promptState(at(PROMPT).fsPath)?.runCount ?? 0) > runs && !api.isBusy();
    });
    assert.equal(shown()?.description, before.description);
  });

  test('an edit since the run shows in the lens', async () => {
    const document = await vscode.workspace.openTextDocument(at(PROMPT));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().length), '\nAnother line.');
    await vscode.workspace.applyEdit(edit);
    await until('the words of an edited prompt', async () =>
      (await lensTitles(PROMPT))[2]?.includes('before the edit'),
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('the task of a suite runs the command line; every failing sample is a problem at its row', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'touchstone' });
    const task = tasks.find(({ name }) => name === SUITE);
    assert.ok(task, `tasks: ${tasks.map(({ name }) => name)}`);
    const dataset = at('evals/triage.csv');
    const failures = () =>
      vscode.languages.getDiagnostics(dataset).filter(({ code }) => String(code) === 'failing-case');
    for (let round = 0; round < 3; round += 1) {
      const exitCode = new Promise<number | undefined>((resolve) => {
        const listener = vscode.tasks.onDidEndTaskProcess((event) => {
          if (event.execution.task.name !== SUITE) return;
          listener.dispose();
          resolve(event.exitCode);
        });
      });
      await vscode.tasks.executeTask(task);
      assert.equal(await exitCode, 0);
      await until('problems at the dataset', () => failures().length > 0);
      // The recording is what it is: two prompts on 48 cases, of which 25 samples fail.
      assert.equal(failures().length, 25, `round ${round}`);
    }
    assert.ok(failures().every(({ range }) => range.start.line > 0));
    assert.ok(failures().every(({ severity }) => severity === vscode.DiagnosticSeverity.Warning));
  });

  test('all runs are in the history', async () => {
    await vscode.commands.executeCommand('touchstone.showHistory', at(PROMPT).fsPath);
    await until('all runs in the lens', async () => (await lensTitles(PROMPT))[3]?.includes('5 runs'));
  });

  test('a worker that dies is replaced', async () => {
    await api.crashWorker();
    await vscode.commands.executeCommand('touchstone.evaluate', at(PROMPT).fsPath);
    await until('the end of the evaluation', () => !api.isBusy());
    await until('one run more in the lens', async () => (await lensTitles(PROMPT))[3]?.includes('6 runs'));
  });
});
