import type { TextEdit } from '../textEdit.ts';

/** Ways to mend a problem; a test names a case of each. */
export const FIX_KINDS = [
  'use-nearest',
  'declare-variable',
  'remove-variable',
  'set-default',
  'map-column',
  'remove-key',
  'create-partial',
  'add-provider',
  'clamp-param',
  'separate-role',
  'close-block',
  'remove-front-matter',
] as const;
export type FixKind = (typeof FIX_KINDS)[number];

export type FileEdits = { readonly path: string; readonly edits: readonly TextEdit[] };

/** One way to mend a problem; its title says what the problem's remedy says. */
export type Fix = {
  readonly kind: FixKind;
  /** The code of the problem that it mends. */
  readonly code: string;
  readonly title: string;
  readonly changes: readonly FileEdits[];
  /** A file to be made; it is not there yet. */
  readonly create?: { readonly path: string; readonly text: string };
  /** The one that is most likely meant. */
  readonly preferred: boolean;
};
