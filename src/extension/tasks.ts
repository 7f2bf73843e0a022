import { relative } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { evalProcess } from './evalCommand.ts';
import type { RemoteWorker } from './workerClient.ts';

export const TASK_TYPE = 'touchstone';

const definition = z.object({ type: z.literal(TASK_TYPE), suite: z.string(), args: z.array(z.string()).optional() });

/** A task for every suite; Run Task, tasks.json and a terminal run the same command. */
export class TaskProvider implements vscode.TaskProvider {
  readonly #worker: () => RemoteWorker;
  readonly #cliPath: string;
  readonly #log: (error: unknown) => void;

  constructor(worker: () => RemoteWorker, cliPath: string, log: (error: unknown) => void) {
    this.#worker = worker;
    this.#cliPath = cliPath;
    this.#log = log;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const tasks = await Promise.all(folders.map((folder) => this.#tasksOf(folder)));
    return tasks.flat();
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const parsed = definition.safeParse(task.definition);
    if (!parsed.success || !isFolder(task.scope)) return undefined;
    // VS Code wants the very definition object back that it gave.
    return this.#task(task.definition, parsed.data, task.scope);
  }

  async #tasksOf(folder: vscode.WorkspaceFolder): Promise<vscode.Task[]> {
    try {
      const suites = await this.#worker().suites(folder.uri.fsPath);
      return suites.map((path) => {
        const suite = relative(folder.uri.fsPath, path).replaceAll('\\', '/');
        return this.#task({ type: TASK_TYPE, suite }, { suite }, folder);
      });
    } catch (error) {
      this.#log(error);
      return [];
    }
  }

  #task(
    kept: vscode.TaskDefinition,
    parsed: { suite: string; args?: string[] },
    folder: vscode.WorkspaceFolder,
  ): vscode.Task {
    const { process: program, args, env } = evalProcess(parsed, process.execPath, this.#cliPath);
    // So that the command line takes the same workspace as the lenses, and its run is in the same history.
    const execution = new vscode.ProcessExecution(program, args, {
      cwd: folder.uri.fsPath,
      env: { ...env, TOUCHSTONE_FOLDER: folder.uri.fsPath },
    });
    const task = new vscode.Task(kept, folder, parsed.suite, TASK_TYPE, execution, '$touchstone');
    task.group = vscode.TaskGroup.Test;
    task.detail = 'Evaluate on the command line';
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false, clear: true };
    return task;
  }
}

function isFolder(scope: vscode.Task['scope']): scope is vscode.WorkspaceFolder {
  return typeof scope === 'object';
}
