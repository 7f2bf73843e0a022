import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { METRIC_EXTENSIONS, metricTemplate, notAMetricFile } from '../engine/metric/own/metricTemplate.ts';
import type { PromptState, SuiteState } from '../protocol/worker.ts';
import { baseName } from './fileKind.ts';
import type { RemoteWorker } from './workerClient.ts';

const PROMPT_TEMPLATE = `---
model: openai/gpt-5-mini
input:
  schema:
    text: string
---
{{role "system"}}
You summarise texts in one sentence.
{{role "user"}}
{{text}}
`;

/** Opens the dataset of a prompt; makes a first suite and table when no suite names the prompt. Never overwrites. */
export async function addCases(
  promptPath: string,
  worker: RemoteWorker,
  state: PromptState | undefined,
  suite: SuiteState | undefined,
): Promise<void> {
  const existing = suite?.dataPath ?? state?.suites[0];
  if (existing !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.file(existing), { preview: false });
    return;
  }
  const plan = await worker.newCases(promptPath);
  await writeFile(plan.dataPath, plan.dataText, { flag: 'wx' });
  await writeFile(plan.suitePath, plan.suiteText, { flag: 'wx' });
  const document = await vscode.workspace.openTextDocument(plan.dataPath);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  const words = `Add a line for each case, then press Evaluate. ${baseName(plan.suitePath)} says what is measured.`;
  void vscode.window.showInformationMessage(words);
}

/** Makes a prompt where the user says; opens it as it is when it is there already. */
export async function newPrompt(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'New Prompt',
    defaultUri: folder && vscode.Uri.joinPath(folder, 'new.prompt'),
    filters: { Prompts: ['prompt'] },
  });
  if (!target) return;
  await writeFile(target.fsPath, PROMPT_TEMPLATE, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await vscode.window.showTextDocument(target, { preview: false });
}

/** Makes a metric of the user's own where they say; tells how a suite names it. Opens it as it is when it is there already. */
export async function newMetric(file: string | null): Promise<void> {
  const folder = file === null ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.file(path.dirname(file));
  const target = await vscode.window.showSaveDialog({
    title: 'New Metric',
    defaultUri: folder && vscode.Uri.joinPath(folder, 'metric.ts'),
    filters: { Metrics: METRIC_EXTENSIONS.map((extension) => extension.slice(1)) },
  });
  if (!target) return;
  const template = metricTemplate(baseName(target.fsPath));
  if (template === null) throw notAMetricFile(baseName(target.fsPath));
  await writeFile(target.fsPath, template.text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await vscode.window.showTextDocument(target, { preview: false });
  void vscode.window.showInformationMessage(`A suite beside it measures by it with the entry \`${template.entry}\`.`);
}
