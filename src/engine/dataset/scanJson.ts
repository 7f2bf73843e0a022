/** Where the members or elements of a JSON value stand, and where and why it stops being JSON. */
export type JsonScan = {
  /** Direct children of the outermost array or object, in order; `key` is null in an array. */
  readonly members: readonly { readonly key: string | null; readonly start: number; readonly end: number }[];
  readonly outer: '{' | '[' | 'scalar' | null;
  readonly fault: { readonly offset: number; readonly message: string } | null;
};

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in strings.
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks a JSON text without building it. Engines word their own JSON errors differently and often without a position;
 * this one always has it. Nesting costs no stack.
 */
export function scanJson(text: string): JsonScan {
  const members: { key: string | null; start: number; end: number }[] = [];
  const open: ('{' | '[')[] = [];
  let outer: JsonScan['outer'] = null;
  let at = 0;
  let key: string | null = null;
  let start = 0;
  let expected = 'value' as Expected;

  const stop = (message: string): JsonScan => ({ members, outer, fault: { offset: at, message } });
  const match = (pattern: RegExp): string | null => matchAt(pattern, text, at);
  const string = (): string | null => stringAt(text, at);
  const closeValue = (): void => {
    if (open.length === 1) members.push({ key, start, end: at });
    expected = open.length === 0 ? 'end' : 'comma';
  };

  for (;;) {
    at += match(SPACE)?.length ?? 0;
    const char = text[at];
    if (char === undefined) return expected === 'end' ? { members, outer, fault: null } : stop(ENDS[expected]);
    if (expected === 'end') return stop(`Nothing may follow the value, but \`${char}\` does.`);
    const top = open.at(-1);

    if (expected === 'colon') {
      if (char !== ':') return stop(`A \`:\` is missing before \`${char}\`.`);
      at += 1;
      expected = 'value';
    } else if (expected === 'comma') {
      if (char !== ',' && char !== (top === '{' ? '}' : ']')) {
        return stop(`A \`,\` or \`${top === '{' ? '}' : ']'}\` is missing before \`${char}\`.`);
      }
      at += 1;
      if (char === ',') expected = top === '{' ? 'key' : 'value';
      else {
        open.pop();
        closeValue();
      }
    } else if ((char === '}' && expected === 'first-key') || (char === ']' && expected === 'first-value')) {
      at += 1;
      open.pop();
      closeValue();
    } else if (expected === 'key' || expected === 'first-key') {
      const name = string();
      if (name === null) return stop(badString(char, 'A key'));
      if (open.length === 1) key = String(JSON.parse(name));
      at += name.length;
      expected = 'colon';
    } else {
      if (open.length === 1) start = at;
      outer ??= char === '{' || char === '[' ? char : 'scalar';
      if (char === '{' || char === '[') {
        open.push(char);
        at += 1;
        expected = char === '{' ? 'first-key' : 'first-value';
        continue;
      }
      const value = char === '"' ? string() : match(SCALAR);
      if (value === null || value === '') return stop(badValue(char));
      at += value.length;
      closeValue();
    }
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** By stretches: one expression for a whole string would need a stack as deep as the string is long. */
function stringAt(text: string, start: number): string | null {
  if (text[start] !== '"') return null;
  for (let at = start + 1; ; ) {
    at += matchAt(PLAIN, text, at)?.length ?? 0;
    if (text[at] === '"') return text.slice(start, at + 1);
    const escaped = matchAt(ESCAPE, text, at);
    if (escaped === null) return null;
    at += escaped.length;
  }
}

type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma' | 'end';
const ENDS: { readonly [expected in Exclude<Expected, 'end'>]: string } = {
  value: 'The text ends where a value is expected.',
  'first-value': 'The text ends inside an array.',
  key: 'The text ends where a key is expected.',
  'first-key': 'The text ends inside an object.',
  colon: 'The text ends where a `:` is expected.',
  comma: 'The text ends before the last bracket is closed.',
};

function badString(char: string, what: string): string {
  if (char === '}') return 'No comma may stand before `}`.';
  if (char !== '"') return `${what} must stand in double quotes, but begins with \`${char}\`.`;
  return 'The string that begins here is not closed, or holds a line break or an unknown escape.';
}

function badValue(char: string): string {
  if (char === ']') return 'A value is missing, or a comma is too much, before `]`.';
  if (char === '"') return badString(char, 'A string');
  if ('},:'.includes(char)) return `A value is missing before \`${char}\`.`;
  return `A value cannot begin with \`${char}\`${/[\w']/.test(char) ? '; strings stand in double quotes' : ''}.`;
}
