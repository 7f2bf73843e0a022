import type { DatasetFormat } from './case.ts';

const FORMATS: { readonly [extension: string]: DatasetFormat } = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
};

/** The extensions that a dataset may have, with their dots. */
export const DATASET_EXTENSIONS: readonly string[] = Object.keys(FORMATS).map((extension) => `.${extension}`);

/** Cells of a table are text; the other formats say themselves what is a number. */
export function isTextOnly(format: DatasetFormat | null): boolean {
  return format === 'csv' || format === 'tsv';
}

/** @returns null when the file name ends in nothing that is known. */
export function datasetFormat(path: string): DatasetFormat | null {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(FORMATS, extension) ? (FORMATS[extension] ?? null) : null;
}
