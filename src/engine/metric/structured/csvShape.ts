import * as z from 'zod';
import { type DelimitedRecord, delimitedRecords } from '../../dataset/delimitedRecords.ts';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { binary } from '../outcome.ts';
import { signature } from '../signature.ts';
import { count, quote } from '../words.ts';

const rows = (description: string) => z.int().min(0).optional().meta({ description });

const options = () =>
  z.strictObject({
    columns: z
      .union([z.int().min(1), z.array(z.string()).min(1)])
      .optional()
      .meta({ description: 'How many columns, or their names in the first line, in order.' }),
    min: rows('The least number of rows below the first line.'),
    max: rows('The most rows below the first line.'),
    delimiter: z.string().length(1).optional().meta({ description: 'By default a comma.' }),
  });
type Options = z.infer<ReturnType<typeof options>>;

export const csvShape = defineMetric({
  kind: 'csv-shape',
  family: 'json',
  summary: 'The whole output is a table in CSV: a line of names, and as many cells in every row.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'RFC 4180 with lines that end in LF or CRLF; empty lines at the end do not count.',
  options,
  shorthand: 'columns',
  create: (given) => {
    const { columns, min = 0, max = Infinity, delimiter = ',' } = given;
    if (min > max) return { error: `\`min\` is ${min} and \`max\` ${max}: no table has both.` };
    return {
      signature: signature('csv-shape', { columns, min: given.min, max: given.max, delimiter }),
      role: 'decides',
      score: (input) => check(input.output.trimEnd(), { columns, min, max, delimiter }),
    };
  },
});

async function check(
  output: string,
  { columns, min = 0, max = Infinity, delimiter = ',' }: Options,
): Promise<ScoreOutcome> {
  if (output.trim() === '') return binary(false, 'The output is empty, not a table.');
  let width = 0;
  let line = 0;
  for await (const record of delimitedRecords(whole(output), delimiter)) {
    line += 1;
    if (!('cells' in record)) return binary(false, `The output is not CSV: ${FAULTS[record.fault]} in row ${line}.`);
    const { cells } = record;
    if (line === 1) {
      width = cells.length;
      const wrong = wrongColumns(cells, columns);
      if (wrong !== null) return binary(false, wrong);
    } else if (cells.length !== width) {
      return binary(false, `Row ${line} has ${count(cells.length, 'cell')}, the first one ${width}.`);
    }
  }
  const found = line - 1;
  const size = `${count(width, 'column')} and ${count(found, 'row')} below the first line`;
  if (found >= min && found <= max) return binary(true, `The output is a table of ${size}.`);
  return binary(false, `The table has ${size}; ${found < min ? `at least ${min}` : `at most ${max}`} were asked for.`);
}

const FAULTS: { readonly [fault in Extract<DelimitedRecord, { fault: unknown }>['fault']]: string } = {
  'stray-quote': 'a quote in the wrong place',
  'unclosed-quote': 'a quote that is not closed',
  'record-too-long': 'a row that is too long',
};

function wrongColumns(cells: readonly string[], columns: Options['columns']): string | null {
  if (columns === undefined) return null;
  if (typeof columns === 'number')
    return cells.length === columns ? null : `The table has ${count(cells.length, 'column')}, not ${columns}.`;
  const same = cells.length === columns.length && cells.every((cell, index) => cell.trim() === columns[index]);
  return same ? null : `The columns are ${quote(cells.join(', '))}, not ${quote(columns.join(', '))}.`;
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}
