import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { looseJson } from './looseJson.ts';

/** What a judge said: its JSON as far as there is any, and the words as they are. */
export type Verdict = {
  /** null where the answer holds no JSON object. */
  readonly object: JsonObject | null;
  /** The object was not finished: what stands at its end, and in its lists, may be missing. */
  readonly cut: boolean;
  readonly text: string;
};

/** Longer answers are not verdicts. */
const LONGEST = 100_000;
const MOST_PLACES = 40;

/** Finds the verdict in what a judge wrote: alone, in a Markdown fence, within prose, cut off, or in words only. */
export function readVerdict(answer: string): Verdict {
  const text = withoutThoughts(answer.slice(0, LONGEST)).trim();
  const strict = parseStrictly(text);
  if (strict) return { object: strict, cut: false, text };
  let from = 0;
  for (let places = 0; places < MOST_PLACES; places += 1) {
    const at = text.indexOf('{', from);
    if (at === -1) break;
    const found = looseJson(text, at);
    const object = found && filled(found.value);
    // What stands within an object that was cut is a part of it, never the verdict.
    if (found && object) return { object, cut: found.cut, text };
    from = found && !found.cut ? Math.max(found.end, at + 1) : at + 1;
  }
  return { object: null, cut: false, text };
}

/** What a reasoning model thinks before it answers is no verdict. */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf('</think>');
  return end === -1 ? text : text.slice(end + '</think>'.length);
}

function parseStrictly(text: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(text);
    return filled(value);
  } catch {
    return null;
  }
}

function filled(value: Json): JsonObject | null {
  return isJsonObject(value) && Object.keys(value).length > 0 ? value : null;
}
