import vm from 'node:vm';
import { isJsonObject } from '../engine/json.ts';
import type { RegexMatch } from '../engine/metric/metric.ts';

/** Long enough for any pattern that works, short enough that a stop is not held up. */
const REGEX_TIMEOUT_MS = 150;

/**
 * The first match. A pattern that takes too long is cut off, so a hostile or careless one cannot hang a run.
 *
 * @throws SyntaxError for an invalid pattern; metrics check theirs when they are made
 */
export function matchRegex(pattern: string, flags: string, text: string): RegexMatch | 'no-match' | 'timeout' {
  const regex = compiled(pattern, flags);
  regex.lastIndex = 0;
  try {
    // Without a quantifier nothing can backtrack for long, and the guard costs more than the match.
    const match = /[*+{?]/.test(pattern) ? execInTime(regex, text) : regex.exec(text);
    if (match === null) return 'no-match';
    const [whole = '', ...groups] = match;
    return { text: whole, index: match.index, groups: groups.map((group) => group ?? null) };
  } catch (error) {
    if (isTimeout(error)) return 'timeout';
    throw error;
  }
}

const regexes = new Map<string, RegExp>();
const MAX_REGEXES = 500;

/** The pattern, compiled once. */
export function compiled(pattern: string, flags: string): RegExp {
  const key = `${flags}/${pattern}`;
  const known = regexes.get(key);
  if (known) return known;
  if (regexes.size >= MAX_REGEXES) regexes.clear();
  const regex = new RegExp(pattern, flags);
  regexes.set(key, regex);
  return regex;
}

const slot: { regex: RegExp | null; text: string } = { regex: null, text: '' };
let context: vm.Context | undefined;
let exec: vm.Script | undefined;

/** The engine's own watchdog ends a match; there is no other way to do so on one thread. */
export function execInTime(regex: RegExp, text: string): RegExpExecArray | null {
  slot.regex = regex;
  slot.text = text;
  context ??= vm.createContext(slot);
  exec ??= new vm.Script('regex.exec(text)');
  return exec.runInContext(context, { timeout: REGEX_TIMEOUT_MS }) as RegExpExecArray | null;
}

/** The error may come of the match's own realm, where Error is another class. */
export function isTimeout(error: unknown): boolean {
  return isJsonObject(error) && error['code'] === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
