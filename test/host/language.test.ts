import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TouchstoneApi } from '../../src/extension/api.ts';
import { until } from './until.ts';

const PROMPT = 'prompts/language.prompt';
const SUITE = 'evals/language.eval.yaml';
const DATA = 'evals/language.csv';
const TEXT = `---
model:   replay/answer
input:
  schema:
    ticket: string, what the customer wrote
---
{{role "system"}}
Be kind. {{>tone}}
{{role "user"}}
{{ticket}}
`;

suite('The prompt language in a real VS Code', () => {
  let folder: string;
  const at = (file: string) => vscode.Uri.file(path.join(folder, file));
  const position = (document: vscode.TextDocument, words: string, into = 1) =>
    document.positionAt(document.getText().indexOf(words) + into);
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    fs.writeFileSync(at(PROMPT).fsPath, TEXT);
    fs.writeFileSync(at(DATA).fsPath, 'ticket,answer\n"Where is it?",here\n');
    fs.writeFileSync(
      at(SUITE).fsPath,
      'prompts: [../prompts/language.prompt]\ndata: ./language.csv\nmetrics:\n  - equals: { expected: "{{vars.ticket}}" }\n',
    );
    const extension = vscode.extensions.getExtension<TouchstoneApi>('touchstone.touchstone');
    await (await extension?.activate())?.workerReady;
    document = await vscode.workspace.openTextDocument(at(PROMPT));
    await vscode.window.showTextDocument(document);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const file of [PROMPT, SUITE, DATA]) fs.rmSync(at(file).fsPath, { force: true });
  });

  async function edit(words: string, by: string): Promise<void> {
    const change = new vscode.WorkspaceEdit();
    const start = document.getText().indexOf(words);
    change.replace(
      document.uri,
      new vscode.Range(document.positionAt(start), document.positionAt(start + words.length)),
      by,
    );
    assert.ok(await vscode.workspace.applyEdit(change));
  }

  test('completion offers what is typed this moment can become', async () => {
    await edit('{{ticket}}', '{{ti}}');
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position(document, '{{ti}}', 4),
    );
    const item = list.items.find(({ label }) => label === 'ticket');
    assert.equal(item?.detail, 'string');
    assert.ok(list.items.some(({ label }) => label === 'role "system"'));
    await edit('{{ti}}', '{{ticket}}');
  });

  test('hover tells the type of a variable and its value in the current case', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position(document, '{{ticket}}', 4),
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
      .join('\n');
    assert.match(text, /ticket: string/);
    assert.match(text, /Where is it\?/);
  });

  test('definition leads to the schema and to the file of a partial', async () => {
    const go = (words: string, into: number) =>
      vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position(document, words, into),
      );
    const [variable] = await go('{{ticket}}', 4);
    assert.equal(variable?.range.start.line, position(document, 'ticket: string').line);
    const [partial] = await go('{{>tone}}', 5);
    assert.ok(partial?.uri.fsPath.endsWith('_tone.prompt'));
  });

  test('rename changes prompt, suite and dataset in one edit', async () => {
    const change = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      position(document, '{{ticket}}', 4),
      'question',
    );
    const files = change.entries().map(([uri, edits]) => `${path.basename(uri.fsPath)} ${edits.length}`);
    assert.deepEqual(files.sort(), ['language.csv 1', 'language.eval.yaml 1', 'language.prompt 2']);
    await assert.rejects(
      Promise.resolve(
        vscode.commands.executeCommand(
          'vscode.executeDocumentRenameProvider',
          document.uri,
          position(document, '{{ticket}}', 4),
          'answer',
        ),
      ),
      /There is a variable or a column "answer" already/,
    );
  });

  test('a quick fix declares an unknown variable', async () => {
    await edit('{{ticket}}', '{{ticket}} {{urgency}}');
    const [diagnostic] = await until('a problem', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'undeclared-variable');
      return found.length > 0 ? found : undefined;
    });
    assert.ok(diagnostic);
    const action = await until('the quick fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        diagnostic.range,
      );
      return actions.find(({ title }) => title === 'Declare `urgency` in input.schema');
    });
    assert.ok(action.edit);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(document.getText(), /wrote\n {4}urgency: string\n---/);
    await until(
      'no problem',
      () => !vscode.languages.getDiagnostics(document.uri).some(({ code }) => code === 'undeclared-variable'),
    );
  });

  test('formatting lays out the front matter and leaves the template alone', async () => {
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const change = new vscode.WorkspaceEdit();
    change.set(document.uri, edits);
    const template = document.getText().split('---\n').at(-1);
    assert.ok(await vscode.workspace.applyEdit(change));
    assert.match(document.getText(), /^---\nmodel: replay\/answer\n/);
    assert.equal(document.getText().split('---\n').at(-1), template);
  });

  test('the outline has the messages, the folds the front matter, the hints the tokens', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['model', 'input', 'system', 'user'],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.ok(folds.some(({ start }) => start === 0));
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await until('hints', async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      );
      return found.length > 0 ? found : undefined;
    });
    assert.equal(hints.length, 2);
    assert.match(String(hints[0]?.label), /^~\d+ tokens$/);
  });

  test('a suite is completed from its schema, its dataset and the registry', async () => {
    const suiteFile = await vscode.workspace.openTextDocument(at(SUITE));
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      suiteFile.uri,
      position(suiteFile, 'vars.ticket', 5),
    );
    assert.ok(list.items.some(({ label }) => label === 'vars.ticket'));
  });
});
