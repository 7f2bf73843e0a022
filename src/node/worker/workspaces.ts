import fs from 'node:fs';
import path from 'node:path';
import { DatasetChecks } from '../workspace/datasetChecks.ts';
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
  readonly #checks = new DatasetChecks((file) => this.stamp(file));
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

  /** Another text whenever what would be read of the file is another. */
  stamp(file: string): string {
    const overlay = this.#versions.get(path.resolve(file));
    if (overlay !== undefined) return `buffer ${overlay}`;
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    return stat ? `file ${stat.mtimeMs} ${stat.size} ${stat.ino}` : 'missing';
  }

  /** Opened anew each time, so that a `touchstone.yaml` that appears or changes is seen; that costs a few looks at folders. */
  at(file: string): Workspace {
    const within = this.#folders.find((folder) => isInside(folder, file));
    const workspace = openWorkspace(file, { within, files: this.#files, trusted: this.#trusted });
    return { ...workspace, checks: this.#checks };
  }
}
