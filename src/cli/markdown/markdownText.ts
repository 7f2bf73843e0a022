import { plural } from '../format.ts';
import { oneLine, plainText } from '../plainText.ts';

/**
 * Any text as inline Markdown that shows it and does nothing else: no markup, no HTML, no link, no mention. On one line, so that it
 * may stand in the cell of a table.
 */
export function markdownText(text: string): string {
  return (
    oneLine(text)
      .toWellFormed()
      // One pass: what is put in must not be escaped again. Where a report becomes a comment, a name must not call its bearer.
      .replace(/([\\`*_[\]~$])|([&<>|]|:(?=\/\/)|(?<=www)\.)|[@#](?=[\p{L}\p{N}])/giu, (sign, marks, entity) =>
        marks ? `\\${sign}` : entity ? `&#${sign.charCodeAt(0)};` : `${sign}&#8203;`,
      )
  );
}

/** A text of any length as a block of code: whatever it says, it does not end the block. */
export function codeBlock(text: string, longest: number): string[] {
  const plain = plainText(text).toWellFormed().replace(/\n$/, '');
  const shown = cutAt(plain, longest);
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  const left = plain.length - shown.length;
  return [fence, shown, fence, ...(left > 0 ? ['', `… and ${plural(left, 'more character')}`] : [])];
}

export type MarkdownColumn = { readonly title: string; readonly align: 'left' | 'right' };

/** @param rows cells of Markdown: texts must have gone through `markdownText` */
export function markdownTable(columns: readonly MarkdownColumn[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ];
}

/** Not through the middle of a character. */
function cutAt(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}
