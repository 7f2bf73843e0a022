import fs from 'node:fs';
import { type HistoryReader, readHistory } from '../store/history.ts';
import { historyPath } from '../store/historyFile.ts';

/** Open histories, for reading, by workspace root. Looking at a workspace never makes one. */
export class Histories {
  readonly #open = new Map<string, { readonly reader: HistoryReader; readonly file: bigint }>();

  /**
   * @returns null where nothing was ever run
   * @throws TouchstoneError history-newer, history-corrupt, history-locked, history-unwritable
   */
  at(root: string): HistoryReader | null {
    const file = fs.statSync(historyPath(root), { bigint: true, throwIfNoEntry: false })?.ino;
    const open = this.#open.get(root);
    // The user may delete or replace the file at any time; a reader of the old one would show what is no more.
    if (open && open.file === file) return open.reader;
    open?.reader.close();
    this.#open.delete(root);
    if (file === undefined) return null;
    const reader = readHistory(root);
    if (reader) this.#open.set(root, { reader, file });
    return reader;
  }

  close(): void {
    for (const { reader } of this.#open.values()) reader.close();
    this.#open.clear();
  }
}
