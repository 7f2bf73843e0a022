import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { baseName } from './fileKind.ts';
import type { RemoteWorker } from './workerClient.ts';

/** Writes the native form of a prompt where the user says, and shows what was lost beside it. Never overwrites unasked. */
export async function convertPrompt(file: string, worker: RemoteWorker): Promise<void> {
  const { targetPath, text, report } = await worker.convert(file);
  const target = await vscode.window.showSaveDialog({
    title: `Convert ${baseName(file)} to dotprompt`,
    defaultUri: vscode.Uri.file(targetPath),
    filters: { Prompts: ['prompt'] },
  });
  if (!target) return;
  await writeFile(target.fsPath, text);
  await vscode.window.showTextDocument(target, { preview: false });
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: report });
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    preserveFocus: true,
  });
}
