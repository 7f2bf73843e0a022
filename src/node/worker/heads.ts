import { resolveRevision } from '../git/revision.ts';

/** A lens is asked for at every pause of the typing; a commit is made once in a while. */
const FRESH_MS = 3_000;

/** The commit that HEAD is, by workspace root, looked up at most every few seconds. */
export class Heads {
  readonly #known = new Map<string, { readonly at: number; readonly commit: Promise<string | null> }>();

  /** null where there is no repository, no commit, or no git. */
  commit(root: string): Promise<string | null> {
    const known = this.#known.get(root);
    if (known && performance.now() - known.at < FRESH_MS) return known.commit;
    const commit = resolveRevision(root, 'HEAD').then(
      (found) => found.commit,
      () => null,
    );
    this.#known.set(root, { at: performance.now(), commit });
    return commit;
  }
}
