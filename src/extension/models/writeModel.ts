import * as vscode from 'vscode';
import { baseName } from '../fileKind.ts';
import { setModelEdit } from './modelText.ts';

/** Puts a model into a prompt: in the buffer, not on the disk, so that the user sees the change and may undo it. */
export async function writeModel(promptPath: string | null, model: string): Promise<void> {
  // Only the native format has its model where this writes it.
  if (promptPath === null || !promptPath.endsWith('.prompt')) {
    const words = `Write "model: ${model}" into the front matter of a prompt to use it.`;
    const chosen = await vscode.window.showInformationMessage(words, 'Copy');
    if (chosen) await vscode.env.clipboard.writeText(`model: ${model}`);
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(promptPath));
  const { start, end, text } = setModelEdit(document.getText(), model);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  await vscode.workspace.applyEdit(edit);
  vscode.window.setStatusBarMessage(`$(check) ${baseName(promptPath)} now asks ${model}`, 5000);
}
