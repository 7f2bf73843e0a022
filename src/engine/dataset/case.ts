import type { Json, JsonObject } from '../json.ts';
import type { Message } from '../prompt/message.ts';

/** One row of a dataset. */
export type Case = {
  /** Given by the dataset, or the first 12 hex digits of the content's hash; unique in its dataset. */
  readonly id: string;
  readonly vars: JsonObject;
  /** undefined when the dataset gives none: unknown, not empty. */
  readonly expected?: Json;
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly history?: readonly Message[];
  /** Every column as read, for `replay/<column>`. Not a part of the content. */
  readonly row: JsonObject;
  /** Position in the dataset, from 0; kept when only some cases are run. Not a part of the content. */
  readonly index: number;
  /** Where the row begins in the file, from 0. */
  readonly line: number;
};

/** Which columns mean what. A column named in none of these is a variable of its own name. */
export type ColumnMapping = {
  /** variable -> column; when given, only these columns are variables. */
  readonly vars?: { readonly [variable: string]: string };
  readonly expected?: string;
  readonly tags?: string;
  readonly id?: string;
};

export type DatasetFormat = 'csv' | 'tsv' | 'jsonl' | 'json' | 'yaml';

/** What one pass over a dataset tells. */
export type DatasetSummary = {
  readonly path: string;
  readonly format: DatasetFormat;
  /** SHA-256 over the hashes of the cases in order: ids, vars, expected, tags, metadata, history. */
  readonly digest: string;
  readonly cases: number;
  readonly columns: readonly string[];
};
