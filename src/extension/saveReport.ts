import { execFile } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { TouchstoneError } from '../engine/error.ts';
import { baseName } from './fileKind.ts';
import { type ReportOf, reportProcess } from './reportProcess.ts';

/** More than any report in Markdown: it lists what fails, not what was answered. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Lets the user choose where a report of a run, or of two, is written, and writes it: a page, or Markdown by the name's ending.
 *
 * @param file    absolute, in the workspace whose history holds the runs
 * @param cliPath the command line of this extension
 */
export async function saveReport(file: string, of: ReportOf, cliPath: string): Promise<void> {
  const name = of.before === null ? of.runId : `${of.before}-${of.runId}`;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ?? path.dirname(file);
  const target = await vscode.window.showSaveDialog({
    title: of.before === null ? 'Save the report of this run' : 'Save the report of this comparison',
    defaultUri: vscode.Uri.file(path.join(folder, `report-${name}.html`)),
    filters: { 'Web page': ['html'], Markdown: ['md'] },
  });
  if (!target) return;
  const { args, isPage } = reportProcess(of, { cliPath, file, target: target.fsPath });
  const options = { location: vscode.ProgressLocation.Notification, title: 'Writing the report', cancellable: true };
  const text = await vscode.window.withProgress(options, (_progress, token) => runCli(args, token));
  if (text === null) return;
  if (!isPage) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const chosen = await vscode.window.showInformationMessage(`The report is in ${baseName(target.fsPath)}.`, 'Open');
  if (chosen !== 'Open') return;
  if (isPage) await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}

/** What it printed; null when the user stopped it. */
function runCli(args: readonly string[], token: vscode.CancellationToken): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const child = execFile(process.execPath, [...args], { env, maxBuffer: MAX_BYTES }, (error, stdout, stderr) => {
      stopped.dispose();
      if (token.isCancellationRequested) resolve(null);
      else if (error) reject(new TouchstoneError('internal', stderr.trim() || error.message));
      else resolve(stdout);
    });
    const stopped = token.onCancellationRequested(() => child.kill('SIGINT'));
  });
}
