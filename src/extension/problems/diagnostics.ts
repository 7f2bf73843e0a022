import * as vscode from 'vscode';
import type { Problem, Severity, SourceRange } from '../../engine/problem.ts';
import { type FileKind, fileKind } from '../fileKind.ts';
import type { RemoteWorker } from '../workerClient.ts';
import { OpenChecks } from './openChecks.ts';
import { problemText } from './problemText.ts';

export const SEVERITIES: { readonly [severity in Severity]: vscode.DiagnosticSeverity } = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** Prompts first: they are checked in a moment. */
const ORDER: readonly FileKind[] = ['prompt', 'suite', 'dataset'];

/** Problems of the prompts, suites and datasets that are open, and of suites that could not be evaluated. */
export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('touchstone');
  readonly #isNamed: (path: string) => boolean;
  readonly #checks: OpenChecks;

  /** @param isNamed whether a known suite reads the file: other tables, texts and JSON files are none of ours */
  constructor(worker: () => RemoteWorker, isNamed: (path: string) => boolean, onError: (error: unknown) => void) {
    this.#isNamed = isNamed;
    const open = () => this.#open();
    this.#checks = new OpenChecks({ worker, open, publish: (problems) => this.#publish(problems), onError });
  }

  dispose(): void {
    this.#collection.dispose();
  }

  /** Checks every open file that is ours, and forgets those that were closed. */
  checkOpen(): Promise<void> {
    return this.#checks.check();
  }

  /** Shows what kept a suite from being evaluated, until nothing does. */
  refused(suitePath: string, problems: readonly Problem[]): void {
    this.#checks.refused(suitePath, problems);
  }

  #open(): readonly string[] {
    const paths = vscode.workspace.textDocuments.flatMap((document) => this.#path(document) ?? []);
    return [...new Set(paths)].sort((a, b) => ORDER.indexOf(fileKind(a)) - ORDER.indexOf(fileKind(b)));
  }

  /** null: not ours to check. */
  #path(document: vscode.TextDocument): string | null {
    if (document.uri.scheme !== 'file' || document.isClosed) return null;
    const path = document.uri.fsPath;
    const kind = fileKind(path);
    return kind === 'prompt' || kind === 'suite' || ((kind === 'dataset' || kind === 'text') && this.#isNamed(path))
      ? path
      : null;
  }

  #publish(problems: readonly Problem[]): void {
    const byFile = new Map<string, Map<string, vscode.Diagnostic>>();
    for (const problem of problems) {
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
