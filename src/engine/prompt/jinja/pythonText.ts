/** How Python writes and treats texts and numbers where JavaScript differs. Lengths and places count code points. */

/** Python's `repr` of a float: exponents below -4 and from 16 on, written with two digits. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

const ESCAPES: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** Python's `repr` of a text: single quotes unless only those stand in it. */
export function pythonQuote(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\'\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/gu, (character) => {
    if (character === ' ') return character;
    if (character === "'") return quote === "'" ? "\\'" : character;
    const known = ESCAPES[character];
    if (known !== undefined) return known;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `${quote}${body}${quote}`;
}

/** Rounds half to even, exactly: `toFixed` with 100 digits shows a float without any rounding. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21 || digits > 80) return value;
  const rounded = value.toFixed(digits);
  const [, rest = ''] = new RegExp(`^-?\\d+\\.?\\d{${digits}}(\\d*)$`).exec(value.toFixed(100)) ?? [];
  if (!/^50*$/.test(rest)) return Number(rounded);
  const step = 10 ** -digits;
  const low = Number((Math.abs(value) - step / 2).toFixed(digits));
  const isEven = Number(low.toFixed(digits).replace('.', '').at(-1)) % 2 === 0;
  const even = isEven ? low : Number((Math.abs(value) + step / 2).toFixed(digits));
  return value < 0 ? -even : even;
}

/** White space as Python has it. */
export function isSpace(character: string | undefined): boolean {
  return character !== undefined && (/^\s$/.test(character) || '\x1c\x1d\x1e\x1f\x85'.includes(character));
}

/** @param characters a set of characters; white space when it is null */
export function strip(text: string, characters: string | null, side: 'both' | 'left' | 'right'): string {
  const set = characters === null ? null : new Set(characters);
  const isStripped = (one: string) => (set ? set.has(one) : isSpace(one));
  const all = [...text];
  let [start, end] = [0, all.length];
  if (side !== 'right') while (start < end && isStripped(all[start] ?? '')) start++;
  if (side !== 'left') while (end > start && isStripped(all[end - 1] ?? '')) end--;
  return all.slice(start, end).join('');
}

/** Python's `split` and `rsplit`: without a separator, runs of white space part and the ends give nothing. */
export function split(text: string, separator: string | null, most: number, fromRight = false): string[] {
  if (separator !== null) {
    const parts = text.split(separator);
    if (most < 0 || parts.length <= most + 1) return parts;
    const cut = fromRight ? parts.length - most : most;
    const kept = fromRight ? parts.slice(cut) : parts.slice(0, cut);
    const rest = (fromRight ? parts.slice(0, cut) : parts.slice(cut)).join(separator);
    return fromRight ? [rest, ...kept] : [...kept, rest];
  }
  const words = [...text.matchAll(/[^\s\u0085]+/g)];
  if (most < 0 || words.length <= most) return words.map(([word]) => word);
  const texts = words.map(([word]) => word);
  if (fromRight) {
    const last = words[words.length - most - 1];
    return [
      text.slice(0, (last?.index ?? 0) + (last?.[0].length ?? 0)).trimStart(),
      ...texts.slice(words.length - most),
    ];
  }
  return [...texts.slice(0, most), text.slice(words[most]?.index ?? 0).trimEnd()];
}

/** Lines without their ends; a last end makes no line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = [...text];
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** `str.title`: a letter after anything but a letter is large. */
export function titleCase(text: string): string {
  let inWord = false;
  return [...text]
    .map((character) => {
      const isLetter = /\p{L}/u.test(character);
      const cased = isLetter && inWord ? character.toLowerCase() : character.toUpperCase();
      inWord = isLetter;
      return cased;
    })
    .join('');
}

/** `str.center`: the larger half goes left when the width is odd. */
export function center(text: string, width: number): string {
  const gap = width - [...text].length;
  if (gap <= 0) return text;
  const left = Math.floor(gap / 2) + (gap & width & 1);
  return ' '.repeat(left) + text + ' '.repeat(gap - left);
}

/** How often one text stands in another, without overlap. */
export function countOf(text: string, part: string): number {
  return part === '' ? [...text].length + 1 : text.split(part).length - 1;
}

export function replaceText(text: string, old: string, by: string, most: number): string {
  const parts = old === '' ? ['', ...text, ''] : text.split(old);
  const times = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  const after = parts.slice(times).join(old);
  return [...parts.slice(0, times), after].join(by);
}
