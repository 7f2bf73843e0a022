import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { SEVERITIES } from '../problems/diagnostics.ts';
import { type EvalTaskOf, evalTaskOf } from './tasks.ts';

const caseProblem = z.object({
  file: z.string(),
  line: z.int().min(0),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
});

/** Failing cases of the tasks, at their dataset rows, until the same task runs again. */
export class TaskProblems implements vscode.Disposable {
  readonly #log: (error: unknown) => void;
  readonly #parts: vscode.Disposable[];
  readonly #collections = new Map<string, vscode.DiagnosticCollection>();
  /** A window has its own, for several may run the same task at once; nobody else can read in it. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'touchstone-'));

  constructor(log: (error: unknown) => void) {
    this.#log = log;
    this.#parts = [
      vscode.tasks.onDidStartTask(({ execution }) => this.#begin(evalTaskOf(execution.task))),
      vscode.tasks.onDidEndTask(({ execution }) => this.#end(evalTaskOf(execution.task))),
    ];
  }

  dispose(): void {
    for (const part of [...this.#parts, ...this.#collections.values()]) part.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Where the process of a task leaves what it found. */
  readonly file = ({ folder, suite, args }: EvalTaskOf): string => {
    return join(this.#folder, `${hash('sha256', JSON.stringify([folder.uri.fsPath, suite, args ?? []]))}.jsonl`);
  };

  #begin(task: EvalTaskOf | null): void {
    if (task) this.#collections.get(this.file(task))?.clear();
  }

  #end(task: EvalTaskOf | null): void {
    if (!task) return;
    const file = this.file(task);
    const collection = this.#collections.get(file) ?? vscode.languages.createDiagnosticCollection('touchstone-task');
    this.#collections.set(file, collection);
    try {
      collection.set(diagnosticsIn(readFileSync(file, 'utf8')));
    } catch (error) {
      // A run that was refused writes none.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) this.#log(error);
    } finally {
      rmSync(file, { force: true });
    }
  }
}

function diagnosticsIn(text: string): [vscode.Uri, vscode.Diagnostic[]][] {
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const line of text.split('\n')) {
    // The last one is not whole when the process was ended while it wrote.
    if (!line.endsWith('}')) continue;
    const { file, line: row, severity, message } = caseProblem.parse(JSON.parse(line));
    const diagnostic = new vscode.Diagnostic(new vscode.Range(row, 0, row, 0), message, SEVERITIES[severity]);
    diagnostic.source = 'touchstone';
    diagnostic.code = 'failing-case';
    byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
  }
  return [...byFile].map(([file, diagnostics]) => [vscode.Uri.file(file), diagnostics]);
}
