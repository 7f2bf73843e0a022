import * as vscode from 'vscode';
import type { RemoteWorker } from '../workerClient.ts';
import { blameWords } from './versionWords.ts';

/** Behind the lines of a prompt, the commit that each came with and what the prompt scored before and after it. On request, and gone at the first edit. */
export class ScoreBlame implements vscode.Disposable {
  readonly #worker: () => RemoteWorker;
  readonly #look = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 3em', color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  readonly #shown = new Set<string>();
  readonly #edited: vscode.Disposable;

  constructor(worker: () => RemoteWorker) {
    this.#worker = worker;
    this.#edited = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#hide(document.uri.fsPath);
    });
  }

  dispose(): void {
    this.#edited.dispose();
    this.#look.dispose();
  }

  async toggle(file: string): Promise<void> {
    if (this.#shown.has(file)) return this.#hide(file);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
    if (!editor) return;
    if (editor.document.isDirty) {
      void vscode.window.showInformationMessage('Save the prompt first: git knows the lines of the file.');
      return;
    }
    const words = blameWords(await this.#worker().blame(file));
    this.#shown.add(file);
    editor.setDecorations(
      this.#look,
      words.flatMap((text, line) => {
        if (text === null || line >= editor.document.lineCount) return [];
        const { end } = editor.document.lineAt(line).range;
        return [{ range: new vscode.Range(end, end), renderOptions: { after: { contentText: text } } }];
      }),
    );
  }

  #hide(file: string): void {
    if (!this.#shown.delete(file)) return;
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.uri.fsPath === file) editor.setDecorations(this.#look, []);
  }
}
