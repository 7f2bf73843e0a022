import * as vscode from 'vscode';
import type { SavedCase, WrittenEdits } from '../../protocol/worker.ts';
import { laneQuestions } from '../answers/laneQuestions.ts';
import { pickRun } from '../compare.ts';
import { baseName } from '../fileKind.ts';
import { toRange } from '../problems/diagnostics.ts';
import { CLI_PATH } from '../reportProcess.ts';
import { chooseRunAction } from '../runActions.ts';
import { saveReport } from '../saveReport.ts';
import type { RemoteWorker } from '../workerClient.ts';
import type { PlaygroundActions } from './playgroundPorts.ts';
import { VariableFiles } from './variableFiles.ts';

export type ActionPorts = {
  readonly evaluate: (suitePath: string) => void;
  readonly useAsBaseline: (file: string, runId: string) => void;
  readonly rescore: (suitePath: string, runId: string) => void;
  readonly resume: (suitePath: string, runId: string) => void;
  readonly onError: (error: unknown) => void;
  /** Sends buffers that have changed to the worker now. */
  readonly flush: () => void;
  readonly worker: () => RemoteWorker;
  readonly openDiff: PlaygroundActions['openDiff'];
};

/** What the playground may ask of the editor around it. */
export function playgroundActions(
  context: vscode.ExtensionContext,
  { evaluate, useAsBaseline, rescore, resume, onError, flush, worker, openDiff }: ActionPorts,
): PlaygroundActions {
  const files = new VariableFiles();
  context.subscriptions.push(files);
  const quietly = (work: Thenable<unknown>) => void work.then(undefined, onError);
  return {
    ...laneQuestions({ secrets: context.secrets, worker }),
    evaluate,
    useAsBaseline,
    rescore,
    resume,
    editSuite: async (written) => {
      const document = await applyWritten(written, 'The weights were not written.');
      flush();
      if (document) quietly(reveal(document.uri.fsPath, new vscode.Range(0, 0, 0, 0), true));
      return document !== null;
    },
    revealLocation: ({ path, line }) => quietly(reveal(path, new vscode.Range(line, 0, line, 0))),
    revealProblem: (problem) => quietly(reveal(problem.file, toRange(problem.range))),
    revealSource: ({ file }, offset) => quietly(revealOffset(file, offset)),
    scrollEditor: ({ file }, offset) => {
      const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
      if (!editor) return;
      const position = editor.document.positionAt(offset);
      editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.AtTop);
    },
    editText: (name, text, onChange) => quietly(files.open(name, text, onChange)),
    saveCase: async (saved) => {
      const applied = await applyCase(saved, onError);
      // The case is asked for next: the worker must know of it.
      flush();
      return applied;
    },
    connectModel: (prompt) => quietly(vscode.commands.executeCommand('touchstone.connectModel', prompt ?? undefined)),
    addCases: (prompt) => quietly(vscode.commands.executeCommand('touchstone.addCases', prompt)),
    openDiff,
    pickRun,
    chooseRunAction,
    saveReport: (file, of) => saveReport(file, of, context.asAbsolutePath(CLI_PATH)),
    tell: (words) => void vscode.window.showErrorMessage(words),
    copy: (text) => quietly(vscode.env.clipboard.writeText(text)),
    rater: () => vscode.workspace.getConfiguration('touchstone').get<string>('author')?.trim() || null,
  };
}

/** Shows a place in the editor that has the file already, or else in the first column. */
async function reveal(path: string, range: vscode.Range, preserveFocus = false): Promise<void> {
  const column = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.fsPath === path)?.viewColumn;
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: range,
    viewColumn: column ?? vscode.ViewColumn.One,
    preserveFocus,
  });
}

/** The editor shows the place, and the reader stays in the preview. */
async function revealOffset(path: string, offset: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(path);
  const position = document.positionAt(offset);
  await reveal(path, new vscode.Range(position, position), true);
}

/** Adds a case to its dataset's buffer, where Undo takes it back; the user saves it. */
async function applyCase(saved: SavedCase, onError: (error: unknown) => void): Promise<boolean> {
  const document = await applyWritten(saved, 'The case was not added. Save it again.');
  if (!document) return false;
  void tellSaved(document, baseName(document.uri.fsPath)).then(undefined, onError);
  return true;
}

/** @returns the document; null when nothing was applied, and the user knows why */
async function applyWritten(written: WrittenEdits, otherwise: string): Promise<vscode.TextDocument | null> {
  if (!written.ok) {
    void vscode.window.showWarningMessage(written.message);
    return null;
  }
  const document = await vscode.workspace.openTextDocument(written.path);
  if (document.getText().length !== written.length) {
    void vscode.window.showWarningMessage(`${baseName(written.path)} changed meanwhile. ${otherwise}`);
    return null;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of written.edits)
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  return (await vscode.workspace.applyEdit(edit)) ? document : null;
}

async function tellSaved(document: vscode.TextDocument, name: string): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(
    `The case is in ${name}, which is not saved yet.`,
    'Save',
    'Show',
  );
  if (chosen === 'Save') await document.save();
  if (chosen === 'Show') {
    const end = document.lineAt(document.lineCount - 1).range.end;
    await reveal(document.uri.fsPath, new vscode.Range(end, end));
  }
}
