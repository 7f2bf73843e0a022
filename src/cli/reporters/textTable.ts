import { displayWidth, fitWidth, padWidth } from '../displayWidth.ts';

/** A cell's text, and what colours it once it has been padded. */
export type Cell = { readonly text: string; readonly paint?: (text: string) => string };

export type Column = { readonly title: string; readonly align: 'left' | 'right'; readonly cells: readonly Cell[] };

/** Columns that belong together: a group moves to the next block as a whole, and is parted only where it is too wide alone. */
export type ColumnGroup = readonly Column[];

/**
 * Lines of a table that is no wider than `width`: what does not fit beside the key column continues in another block below,
 * which repeats the key column.
 */
export function textTable(
  key: Column,
  groups: readonly ColumnGroup[],
  width: number,
  paintTitle: (text: string) => string,
): string[] {
  const narrowKey: Column = {
    ...key,
    cells: key.cells.map((cell) => ({ ...cell, text: fitKey(cell.text, width) })),
  };
  const keyWidth = columnWidth(narrowKey);
  const blocks = toBlocks(groups, width - keyWidth);
  return blocks.flatMap((block, index) => [
    ...(index === 0 ? [] : ['']),
    ...blockLines([narrowKey, ...block], key.cells.length, paintTitle),
  ]);
}

/** A cell of the key column as it stands in a table of this width: at most a third of it. */
export function fitKey(text: string, width: number): string {
  return fitWidth(text, Math.max(8, Math.floor(width / 3)));
}

const GAP = '  ';

function toBlocks(groups: readonly ColumnGroup[], room: number): Column[][] {
  const blocks: Column[][] = [];
  let current: Column[] = [];
  let left = room;
  const place = (columns: readonly Column[]) => {
    const needed = groupWidth(columns);
    if (needed > left && current.length > 0) {
      blocks.push(current);
      current = [];
      left = room;
    }
    current.push(...columns);
    left -= needed;
  };
  for (const group of groups) {
    if (groupWidth(group) <= room) place(group);
    else for (const column of group) place([column]);
  }
  return current.length > 0 ? [...blocks, current] : blocks;
}

function groupWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + GAP.length + columnWidth(column), 0);
}

function columnWidth(column: Column): number {
  return Math.max(displayWidth(column.title), ...column.cells.map((cell) => displayWidth(cell.text)));
}

function blockLines(columns: readonly Column[], rows: number, paintTitle: (text: string) => string): string[] {
  const widths = columns.map(columnWidth);
  const line = (cellOf: (column: Column) => Cell) =>
    columns
      .map((column, at) => {
        const cell = cellOf(column);
        const last = at === columns.length - 1 && column.align === 'left';
        const padded = last ? cell.text : padWidth(cell.text, widths[at] ?? 0, column.align);
        return cell.paint ? cell.paint(padded) : padded;
      })
      .join(GAP);
  return [
    line((column) => ({ text: column.title, paint: paintTitle })),
    ...Array.from({ length: rows }, (_, row) => line((column) => column.cells[row] ?? { text: '' })),
  ];
}
