type Tokens = readonly string[];
type Pair = { readonly output: Tokens; readonly references: readonly Tokens[] };
type Match = { readonly precision: number; readonly gained: number; readonly all: number; readonly length: number };

const JOINT = '\u0000';

/** Tokens of expected texts that are kept for the whole of a run; beyond it there is no value. */
export const MAX_NIST_TOKENS = 500_000;

/**
 * NIST over pairs of texts. How much an n-gram tells depends on all expected texts, so they are kept until the end.
 *
 * Source: Doddington (2002), as corpus_nist of NLTK 3.10 computes it; where NLTK divides by zero, because no output has n tokens, that order
 * adds nothing.
 */
export class NistTotals {
  readonly #order: number;
  readonly #pairs: Pair[] = [];
  #tokens = 0;

  constructor(order: number) {
    this.#order = order;
  }

  add(output: Tokens, references: readonly Tokens[]): void {
    this.#tokens += references.reduce((sum, { length }) => sum + length, 0);
    if (this.#tokens > MAX_NIST_TOKENS) this.#pairs.length = 0;
    else this.#pairs.push({ output, references });
  }

  /** Adds what another of the same order holds. */
  merge(other: NistTotals): this {
    for (const { output, references } of other.#pairs) this.add(output, references);
    return this;
  }

  /** >= 0, without an upper end; null when nothing was added, or too much. */
  value(): number | null {
    if (this.#pairs.length === 0) return null;
    const information = informationIn(
      this.#pairs.flatMap(({ references }) => references),
      this.#order,
    );
    let [precision, expected, got] = [0, 0, 0];
    for (let n = 1; n <= this.#order; n += 1) {
      let [gained, all] = [0, 0];
      for (const { output, references } of this.#pairs) {
        const best = bestMatch(output, references, n, information);
        gained += best.gained;
        all += best.all;
        expected += best.length;
        got += output.length;
      }
      precision += all === 0 ? 0 : gained / all;
    }
    return precision * lengthPenalty(got / expected);
  }
}

/** By n-gram, in bits: how much its last token tells after the others. */
function informationIn(references: readonly Tokens[], order: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of references)
    for (let n = 1; n <= order; n += 1)
      for (const [ngram, count] of ngramCounts(tokens, n)) counts.set(ngram, (counts.get(ngram) ?? 0) + count);
  const total = references.reduce((sum, { length }) => sum + length, 0);
  const bits = new Map<string, number>();
  for (const [ngram, count] of counts) {
    const end = ngram.lastIndexOf(JOINT);
    const before = end === -1 ? total : (counts.get(ngram.slice(0, end)) ?? total);
    bits.set(ngram, Math.log2(before / count));
  }
  return bits;
}

function bestMatch(
  output: Tokens,
  references: readonly Tokens[],
  n: number,
  information: ReadonlyMap<string, number>,
): Match {
  const own = ngramCounts(output, n);
  const all = Math.max(0, output.length - n + 1);
  let best: Match | null = null;
  for (const reference of references) {
    const theirs = ngramCounts(reference, n);
    let gained = 0;
    for (const [ngram, count] of own) gained += (information.get(ngram) ?? 0) * Math.min(count, theirs.get(ngram) ?? 0);
    const match = { precision: all === 0 ? 0 : gained / all, gained, all, length: reference.length };
    const isBetter =
      best === null ||
      match.precision > best.precision ||
      (match.precision === best.precision && match.length > best.length);
    if (isBetter) best = match;
  }
  return best ?? { precision: 0, gained: 0, all, length: 0 };
}

/** Half, where the output has two thirds of the words; 1 from as many on. */
function lengthPenalty(ratio: number): number {
  if (!(ratio > 0 && ratio < 1)) return Math.max(Math.min(ratio, 1), 0);
  return Math.exp((Math.log(0.5) / Math.log(1.5) ** 2) * Math.log(ratio) ** 2);
}

function ngramCounts(tokens: Tokens, n: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= tokens.length; start += 1) {
    const ngram = tokens.slice(start, start + n).join(JOINT);
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}
