import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod';
import { TABS, type Tab } from '../../protocol/views.ts';
import { baseName } from '../fileKind.ts';
import { Playground } from './playground.ts';
import { playgroundHtml } from './playgroundHtml.ts';
import type { PlaygroundMemory, PlaygroundPorts } from './playgroundPorts.ts';

const PLAYGROUND_VIEW = 'touchstone.playground';
const MEMORY_KEY = 'touchstone.playground';

/** What a window that was closed left behind; anything that does not parse begins anew. */
const storedMemory = z.object({
  file: z.string().nullable(),
  pinned: z.boolean(),
  tab: z.enum(TABS),
  caseIndex: z.int().min(0),
  edits: z.array(z.tuple([z.string(), z.record(z.string(), z.json())])).catch([]),
}) satisfies z.ZodType<PlaygroundMemory>;
const AT_START: PlaygroundMemory = { file: null, pinned: false, tab: 'preview', caseIndex: 0, edits: [] };

/** The playground's editor tab: one for a window, beside the prompt, without taking the focus. */
export class PlaygroundPanel implements vscode.WebviewPanelSerializer {
  readonly #context: vscode.ExtensionContext;
  readonly #ports: Omit<PlaygroundPorts, 'post' | 'remember'>;
  #open: { readonly panel: vscode.WebviewPanel; readonly playground: Playground } | null = null;

  constructor(context: vscode.ExtensionContext, ports: Omit<PlaygroundPorts, 'post' | 'remember'>) {
    this.#context = context;
    this.#ports = ports;
    context.subscriptions.push(vscode.window.registerWebviewPanelSerializer(PLAYGROUND_VIEW, this));
  }

  get playground(): Playground | null {
    return this.#open?.playground ?? null;
  }

  /** Opens the panel if need be and shows a file in it. */
  show(file: string, tab?: Tab): Playground {
    if (this.#open) {
      const { panel, playground } = this.#open;
      if (!panel.visible) panel.reveal(undefined, true);
      playground.show(file, tab);
      return playground;
    }
    const panel = vscode.window.createWebviewPanel(
      PLAYGROUND_VIEW,
      'Playground',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      this.#options(),
    );
    return this.#attach(panel, { ...AT_START, file, tab: tab ?? 'preview' });
  }

  /** Rating is by keyboard, and somebody asked for it: the panel takes the focus. */
  review(file: string): void {
    this.show(file, 'results').review();
    this.#open?.panel.reveal(undefined, false);
  }

  /** A window that opens again brings its panel back. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const stored = storedMemory.safeParse(this.#context.workspaceState.get(MEMORY_KEY));
    panel.webview.options = this.#options();
    this.#open?.panel.dispose();
    this.#attach(panel, stored.success ? stored.data : AT_START);
  }

  #attach(panel: vscode.WebviewPanel, memory: PlaygroundMemory): Playground {
    const playground = new Playground(
      {
        ...this.#ports,
        post: (message) => {
          if (message.type === 'playground') panel.title = title(message.state.promptName);
          void panel.webview.postMessage(message);
        },
        remember: (kept) => void this.#context.workspaceState.update(MEMORY_KEY, kept),
      },
      memory,
    );
    const open = { panel, playground };
    this.#open = open;
    panel.iconPath = vscode.Uri.joinPath(this.#context.extensionUri, 'media', 'icon.svg');
    panel.webview.onDidReceiveMessage((message: unknown) => playground.receive(message));
    panel.onDidDispose(() => {
      playground.dispose();
      if (this.#open === open) this.#open = null;
    });
    panel.webview.html = this.#html(panel.webview);
    void this.#context.workspaceState.update(MEMORY_KEY, memory);
    return playground;
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#folder()] };
  }

  #html(webview: vscode.Webview): string {
    const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder(), name)).toString();
    return playgroundHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: uri('playground.js'),
      styleUri: uri('playground.css'),
    });
  }

  #folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.extensionUri, 'dist', 'webview');
  }
}

function title(promptName: string | null): string {
  return promptName === null ? 'Playground' : `Playground: ${baseName(promptName)}`;
}
