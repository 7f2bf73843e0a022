import * as vscode from 'vscode';
import { TouchstoneError } from '../../engine/error.ts';
import type { Cursor, FileRange } from '../../protocol/language.ts';
import { SUITE_GLOB } from '../fileKind.ts';
import { toRange } from '../problems/diagnostics.ts';
import type { RemoteWorker } from '../workerClient.ts';
import { toCodeAction, toCompletion, toHover, toSymbol, toWorkspaceEdit } from './convert.ts';
import { TokenHints } from './tokenHints.ts';

/** Files of other tools have languages, and formatters, of their own. */
const PROMPTS: vscode.DocumentFilter = { scheme: 'file', pattern: '**/*.prompt' };
const BOTH: vscode.DocumentFilter[] = [PROMPTS, { scheme: 'file', pattern: SUITE_GLOB }];
const TRIGGERS = ['{', '>', '#', '/', '.', '"', '@', ' '];

export type LanguagePorts = {
  readonly worker: () => RemoteWorker;
  /** Sends what is typed but not yet sent: an answer is about the text that the editor shows. */
  readonly flush: () => void;
  /** The case that the playground shows of a file; 0 when it shows another file. */
  readonly caseIndex: (path: string) => number;
  readonly log: (error: unknown) => void;
};

/** The language functions of the worker, as VS Code asks for them. Nothing is computed on this thread. */
export function registerLanguage(ports: LanguagePorts): vscode.Disposable {
  const { languages } = vscode;
  const { worker, caseIndex } = ports;
  const hints = new TokenHints(ports);
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      BOTH,
      {
        provideCompletionItems: (document, position, token) =>
          ask(ports, token, [], async (path) => (await worker().completions(path, at(position))).map(toCompletion))(
            document,
          ),
      },
      ...TRIGGERS,
    ),
    languages.registerHoverProvider(BOTH, {
      provideHover: (document, position, token) =>
        ask(ports, token, undefined, async (path) => {
          const hover = await worker().hover(path, at(position), caseIndex(path));
          return hover ? toHover(hover) : undefined;
        })(document),
    }),
    languages.registerDefinitionProvider(BOTH, {
      provideDefinition: (document, position, token) =>
        ask(ports, token, [], async (path) => (await worker().definition(path, at(position))).map(toLocation))(
          document,
        ),
    }),
    languages.registerReferenceProvider(BOTH, {
      provideReferences: (document, position, _context, token) =>
        ask(ports, token, [], async (path) => (await worker().references(path, at(position))).map(toLocation))(
          document,
        ),
    }),
    languages.registerRenameProvider(BOTH, {
      prepareRename: async (document, position) => {
        ports.flush();
        const target = await worker().renameTarget(document.uri.fsPath, at(position));
        if ('refusal' in target) throw new TouchstoneError('invalid-argument', target.refusal);
        return { range: toRange(target.range), placeholder: target.name };
      },
      provideRenameEdits: async (document, position, name) => {
        ports.flush();
        const answer = await worker().rename(document.uri.fsPath, at(position), name);
        // VS Code shows the words of what is thrown here beside the name.
        if ('refusal' in answer) throw new TouchstoneError('invalid-argument', answer.refusal);
        return toWorkspaceEdit(answer.changes);
      },
    }),
    languages.registerCodeActionsProvider(
      BOTH,
      {
        provideCodeActions: (document, range, { diagnostics }, token) => {
          const own = diagnostics.filter(({ source }) => source === 'touchstone');
          if (own.length === 0) return [];
          return ask(ports, token, [], async (path) => {
            const fixes = await worker().fixes(path, at(range.start), at(range.end));
            return fixes.map((fix) => toCodeAction(fix, own));
          })(document);
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    languages.registerDocumentSymbolProvider(BOTH, {
      provideDocumentSymbols: (document, token) =>
        ask(ports, token, [], async (path) => (await worker().symbols(path)).map(toSymbol))(document),
    }),
    languages.registerFoldingRangeProvider(PROMPTS, {
      provideFoldingRanges: (document, _context, token) =>
        ask(ports, token, [], async (path) =>
          (await worker().folds(path)).map(({ start, end }) => new vscode.FoldingRange(start, end)),
        )(document),
    }),
    languages.registerDocumentFormattingEditProvider(PROMPTS, {
      provideDocumentFormattingEdits: (document, _options, token) =>
        ask(ports, token, [], async (path) =>
          (await worker().format(path)).map(({ range, text }) => vscode.TextEdit.replace(toRange(range), text)),
        )(document),
    }),
    languages.registerInlayHintsProvider(PROMPTS, hints),
    hints,
  );
}

/** Asks the worker about a document. What fails is logged and answered by nothing: a hint must not interrupt. */
function ask<T>(
  ports: LanguagePorts,
  token: vscode.CancellationToken,
  nothing: T,
  question: (path: string) => Promise<T>,
) {
  return async (document: vscode.TextDocument): Promise<T> => {
    ports.flush();
    try {
      const answer = await question(document.uri.fsPath);
      return token.isCancellationRequested ? nothing : answer;
    } catch (error) {
      ports.log(error);
      return nothing;
    }
  };
}

function at({ line, character }: vscode.Position): Cursor {
  return { line, column: character };
}

function toLocation({ path, range }: FileRange): vscode.Location {
  return new vscode.Location(vscode.Uri.file(path), toRange(range));
}
