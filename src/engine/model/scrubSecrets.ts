import { isJsonObject, type Json } from '../json.ts';

const REMOVED = '[key removed]';

/** Shorter ones would take innocent text with them, and no provider gives out keys so short. */
const SHORTEST = 8;

export type Scrubber = { readonly text: (text: string) => string; readonly json: (value: Json) => Json };

/** Removes keys from whatever is shown or kept. An echo of a request is the usual way for a key to get into an answer. */
export function secretScrubber(secrets: readonly string[]): Scrubber {
  const known = secrets.filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length);
  const text = (value: string) => known.reduce((clean, secret) => clean.replaceAll(secret, REMOVED), value);
  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), json(member)]));
  };
  return known.length === 0 ? { text: (value) => value, json: (value) => value } : { text, json };
}
