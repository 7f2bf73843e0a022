import { canonicalJson } from '../../json.ts';

/** The leaves of a JSON value: how often each value stands at each place. */
export type JsonFields = { readonly counts: ReadonlyMap<string, Field>; readonly size: number };
export type Field = { readonly place: Place; readonly value: unknown; readonly count: number };
type Place = { readonly id: number; readonly name: string; readonly around: Place | null };

/**
 * Reads the fields of JSON values, in memory and time that grow with their text: places are numbered, long paths never
 * spelled out. What is null or an empty text is no field: extractions write both for what is not there.
 */
export class FieldReader {
  readonly #root: Place = { id: 0, name: '', around: null };
  readonly #places = new Map<string, Place>();

  /**
   * @param ordered whether the position in a list belongs to the place
   * @param normalise how texts are compared
   */
  constructor(
    readonly ordered: boolean,
    readonly normalise: (text: string) => string,
  ) {}

  read(value: unknown): JsonFields {
    const counts = new Map<string, { place: Place; value: unknown; count: number }>();
    let size = 0;
    const open: [unknown, Place][] = [[value, this.#root]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [one, place] = next;
      if (one === null || one === undefined || one === '') continue;
      if (typeof one === 'object') {
        const inList = Array.isArray(one);
        for (const [name, member] of Object.entries(one)) {
          const own = inList ? `[${this.ordered ? name : ''}]` : `.${name}`;
          open.push([member, this.#place(place, own)]);
        }
        continue;
      }
      size += 1;
      const key = this.key(place, one);
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { place, value: one, count: 1 });
    }
    return { counts, size };
  }

  key({ id }: Place, value: unknown): string {
    return `${id}:${typeof value === 'string' ? `t${this.normalise(value)}` : canonicalJson(value)}`;
  }

  #place(around: Place, name: string): Place {
    const key = `${around.id}/${name}`;
    const known = this.#places.get(key);
    if (known) return known;
    const place = { id: this.#places.size + 1, name, around };
    this.#places.set(key, place);
    return place;
  }
}

const SHOWN = 8;

/** `items[].name`, of a deep one the end. */
export function placeText(place: Place): string {
  const names: string[] = [];
  let at: Place | null = place;
  for (; at !== null && names.length < SHOWN; at = at.around) names.unshift(at.name);
  return `${at === null ? '' : '…'}${names.join('').replace(/^\./, '')}`;
}
