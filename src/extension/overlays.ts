import * as vscode from 'vscode';
import { fileKind } from './fileKind.ts';
import { debounced, throttled } from './throttled.ts';
import type { RemoteWorker } from './workerClient.ts';

/** The preview follows each key; a frame of the screen is as often as anybody can see. */
const SEND_EVERY_MS = 16;
/** Checks, lenses and the like wait until the typing pauses. */
const QUIET_MS = 200;

export type OverlayPorts = {
  /** After every batch: what shows the text itself should be asked again. */
  readonly onSent: () => void;
  /** After a pause: what depends on the files should be asked again. */
  readonly onQuiet: () => void;
};

/** Sends unsaved buffers to the worker: what you see is what runs. */
export class Overlays implements vscode.Disposable {
  readonly #worker: () => RemoteWorker;
  readonly #ports: OverlayPorts;
  readonly #waiting = new Map<string, vscode.TextDocument>();
  /** Paths whose buffer stands in for the file at the worker. */
  readonly #sent = new Set<string>();
  readonly #soon = throttled(() => this.#send(), SEND_EVERY_MS);
  readonly #quiet = debounced(() => this.#ports.onQuiet(), QUIET_MS);
  readonly #subscription: vscode.Disposable;

  constructor(worker: () => RemoteWorker, ports: OverlayPorts) {
    this.#worker = worker;
    this.#ports = ports;
    const { workspace } = vscode;
    const note = (document: vscode.TextDocument) => this.#note(document);
    this.#subscription = vscode.Disposable.from(
      workspace.onDidChangeTextDocument(({ document }) => note(document)),
      workspace.onDidSaveTextDocument(note),
      workspace.onDidOpenTextDocument(note),
      workspace.onDidCloseTextDocument(note),
    );
  }

  dispose(): void {
    this.#soon.cancel();
    this.#quiet.cancel();
    this.#subscription.dispose();
  }

  /** Sends what waits, now. */
  flush(): void {
    if (this.#waiting.size > 0) this.#send();
  }

  /** A worker that has just started knows no buffer yet. */
  sendAll(worker: RemoteWorker): void {
    this.#sent.clear();
    this.#waiting.clear();
    for (const document of vscode.workspace.textDocuments) this.#sendOne(worker, document);
  }

  #note(document: vscode.TextDocument): void {
    if (!isOurs(document)) return;
    this.#waiting.set(document.uri.fsPath, document);
    this.#soon.call();
  }

  #send(): void {
    const worker = this.#worker();
    for (const document of this.#waiting.values()) this.#sendOne(worker, document);
    this.#waiting.clear();
    this.#ports.onSent();
    this.#quiet.call();
  }

  #sendOne(worker: RemoteWorker, document: vscode.TextDocument): void {
    if (!isOurs(document)) return;
    const path = document.uri.fsPath;
    if (document.isDirty && !document.isClosed) {
      this.#sent.add(path);
      void worker.setOverlay(path, document.getText()).catch(() => undefined);
    } else if (this.#sent.delete(path)) {
      void worker.setOverlay(path, null).catch(() => undefined);
    }
  }
}

function isOurs(document: vscode.TextDocument): boolean {
  return document.uri.scheme === 'file' && fileKind(document.uri.fsPath) !== 'other';
}
