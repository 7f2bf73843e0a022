import path from 'node:path';
import { openWorkspace } from '../workspace/openWorkspace.ts';
import { isInside } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The workspaces of the files that are asked about, each seen with the editor's unsaved buffers. */
export class Workspaces {
  #folders: readonly string[] = [];
  readonly #overlays = new Map<string, { readonly text: string; readonly version: number }>();
  #version = 0;

  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
  }

  setOverlay(file: string, text: string | null): void {
    this.#version += 1;
    if (text === null) this.#overlays.delete(path.resolve(file));
    else this.#overlays.set(path.resolve(file), { text, version: this.#version });
  }

  /** Grows with every change of the file's unsaved buffer; null without one. */
  overlayVersion(file: string): number | null {
    return this.#overlays.get(path.resolve(file))?.version ?? null;
  }

  /** Opened anew each time, so that a `touchstone.yaml` that appears or changes is seen; that costs a few looks at folders. */
  at(file: string): Workspace {
    const workspace = openWorkspace(file, { cwd: this.#folders.find((folder) => isInside(folder, file)) });
    for (const [overlaid, { text }] of this.#overlays) workspace.files.setOverlay(overlaid, text);
    return workspace;
  }
}
