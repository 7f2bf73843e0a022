import * as vscode from 'vscode';
import type { Problem, Severity, SourceRange } from '../engine/problem.ts';
import { fileKind } from './fileKind.ts';
import { problemText } from './problemText.ts';
import type { RemoteWorker } from './workerClient.ts';

const SEVERITIES: { readonly [severity in Severity]: vscode.DiagnosticSeverity } = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** Problems of the prompts, suites and datasets that are open. A suite's check also finds problems in what it names. */
export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('touchstone');
  readonly #worker: () => RemoteWorker;
  readonly #isDataset: (path: string) => boolean;
  readonly #log: (error: unknown) => void;
  /** What each checked file found, by the file that it was found in. */
  readonly #found = new Map<string, readonly Problem[]>();
  #asked = 0;

  /** @param isDataset whether a known suite reads the file: other tables and JSON files are none of ours */
  constructor(worker: () => RemoteWorker, isDataset: (path: string) => boolean, log: (error: unknown) => void) {
    this.#worker = worker;
    this.#isDataset = isDataset;
    this.#log = log;
  }

  dispose(): void {
    this.#collection.dispose();
  }

  /** Checks every open file that is ours, and forgets those that were closed. */
  async checkOpen(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const paths = new Set(
      vscode.workspace.textDocuments.map((document) => this.#path(document)).filter((path) => path !== null),
    );
    for (const path of this.#found.keys()) if (!paths.has(path)) this.#found.delete(path);
    for (const path of paths) {
      try {
        const problems = await this.#worker().check(path);
        // A newer round is under way and will publish.
        if (asked !== this.#asked) return;
        this.#found.set(path, problems);
      } catch (error) {
        this.#log(error);
      }
    }
    this.#publish();
  }

  /** Shows what kept a suite from being evaluated, until the next check. */
  show(suitePath: string, problems: readonly Problem[]): void {
    this.#found.set(suitePath, problems);
    this.#publish();
  }

  /** null: not ours to check. */
  #path(document: vscode.TextDocument): string | null {
    if (document.uri.scheme !== 'file' || document.isClosed) return null;
    const path = document.uri.fsPath;
    const kind = fileKind(path);
    return kind === 'prompt' || kind === 'suite' || (kind === 'dataset' && this.#isDataset(path)) ? path : null;
  }

  #publish(): void {
    const byFile = new Map<string, Map<string, vscode.Diagnostic>>();
    for (const problem of [...this.#found.values()].flat()) {
      const diagnostics = byFile.get(problem.file) ?? new Map<string, vscode.Diagnostic>();
      // A prompt that is open and named by an open suite is checked twice.
      diagnostics.set(JSON.stringify([problem.code, problem.range.start, problem.message]), toDiagnostic(problem));
      byFile.set(problem.file, diagnostics);
    }
    this.#collection.clear();
    for (const [file, diagnostics] of byFile) this.#collection.set(vscode.Uri.file(file), [...diagnostics.values()]);
  }
}

export function toRange(range: SourceRange): vscode.Range {
  return new vscode.Range(range.start.line, range.start.column, range.end.line, range.end.column);
}

function toDiagnostic(problem: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(problem.range), problemText(problem), SEVERITIES[problem.severity]);
  diagnostic.source = 'touchstone';
  diagnostic.code = problem.code;
  return diagnostic;
}
