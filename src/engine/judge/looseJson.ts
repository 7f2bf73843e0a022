import type { Json } from '../json.ts';

/** `cut`: the text ended before the value did; what was whole until then is there. */
export type LooseJson = { readonly value: Json; readonly end: number; readonly cut: boolean };

const DEEPEST = 40;
const CLOSERS: { readonly [open: string]: string } = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’' };
const WORDS = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
]);

/**
 * Reads the JSON value that begins at a place, with what models make of JSON: single and typographic quotes, names without
 * quotes, commas at the end, Python's words, full-width punctuation, line breaks in texts.
 *
 * @returns null where no value begins, or where it breaks off otherwise than by the end of the text
 */
export function looseJson(text: string, start: number): LooseJson | null {
  const reader = new Reader(text, start);
  const value = reader.value(0);
  return value === undefined ? null : { value, end: reader.at, cut: reader.cut };
}

class Reader {
  cut = false;

  constructor(
    readonly text: string,
    public at: number,
  ) {}

  value(depth: number): Json | undefined {
    this.space();
    const next = this.text[this.at];
    if (next === undefined) {
      this.cut = true;
      return undefined;
    }
    if (depth > DEEPEST) return undefined;
    if (next === '{') return this.object(depth);
    if (next === '[') return this.list(depth);
    if (Object.hasOwn(CLOSERS, next)) return this.quoted();
    return this.word();
  }

  object(depth: number): Json | undefined {
    this.at += 1;
    const entries: [string, Json][] = [];
    for (;;) {
      this.separators();
      if (this.ends('}')) return Object.fromEntries(entries);
      const name = this.name();
      if (this.cut) return Object.fromEntries(entries);
      this.space();
      if (this.at >= this.text.length) this.cut = true;
      if (this.cut) return Object.fromEntries(entries);
      if (name === null || !/[:：=]/.test(this.text[this.at] ?? '')) return undefined;
      this.at += 1;
      const value = this.value(depth + 1);
      if (value !== undefined) entries.push([name, value]);
      else if (!this.cut) return undefined;
    }
  }

  list(depth: number): Json | undefined {
    this.at += 1;
    const items: Json[] = [];
    for (;;) {
      this.separators();
      if (this.ends(']')) return items;
      const value = this.value(depth + 1);
      if (value !== undefined) items.push(value);
      else if (!this.cut) return undefined;
    }
  }

  /** The closing bracket, or the end of the text. */
  ends(bracket: string): boolean {
    if (this.at >= this.text.length) this.cut = true;
    if (this.cut) return true;
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  name(): string | null {
    if (Object.hasOwn(CLOSERS, this.text[this.at] ?? '')) return this.quoted() ?? null;
    const plain = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;
    plain.lastIndex = this.at;
    const found = plain.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }

  quoted(): string | undefined {
    const close = CLOSERS[this.text[this.at] ?? ''];
    let made = '';
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const character = this.text[at] ?? '';
      if (character === close && this.closes(at)) {
        this.at = at + 1;
        return made;
      }
      if (character !== '\\') made += character;
      else {
        const [decoded, length] = escaped(this.text, at);
        made += decoded;
        at += length - 1;
      }
    }
    this.at = this.text.length;
    this.cut = true;
    return undefined;
  }

  /** An apostrophe within a text in single quotes does not end it. */
  closes(at: number): boolean {
    return this.text[at] !== "'" || !/[\p{L}\p{N}]/u.test(this.text[at + 1] ?? '');
  }

  word(): Json | undefined {
    const run = /[^\s,，;；:：{}[\]"“”]+/y;
    run.lastIndex = this.at;
    const found = run.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    if (this.at >= this.text.length) {
      // `0.` may have been on its way to 0.9.
      this.cut = true;
      return undefined;
    }
    const plain = found.normalize('NFKC');
    const known = WORDS.get(plain.toLowerCase());
    if (known !== undefined) return known;
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain) ? Number(plain) : plain;
  }

  separators(): void {
    for (;;) {
      this.space();
      if (!/[,，;；]/.test(this.text[this.at] ?? '')) return;
      this.at += 1;
    }
  }

  space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function escaped(text: string, at: number): readonly [string, number] {
  const letter = text[at + 1] ?? '';
  if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
    return [String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)), 6];
  }
  return [Object.hasOwn(ESCAPES, letter) ? (ESCAPES[letter] ?? '') : letter, 2];
}
