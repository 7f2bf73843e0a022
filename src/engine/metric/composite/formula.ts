/** Arithmetic over the scores of named metrics, ready to be computed. */
export type Formula = {
  /** The metrics that it names, each once. */
  readonly names: readonly string[];
  /** @returns NaN or infinite where the arithmetic has no value, as in a division by 0. */
  readonly compute: (scoreOf: (name: string) => number) => number;
};
export type FormulaError = {
  readonly error: string;
  /** Where in the text, in UTF-16 units. */
  readonly at: number;
};

type Compute = Formula['compute'];
type Token = { readonly kind: 'number' | 'name' | 'call' | 'sign' | 'end'; readonly text: string; readonly at: number };

const FUNCTIONS: { readonly [name: string]: (values: readonly number[]) => number } = {
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
};
/** Deep enough for people; what is deeper would only test the stack. */
const MAX_DEPTH = 50;

/**
 * Reads `0.6 * equals + 0.4 * max(rouge-l, bleu)`: numbers, names of metrics, + - * / ( ), min, max and mean.
 *
 * A name with a dash is read as a whole where there is such a metric. Any other name may stand between backticks.
 *
 * @param metrics the names that there are
 */
export function readFormula(text: string, metrics: readonly string[]): Formula | FormulaError {
  try {
    const reader = new FormulaReader(text, metrics);
    const compute = reader.whole();
    return { names: [...reader.names], compute };
  } catch (error) {
    if (error instanceof Unreadable) return { error: error.message, at: error.at };
    throw error;
  }
}

class Unreadable extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

class FormulaReader {
  readonly names = new Set<string>();
  #at = 0;
  #depth = 0;
  #next: Token;
  readonly #text: string;
  /** Longest first: `rouge-l` before `rouge`. */
  readonly #metrics: readonly string[];

  constructor(text: string, metrics: readonly string[]) {
    this.#text = text;
    this.#metrics = metrics.toSorted((a, b) => b.length - a.length);
    this.#next = this.#read();
  }

  whole(): Compute {
    const compute = this.#sum();
    if (this.#next.kind !== 'end') throw this.#unexpected();
    return compute;
  }

  #sum(): Compute {
    let left = this.#product();
    for (let sign = this.#sign('+', '-'); sign !== null; sign = this.#sign('+', '-')) {
      const [a, b] = [left, this.#product()];
      left = sign === '+' ? (of) => a(of) + b(of) : (of) => a(of) - b(of);
    }
    return left;
  }

  #product(): Compute {
    let left = this.#value();
    for (let sign = this.#sign('*', '/'); sign !== null; sign = this.#sign('*', '/')) {
      const [a, b] = [left, this.#value()];
      left = sign === '*' ? (of) => a(of) * b(of) : (of) => a(of) / b(of);
    }
    return left;
  }

  #value(): Compute {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Unreadable('It is nested too deeply.', this.#next.at);
    const compute = this.#operand();
    this.#depth -= 1;
    return compute;
  }

  #operand(): Compute {
    if (this.#sign('-') !== null) {
      const inner = this.#value();
      return (of) => -inner(of);
    }
    if (this.#sign('(') !== null) return this.#closed(this.#sum());
    const { kind, text } = this.#next;
    if (kind === 'number') {
      this.#advance();
      const value = Number(text);
      return () => value;
    }
    if (kind === 'name') {
      this.#advance();
      this.names.add(text);
      return (of) => of(text);
    }
    if (kind !== 'call') throw this.#unexpected();
    this.#advance();
    const params = [this.#sum()];
    while (this.#sign(',') !== null) params.push(this.#sum());
    const apply = FUNCTIONS[text];
    return this.#closed((of) => apply?.(params.map((param) => param(of))) ?? Number.NaN);
  }

  #closed(inner: Compute): Compute {
    if (this.#sign(')') === null) throw new Unreadable('A `)` is missing.', this.#next.at);
    return inner;
  }

  #sign(...signs: readonly string[]): string | null {
    const { kind, text } = this.#next;
    if (kind !== 'sign' || !signs.includes(text)) return null;
    this.#advance();
    return text;
  }

  #advance(): void {
    this.#next = this.#read();
  }

  #unexpected(): Unreadable {
    const { kind, text, at } = this.#next;
    return new Unreadable(kind === 'end' ? 'It ends too early.' : `\`${text}\` is not expected here.`, at);
  }

  #read(): Token {
    this.#at += /^\s*/.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
    const at = this.#at;
    const rest = this.#text.slice(at);
    if (rest === '') return { kind: 'end', text: '', at };
    const make = (kind: Token['kind'], text: string, length = text.length): Token => {
      this.#at += length;
      return { kind, text, at };
    };
    const number = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(rest);
    if (number) return make('number', number[0]);
    const quoted = /^`([^`]*)`/.exec(rest);
    if (quoted) {
      if (!this.#metrics.includes(quoted[1] ?? '')) throw this.#unknown(quoted[1] ?? '', at);
      return make('name', quoted[1] ?? '', quoted[0].length);
    }
    const call = /^(\w+)\s*\(/.exec(rest);
    if (call && Object.hasOwn(FUNCTIONS, call[1] ?? '')) return make('call', call[1] ?? '', call[0].length);
    const isWhole = (name: string) => rest.startsWith(name) && !/^[\p{L}\p{N}_]/u.test(rest.slice(name.length));
    const name = this.#metrics.find((metric) => /^[\p{L}_]/u.test(metric) && isWhole(metric));
    if (name !== undefined) return make('name', name);
    const word = /^[\p{L}_][\p{L}\p{N}_-]*/u.exec(rest);
    if (word) throw this.#unknown(word[0], at);
    const sign = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if ('+-*/(),'.includes(sign)) return make('sign', sign);
    throw new Unreadable(`\`${sign}\` has no meaning in a formula.`, at);
  }

  #unknown(name: string, at: number): Unreadable {
    return new Unreadable(`There is no metric named \`${name}\`.`, at);
  }
}
