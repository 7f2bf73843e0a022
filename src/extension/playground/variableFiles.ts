import * as vscode from 'vscode';

const SCHEME = 'touchstone-variable';

/** Long values of variables as files of an editor: what is typed there is heard at once, and nothing reaches the disk. */
export class VariableFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files = new Map<
    string,
    { bytes: Uint8Array; changedAt: number; readonly onChange: (text: string) => void }
  >();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme !== SCHEME || contentChanges.length === 0) return;
        this.#files.get(document.uri.path)?.onChange(document.getText());
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async open(name: string, text: string, onChange: (text: string) => void): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name.replace(/[^\p{L}\p{N}._-]/gu, '_') || 'value'}.txt` });
    this.#files.set(uri.path, { bytes: new TextEncoder().encode(text), changedAt: Date.now(), onChange });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preview: true });
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, changedAt } = this.#file(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: changedAt, size: bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const file = this.#file(uri);
    this.#files.set(uri.path, { ...file, bytes, changedAt: Date.now() });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  #file(uri: vscode.Uri) {
    const file = this.#files.get(uri.path);
    // After the window was opened again its values are those of the playground, which opens them anew.
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
