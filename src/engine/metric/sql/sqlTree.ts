import type { Json } from '../../json.ts';

/** A statement as its parser reads it, or why it cannot. */
export type SqlTree = { readonly tree: Json } | { readonly error: string };
