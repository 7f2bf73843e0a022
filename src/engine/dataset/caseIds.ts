import type { Position } from '../problem.ts';

/** Gives the cases of one dataset their ids, in order, and knows which are taken. */
export class CaseIds {
  readonly #lines = new Map<string, number>();

  /** @returns the line (from 0) of the case that has the id already; null when it is free, and now taken. */
  take(id: string, start: Position): number | null {
    const taken = this.#lines.get(id);
    if (taken !== undefined) return taken;
    this.#lines.set(detached(id), start.line);
    return null;
  }

  /** The first 12 digits of a content's hash; the second case of the same content gets `-2`, and so on. */
  ofContent(contentHash: string, start: Position): string {
    const base = contentHash.slice(0, 12);
    let id = base;
    for (let copy = 2; this.take(id, start) !== null; copy += 1) id = `${base}-${copy}`;
    return id;
  }
}

/** A slice of a text may keep the whole text alive: here, a chunk of the file for every id. */
function detached(id: string): string {
  return JSON.parse(JSON.stringify(id));
}
