import { changeMarks, type MarkChange, NO_MARKS, type RunMarks } from '../../engine/history/runMarks.ts';
import type { Database } from './database.ts';
import { columns, parseColumn, type RunRow } from './rows.ts';
import type { ListedRow } from './runReader.ts';

/** What people set on a run, of a row that has it beside the run. */
export function toMarks({ name, tags, pinned, archived }: RunRow): RunMarks {
  if (tags === null) return NO_MARKS;
  return { name, tags: parseColumn(columns.strings, tags), pinned: pinned === 1, archived: archived === 1 };
}

/** @throws TouchstoneError invalid-argument for a name or tag that cannot be; nothing is changed then */
export function markRun(database: Database, run: ListedRow, change: MarkChange): RunMarks {
  const after = changeMarks(run.marks, change);
  const { name, tags, pinned, archived } = after;
  database
    .prepare(
      `INSERT INTO run_mark (run, name, tags, pinned, archived) VALUES (@run, @name, @tags, @pinned, @archived)
         ON CONFLICT DO UPDATE SET name = @name, tags = @tags, pinned = @pinned, archived = @archived`,
    )
    .run({ run: run.seq, name, tags: JSON.stringify(tags), pinned: Number(pinned), archived: Number(archived) });
  return after;
}
