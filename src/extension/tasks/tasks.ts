import { relative } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { RemoteWorker } from '../workerClient.ts';
import { evalProcess } from './evalCommand.ts';
import { TaskTerminal } from './taskTerminal.ts';

export const TASK_TYPE = 'touchstone';

const definition = z.object({ type: z.literal(TASK_TYPE), suite: z.string(), args: z.array(z.string()).optional() });

/** What a task of ours evaluates, and where. */
export type EvalTaskOf = {
  readonly suite: string;
  readonly args?: string[];
  readonly folder: vscode.WorkspaceFolder;
};

/** null: not a task of ours. */
export function evalTaskOf(task: vscode.Task): EvalTaskOf | null {
  const parsed = definition.safeParse(task.definition);
  return parsed.success && isFolder(task.scope)
    ? { suite: parsed.data.suite, args: parsed.data.args, folder: task.scope }
    : null;
}

type TaskPorts = {
  readonly worker: () => RemoteWorker;
  readonly cliPath: string;
  /** Where the process of a task leaves its failing cases. */
  readonly problemsFile: (task: EvalTaskOf) => string;
  /** The stored keys by the environment variables that the command line reads them from. */
  readonly keys: () => Promise<{ readonly [variable: string]: string }>;
  readonly log: (error: unknown) => void;
};

/** A task for every suite; Run Task, tasks.json and a terminal run the same command. */
export class TaskProvider implements vscode.TaskProvider {
  readonly #ports: TaskPorts;

  constructor(ports: TaskPorts) {
    this.#ports = ports;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const tasks = await Promise.all(folders.map((folder) => this.#tasksOf(folder)));
    return tasks.flat();
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const wanted = evalTaskOf(task);
    // VS Code wants the very definition object back that it gave.
    return wanted ? this.#task(task.definition, wanted) : undefined;
  }

  async #tasksOf(folder: vscode.WorkspaceFolder): Promise<vscode.Task[]> {
    try {
      const suites = await this.#ports.worker().suites(folder.uri.fsPath);
      return suites.map((path) => {
        const suite = relative(folder.uri.fsPath, path).replaceAll('\\', '/');
        return this.#task({ type: TASK_TYPE, suite }, { suite, folder });
      });
    } catch (error) {
      this.#ports.log(error);
      return [];
    }
  }

  #task(kept: vscode.TaskDefinition, wanted: EvalTaskOf): vscode.Task {
    const { cliPath, problemsFile, keys } = this.#ports;
    const { process: program, args, env } = evalProcess(wanted, process.execPath, cliPath, problemsFile(wanted));
    const cwd = wanted.folder.uri.fsPath;
    // So that the command line takes the same workspace as the lenses, and its run is in the same history.
    const command = { process: program, args, cwd, env: { ...env, TOUCHSTONE_FOLDER: cwd } };
    const execution = new vscode.CustomExecution(async () => new TaskTerminal(command, keys));
    // No problem matcher: VS Code drops lines of a process that ends at once, and all but one of those at the same row.
    const task = new vscode.Task(kept, wanted.folder, wanted.suite, TASK_TYPE, execution, []);
    task.group = vscode.TaskGroup.Test;
    task.detail = 'Evaluate on the command line';
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false, clear: true };
    return task;
  }
}

function isFolder(scope: vscode.Task['scope']): scope is vscode.WorkspaceFolder {
  return typeof scope === 'object';
}
