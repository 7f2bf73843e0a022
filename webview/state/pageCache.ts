export const PAGE_ROWS = 100;
/** About what a reader scrolls through in a minute; the rest is fetched again. */
const MAX_PAGES = 60;

type Page<Row> = { rows: readonly Row[] | null; state: 'asked' | 'asked-again' | 'fresh' | 'stale' };

/** Pages of one query. Stale rows stay readable until newer ones arrive, so that a live grid never blinks. */
export class PageCache<Row> {
  /** In order of last use: a Map keeps the order of insertion. */
  readonly #pages = new Map<number, Page<Row>>();
  #total: number | null = null;

  /** Rows of the whole query; null until the first page has come. */
  get total(): number | null {
    return this.#total;
  }

  row(index: number): Row | undefined {
    const offset = pageOffset(index);
    return this.#pages.get(offset)?.rows?.[index - offset];
  }

  /** The place of a row among those that are here; -1 when it is not. */
  indexOf(isIt: (row: Row) => boolean): number {
    for (const [offset, page] of this.#pages) {
      const at = page.rows?.findIndex(isIt) ?? -1;
      if (at !== -1) return offset + at;
    }
    return -1;
  }

  /**
   * Offsets of the pages that must be asked for to show rows `first` to `last`, both included; they count as asked from then on.
   */
  want(first: number, last: number): readonly number[] {
    const end = this.#total === null ? first : Math.min(last, Math.max(0, this.#total - 1));
    const wanted: number[] = [];
    for (let offset = pageOffset(first); offset <= end; offset += PAGE_ROWS) {
      const page = this.#pages.get(offset);
      this.#touch(offset, page ?? { rows: null, state: 'stale' });
      const current = this.#pages.get(offset);
      if (current?.state !== 'stale') continue;
      current.state = 'asked';
      wanted.push(offset);
    }
    return wanted;
  }

  put(offset: number, total: number, rows: readonly Row[]): void {
    this.#total = total;
    const before = this.#pages.get(offset);
    this.#touch(offset, { rows, state: before?.state === 'asked-again' ? 'stale' : 'fresh' });
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break;
      this.#pages.delete(old);
    }
  }

  /** The rows have changed at the source. A page that is on its way may be older than that, so it is asked for again. */
  invalidate(): void {
    for (const page of this.#pages.values()) page.state = page.state.startsWith('asked') ? 'asked-again' : 'stale';
  }

  #touch(offset: number, page: Page<Row>): void {
    this.#pages.delete(offset);
    this.#pages.set(offset, page);
  }
}

function pageOffset(index: number): number {
  return Math.floor(index / PAGE_ROWS) * PAGE_ROWS;
}
