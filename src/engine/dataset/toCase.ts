import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Message } from '../prompt/message.ts';
import type { Case, ColumnMapping } from './case.ts';
import { readHistory, readTags } from './readCell.ts';
import { type Row, setOwn } from './row.ts';

/** A case before it has its id. */
export type CaseContent = Omit<Case, 'id' | 'row' | 'index' | 'line'>;

/** What is wrong with a row, by column. */
export type RowIssue = {
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
};

/**
 * Gives the columns of a row their meaning.
 *
 * @param textOnly the format has only text (CSV, TSV): an empty cell of a column with a meaning says that there is none,
 *   and tags and history may be JSON text.
 */
export function toCase(
  row: Row,
  mapping: ColumnMapping,
  textOnly: boolean,
): { givenId: string | null; content: CaseContent; issues: readonly RowIssue[] } {
  const issues: RowIssue[] = [];
  const columns = { id: mapping.id ?? 'id', tags: mapping.tags ?? 'tags', expected: mapping.expected ?? 'expected' };
  const vars: { [name: string]: Json } = {};
  const metadata: { [name: string]: Json } = {};
  let expected: Json | undefined;
  let tags: readonly string[] = [];
  let history: readonly Message[] | undefined;
  let givenId: string | null = null;

  for (const [column, value] of Object.entries(row.values)) {
    const absent = textOnly && value === '';
    if (column === columns.id) {
      if (absent || value === null) continue;
      if (typeof value === 'string' || typeof value === 'number') givenId = String(value).trim() || null;
      else issues.push(issue(column, 'invalid-id', 'An id is a text or a number.', 'Write it in quotes.'));
    } else if (column === columns.tags) {
      const read = readTags(value, textOnly);
      if (read === null) issues.push(issue(column, 'invalid-tags', 'These are not tags.', 'Separate tags by commas.'));
      else tags = read;
    } else if (column === 'history') {
      if (absent || value === null) continue;
      const read = readHistory(value, textOnly);
      if (typeof read === 'string') issues.push(issue(column, 'invalid-history', read, HISTORY_REMEDY));
      else history = read;
    } else if (column.startsWith('metadata.')) {
      if (!absent) setPath(metadata, column.slice('metadata.'.length), value, column, issues);
    } else if (column === columns.expected || column.startsWith('expected.')) {
      if (absent) continue;
      const path = column === columns.expected ? '' : column.slice('expected.'.length);
      if (path === '' && expected === undefined) expected = isJsonObject(value) ? { ...value } : value;
      else if (path !== '' && (expected === undefined || isJsonObject(expected))) {
        const object: { [name: string]: Json } = expected === undefined ? {} : { ...expected };
        setPath(object, path, value, column, issues);
        expected = object;
      } else issues.push(issue(column, 'conflicting-columns', conflict(column), CONFLICT_REMEDY));
    } else if (mapping.vars === undefined) setOwn(vars, column, value);
  }
  for (const [variable, column] of Object.entries(mapping.vars ?? {})) {
    const value = Object.hasOwn(row.values, column) ? row.values[column] : undefined;
    if (value !== undefined) setOwn(vars, variable, value);
  }
  const content: CaseContent = {
    vars,
    ...(expected === undefined ? {} : { expected }),
    tags,
    metadata,
    ...(history === undefined ? {} : { history }),
  };
  return { givenId, content, issues };
}

const HISTORY_REMEDY = 'Write a JSON list such as [{"role": "user", "content": "Hello"}].';
const CONFLICT_REMEDY = 'Keep either the whole value or its parts.';

function conflict(column: string): string {
  return `\`${column}\` gives a part of a value that another column gives as a whole.`;
}

function issue(column: string, code: string, message: string, remedy: string): RowIssue {
  return { column, code, message, remedy };
}

/** Sets `a.b.c` in nested objects; every object on the way is one that this function made or a copy. */
function setPath(target: { [key: string]: Json }, path: string, value: Json, column: string, issues: RowIssue[]): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let current = target;
  for (const step of steps) {
    const next = Object.hasOwn(current, step) ? current[step] : undefined;
    if (next !== undefined && !isJsonObject(next)) {
      issues.push(issue(column, 'conflicting-columns', conflict(column), CONFLICT_REMEDY));
      return;
    }
    const copy: JsonObject = { ...next };
    setOwn(current, step, copy);
    current = copy as { [key: string]: Json };
  }
  if (Object.hasOwn(current, last))
    issues.push(issue(column, 'conflicting-columns', conflict(column), CONFLICT_REMEDY));
  else setOwn(current, last, value);
}
