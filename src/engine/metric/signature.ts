import { hashText, shortHash } from '../hash.ts';
import { canonicalJson } from '../json.ts';

const READABLE = 40;

/**
 * `kind|name:value|…|v:1`, with what is undefined left out.
 *
 * Long values, and values that would blur the parts, are given by their hash. `v` counts up when a definition changes so
 * that the same input may give another number.
 */
export function signature(kind: string, parts: { readonly [name: string]: unknown }, version = 1): string {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return [kind, ...given.map(([name, value]) => `${name}:${word(value)}`), `v:${version}`].join('|');
}

function word(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'string' ? value : canonicalJson(value);
  const plain = text.length <= READABLE && !/[|\s]/.test(text) && text !== '';
  return plain ? text : `#${shortHash(hashText(text))}`;
}
