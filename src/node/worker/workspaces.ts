import path from 'node:path';
import { openWorkspace } from '../workspace/openWorkspace.ts';
import { isInside } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { workspaceFiles } from '../workspace/workspaceFiles.ts';

/** The workspaces of the files that are asked about, each seen with the editor's unsaved buffers. */
export class Workspaces {
  #folders: readonly string[] = [];
  #trusted = false;
  /** One for all: what began to read before a key was typed must not keep the text of then under the version of now. */
  readonly #files = workspaceFiles();
  readonly #versions = new Map<string, number>();
  #version = 0;

  setFolders(folders: readonly string[], trusted: boolean): void {
    this.#folders = folders;
    this.#trusted = trusted;
  }

  setOverlay(file: string, text: string | null): void {
    this.#version += 1;
    this.#files.setOverlay(file, text);
    if (text === null) this.#versions.delete(path.resolve(file));
    else this.#versions.set(path.resolve(file), this.#version);
  }

  /** Grows with every change of the file's unsaved buffer; null without one. */
  overlayVersion(file: string): number | null {
    return this.#versions.get(path.resolve(file)) ?? null;
  }

  /** Opened anew each time, so that a `touchstone.yaml` that appears or changes is seen; that costs a few looks at folders. */
  at(file: string): Workspace {
    return openWorkspace(file, {
      cwd: this.#folders.find((folder) => isInside(folder, file)),
      files: this.#files,
      trusted: this.#trusted,
    });
  }
}
