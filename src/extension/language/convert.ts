import * as vscode from 'vscode';
import type { CompletionKind } from '../../engine/language/completion.ts';
import type { Hover } from '../../engine/language/hover.ts';
import type { DocumentSymbol } from '../../engine/language/promptSymbols.ts';
import type { RangedCompletion, RangedEdits, RangedFix } from '../../protocol/language.ts';
import { toRange } from '../problems/diagnostics.ts';

const { CompletionItemKind, SymbolKind } = vscode;

const KINDS: { readonly [kind in CompletionKind]: vscode.CompletionItemKind } = {
  'front-matter-key': CompletionItemKind.Property,
  'front-matter-value': CompletionItemKind.Value,
  'schema-type': CompletionItemKind.TypeParameter,
  param: CompletionItemKind.Property,
  'param-value': CompletionItemKind.Value,
  model: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
  data: CompletionItemKind.Constant,
  column: CompletionItemKind.Field,
  partial: CompletionItemKind.Module,
  helper: CompletionItemKind.Function,
  option: CompletionItemKind.Property,
  role: CompletionItemKind.Keyword,
  'block-end': CompletionItemKind.Keyword,
  'suite-key': CompletionItemKind.Property,
  'suite-value': CompletionItemKind.Value,
  metric: CompletionItemKind.Class,
  'metric-option': CompletionItemKind.Property,
  'template-value': CompletionItemKind.Field,
  path: CompletionItemKind.File,
};

const SYMBOLS: { readonly [kind in DocumentSymbol['kind']]: vscode.SymbolKind } = {
  message: SymbolKind.String,
  key: SymbolKind.Property,
  variable: SymbolKind.Variable,
  metric: SymbolKind.Class,
};

/** @param index its place in the order that the engine gives, in which what is nearest comes first */
export function toCompletion(offer: RangedCompletion, index: number): vscode.CompletionItem {
  const item = new vscode.CompletionItem(offer.label, KINDS[offer.kind]);
  item.insertText = offer.insert;
  item.range = toRange(offer.range);
  item.sortText = String(index).padStart(5, '0');
  if (offer.detail !== undefined) item.detail = offer.detail;
  if (offer.documentation !== undefined) item.documentation = offer.documentation;
  if (/[:/]\s?$/.test(offer.insert)) item.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return item;
}

/** Texts of files stand in code blocks and are shown as they are; nothing in them becomes a link or an image. */
export function toHover({ range, title, lines, code }: Hover): vscode.Hover {
  const text = new vscode.MarkdownString('', false);
  text.appendCodeblock(title, 'text');
  for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
  if (code) text.appendCodeblock(code.text, code.language);
  return new vscode.Hover(text, toRange(range));
}

export function toSymbol(symbol: DocumentSymbol): vscode.DocumentSymbol {
  const { name, detail, kind, range, selection } = symbol;
  // VS Code refuses a symbol without a name.
  const shown = new vscode.DocumentSymbol(name || '(empty)', detail, SYMBOLS[kind], toRange(range), toRange(selection));
  shown.children = symbol.children.map(toSymbol);
  return shown;
}

export function toWorkspaceEdit(changes: readonly RangedEdits[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { path, edits } of changes) {
    edit.set(
      vscode.Uri.file(path),
      edits.map(({ range, text }) => vscode.TextEdit.replace(toRange(range), text)),
    );
  }
  return edit;
}

export function toCodeAction(fix: RangedFix, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = toWorkspaceEdit(fix.changes);
  if (fix.create) {
    const contents = new TextEncoder().encode(fix.create.text);
    action.edit.createFile(vscode.Uri.file(fix.create.path), { contents, overwrite: false });
  }
  action.isPreferred = fix.preferred;
  action.diagnostics = diagnostics.filter(({ code, range }) => code === fix.code && range.isEqual(toRange(fix.range)));
  return action;
}
