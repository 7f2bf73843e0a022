import type { Json, JsonObject } from '../../json.ts';
import type { SourceRange } from '../../problem.ts';

/** Something that the native file says otherwise or not at all, with the place where the original says it. */
export type Loss = {
  /** Stable and kebab-case. */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  readonly range: SourceRange;
};

/** A prompt in the native format. */
export type Conversion = { readonly text: string; readonly losses: readonly Loss[] };

/** Notes a loss at offsets in the template. */
export type NoteLoss = (code: string, message: string, span: readonly [number, number]) => void;

/** A piece of a Handlebars template that is being written. */
export type TemplatePart =
  | { readonly type: 'text'; readonly value: string }
  /** `block` for tags that have a line for themselves taken away by Handlebars. */
  | { readonly type: 'tag'; readonly source: string; readonly block: boolean }
  | { readonly type: 'role'; readonly role: string };

export function textPart(value: string): TemplatePart {
  return { type: 'text', value };
}

export function tagPart(source: string, block = false): TemplatePart {
  return { type: 'tag', source, block };
}

/** A name or path as Handlebars takes it; names with other characters stand in brackets. */
export function handlebarsPath(steps: readonly string[]): string {
  return steps.map((step) => (/^[\p{L}_$][\p{L}\p{N}_$-]*$|^\d+$/u.test(step) ? step : `[${step}]`)).join('.');
}

/** A literal as Handlebars takes it; null where it has none for the value. */
export function handlebarsLiteral(value: Json): string | null {
  if (typeof value === 'string') {
    if (!value.includes('"')) return `"${value}"`;
    return value.includes("'") ? null : `'${value}'`;
  }
  return typeof value === 'object' && value !== null ? null : String(value);
}

/** An object without members that say nothing. */
export function withoutEmpty(object: { readonly [key: string]: Json | undefined }): JsonObject {
  const entries = Object.entries(object).filter(([, value]) => {
    if (value === undefined || value === null) return false;
    return typeof value !== 'object' || Object.keys(value).length > 0;
  });
  return Object.fromEntries(entries) as JsonObject;
}
