/** How many characters may be looked at, again and again because they open like JSON and are none; a bracket counts as 16. */
const MAX_READ = 2 ** 27;
const MARK_COST = 16;

/**
 * The objects and lists that stand in a text, in their order; what is inside one that was found is not looked at again. A
 * list of numbers or of nothing is found only on lines of its own: among words it is a citation, [1], or a box to tick.
 *
 * @returns at last `gave-up` when the text has so many openings that it would take too long
 */
export function* findJson(text: string): Generator<{ readonly value: unknown } | 'gave-up'> {
  let budget = MAX_READ;
  const opening = /[{[](?=\s*["{}[\]\d\-tfn])/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const end = closing(text, match.index);
    budget -= end.seen;
    if (budget < 0) {
      yield 'gave-up';
      return;
    }
    if (end.at === -1) continue;
    const value = parsed(text.slice(match.index, end.at));
    if (value === undefined || (isMark(value) && !standsAlone(text, match.index, end.at))) continue;
    yield { value };
    opening.lastIndex = end.at;
  }
}

const MARK = /["{}[\]]/g;

/** The offset after the bracket that closes the one at `start`; -1 when there is none or another one closes. */
function closing(text: string, start: number): { readonly at: number; readonly seen: number } {
  const open: string[] = [];
  let marks = 0;
  const seen = (end: number) => end - start + MARK_COST * marks;
  MARK.lastIndex = start;
  for (let match = MARK.exec(text); match !== null; match = MARK.exec(text)) {
    const mark = match[0];
    marks += 1;
    if (mark === '"') {
      const end = closingQuote(text, match.index);
      if (end === -1) return { at: -1, seen: seen(text.length) };
      MARK.lastIndex = end + 1;
    } else if (mark === '{' || mark === '[') {
      open.push(mark === '{' ? '}' : ']');
    } else {
      const end = match.index + 1;
      if (open.pop() !== mark) return { at: -1, seen: seen(end) };
      if (open.length === 0) return { at: end, seen: seen(end) };
    }
  }
  return { at: -1, seen: seen(text.length) };
}

function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMark(value: unknown): boolean {
  return Array.isArray(value) && value.every((element) => typeof element === 'number');
}

function standsAlone(text: string, start: number, end: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const before = start === 0 ? '' : text.slice(lineStart, start);
  return before.trim() === '' && text.slice(end, lineEnd === -1 ? undefined : lineEnd).trim() === '';
}
