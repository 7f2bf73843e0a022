import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TouchstoneApi } from '../../src/extension/api.ts';
import { until } from './until.ts';

suite('Models of the editor', () => {
  let api: TouchstoneApi;
  let prompt: vscode.Uri;
  const ask = async (text: string) => {
    const document = await vscode.workspace.openTextDocument(prompt);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(prompt, document.positionAt(document.getText().length), text);
    await vscode.workspace.applyEdit(edit);
    return vscode.commands.executeCommand('touchstone.run', prompt.fsPath);
  };

  suiteSetup(async () => {
    const extension = vscode.extensions.getExtension<TouchstoneApi>('touchstone.touchstone');
    assert.ok(extension, 'the extension is not there');
    api = await extension.activate();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    prompt = vscode.Uri.file(path.join(folder, 'prompts/editor.prompt'));
    fs.writeFileSync(
      prompt.fsPath,
      '---\nmodel: openai/none # why\n---\nHello {{role "model"}}yes {{role "user"}}you\n',
    );
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(prompt));
    await until('a model of the editor', async () => (await vscode.lm.selectChatModels({ id: 'echo-1' })).length > 0);
  });

  test('stand first in the picker, and the choice is an edit that can be undone', async () => {
    const document = await vscode.workspace.openTextDocument(prompt);
    const selecting = vscode.commands.executeCommand('touchstone.selectModel', prompt.fsPath);
    await until('the choice', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return document.getText().includes('model: vscode/echo-1 # why');
    });
    await selecting;
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand('undo');
    await until('the undoing', () => document.getText().includes('model: openai/none # why'));
    await vscode.commands.executeCommand('redo');
    await until('the choice again', () => document.getText().includes('model: vscode/echo-1 # why'));
  });

  test('answer', async () => {
    await ask('');
    const answer = await until('the answer', () => {
      const now = api.answer(prompt.fsPath);
      return now.status !== 'streaming' && now.status !== 'idle' && now;
    });
    assert.equal(answer.status, 'done', JSON.stringify(answer));
    assert.match(JSON.stringify(answer), /echo: Hello.*\|yes.*\|you/);
  });

  test('say why they do not, and stop when they are told to', async () => {
    const running = ask('WAIT');
    await until('the beginning', () => api.answer(prompt.fsPath).status === 'streaming');
    await vscode.commands.executeCommand('touchstone.stop', prompt.fsPath);
    await until('the end', () => api.answer(prompt.fsPath).status === 'cancelled');
    await running;
    void ask('FAIL');
    await until('the failure', () => api.answer(prompt.fsPath).status === 'error');
    assert.match(JSON.stringify(api.answer(prompt.fsPath)), /The echo is broken/);
  });
});
