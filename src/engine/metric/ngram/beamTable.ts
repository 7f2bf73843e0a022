const BEAM = 25;
const INFINITE = 2 ** 30;

const KEEP = 0;
const REPLACE = 1;
const DELETE = 2;
const INSERT = 3;

type Alignment = {
  /** By word of the reference, the last word of the output that stands at or before it; -1 before the first. */
  readonly places: Int32Array;
  readonly wrongInOutput: Uint8Array;
  readonly wrongInReference: Uint8Array;
};

/**
 * Edit distance of an output from a reference, looked for only around the diagonal; with the edits, and cheap to ask again
 * for outputs that begin alike. The beam and the order of preference are those of sacreBLEU 2.6.0, for they show in TER.
 */
export class BeamTable {
  readonly distance: number;
  readonly #words: Int32Array;
  readonly #target: Int32Array;
  readonly #width: number;
  readonly #ratio: number;
  readonly #beam: number;
  readonly #costs: Int32Array;
  readonly #edits: Uint8Array;

  constructor(words: Int32Array, target: Int32Array) {
    this.#words = words;
    this.#target = target;
    this.#width = target.length + 1;
    this.#ratio = words.length === 0 ? 1 : target.length / words.length;
    this.#beam = BEAM < this.#ratio / 2 ? Math.ceil(this.#ratio / 2 + BEAM) : BEAM;
    this.#costs = new Int32Array((words.length + 1) * this.#width).fill(INFINITE);
    this.#edits = new Uint8Array(this.#costs.length);
    for (let column = 0; column < this.#width; column += 1) this.#costs[column] = column;
    this.#edits.fill(INSERT, 0, this.#width);
    for (let row = 1; row <= words.length; row += 1) {
      const start = row * this.#width;
      const [last, next] = [this.#row(row - 1), this.#costs.subarray(start, start + this.#width)];
      this.#fill(words, row, last, next, this.#edits.subarray(start, start + this.#width));
    }
    this.distance = this.#costs.at(-1) ?? 0;
  }

  /** The distance of words as many as the table's own, of which the first `same` are the table's own. */
  distanceOf(words: Int32Array, same: number): number {
    let last = this.#row(same);
    let [next, spare] = [new Int32Array(this.#width), new Int32Array(this.#width)];
    for (let row = same + 1; row <= words.length; row += 1) {
      const [from, to] = this.#columns(row);
      const isNearEnd = row >= words.length - 1;
      // What the next row reads beyond this row's own columns.
      next.fill(INFINITE, Math.max(0, from - 1), isNearEnd ? this.#width : to + Math.ceil(this.#ratio) + 2);
      this.#fill(words, row, last, next, null);
      [last, next, spare] = [next, spare, next];
    }
    return last[this.#width - 1] ?? 0;
  }

  alignment(): Alignment {
    const wrongInOutput = new Uint8Array(this.#words.length);
    const wrongInReference = new Uint8Array(this.#target.length);
    const places = new Int32Array(this.#target.length);
    let row = this.#words.length;
    let column = this.#target.length;
    while (row > 0 || column > 0) {
      const edit = this.#edits[row * this.#width + column] ?? KEEP;
      // Seen from the reference: what the output must gain is a word that it has not.
      if (edit !== DELETE) {
        places[column - 1] = row - 1;
        wrongInReference[column - 1] = edit === KEEP ? 0 : 1;
      }
      if (edit !== INSERT) wrongInOutput[row - 1] = edit === KEEP ? 0 : 1;
      if (edit !== INSERT) row -= 1;
      if (edit !== DELETE) column -= 1;
    }
    return { places, wrongInOutput, wrongInReference };
  }

  #row(row: number): Int32Array {
    return this.#costs.subarray(row * this.#width, (row + 1) * this.#width);
  }

  /** First column of a row within the beam, and the one after the last. */
  #columns(row: number): readonly [number, number] {
    const diagonal = Math.floor(row * this.#ratio);
    const end = row === this.#words.length ? this.#width : Math.min(this.#width, diagonal + this.#beam);
    return [Math.max(0, diagonal - this.#beam), end];
  }

  #fill(words: Int32Array, row: number, last: Int32Array, next: Int32Array, edits: Uint8Array | null): void {
    const [from, to] = this.#columns(row);
    const word = words[row - 1];
    for (let column = from; column < to; column += 1) {
      let edit = DELETE;
      let cost = (last[column] ?? 0) + 1;
      if (column > 0) {
        const isSame = word === this.#target[column - 1];
        const replaced = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
        if (replaced <= cost) {
          cost = replaced;
          edit = isSame ? KEEP : REPLACE;
        }
        const inserted = (next[column - 1] ?? 0) + 1;
        if (inserted < cost) {
          cost = inserted;
          edit = INSERT;
        }
      }
      if (cost >= INFINITE) continue;
      next[column] = cost;
      if (edits !== null) edits[column] = edit;
    }
  }
}
