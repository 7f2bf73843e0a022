import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { duration } from '../operational/operational.ts';
import * as fields from '../optionFields.ts';
import { binary } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { STATEMENTS, withoutFence } from './sqlText.ts';

const DEFAULT_TIMEOUT_MS = 5000;
const LONGEST = 100_000;

export const isSql = defineMetric({
  kind: 'is-sql',
  family: 'sql',
  summary:
    'The output is one SQL statement that SQLite takes on a database of yours, of an allowed kind, and uses only allowed tables and columns.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Prepared by SQLite, never run, on a copy of the database in a process of its own. With `allow` prepared again in an empty database that has only those tables and columns: what is missing there is used. The SQL is that of SQLite. A Markdown fence around the statement is taken off.',
  options: () =>
    z.strictObject({
      database: z.string().trim().min(1).meta({
        description:
          'A SQLite file, or a .sql file that makes the database; relative to the suite and inside the workspace.',
      }),
      statements: z.array(z.enum(STATEMENTS)).min(1).optional().meta({
        description: 'The kinds that are allowed; by default select only, which VALUES and WITH … SELECT are too.',
      }),
      allow: z
        .array(
          z
            .string()
            .trim()
            .regex(/^[^.]+(?:\.[^.]+)?$/),
        )
        .min(1)
        .optional()
        .meta({
          description: 'Tables and views (orders) or single columns (orders.total) that may be used; by default all.',
        }),
      path: fields.path,
      timeout: duration.optional().meta({ description: 'How long the check may take, start included; by default 5s.' }),
    }),
  shorthand: 'database',
  create: ({ database, statements = ['select'], allow, path, timeout: timeoutMs = DEFAULT_TIMEOUT_MS }, { tools }) => {
    const program = tools.openProgram({ kind: 'sqlite', file: database, timeoutMs });
    if ('error' in program) return program;
    const kinds = [...new Set(statements)].sort();
    const list = allow === undefined ? undefined : [...new Set(allow.map((name) => name.toLowerCase()))].sort();
    return {
      signature: signature('is-sql', { path, statements: kinds, allow: list, database: program.version }),
      role: 'decides',
      score: async (input): Promise<ScoreOutcome> => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const query = withoutFence(asText(picked.value)).toWellFormed();
        if (query.length > LONGEST) return binary(false, `The statement is longer than ${LONGEST} characters.`);
        const said = await program.ask({ query, check: { allow: list ?? null } }, input.signal);
        if ('error' in said) {
          if (said.isLate === true) return binary(false, 'The statement takes too long to read.');
          return { outcome: 'error', reason: said.error };
        }
        const read = answerShape.safeParse(said.answer);
        if (!read.success) return { outcome: 'error', reason: 'The database gave no answer about the statement.' };
        const { refused, kind, stranger, unknown } = read.data;
        if (unknown !== undefined)
          return { outcome: 'error', reason: `\`allow\` names ${unknown}, which the database does not have.` };
        if (refused !== undefined)
          return binary(false, `The output is no statement for this database: ${sentence(refused)}`);
        if (kind === undefined || !kinds.includes(kind))
          return binary(
            false,
            `The statement is ${kind?.toUpperCase()}, but allowed is only: ${kinds.join(', ').toUpperCase()}.`,
          );
        if (stranger !== undefined)
          return binary(false, `The statement uses more than is allowed: ${sentence(stranger)}`);
        return binary(true, `The output is a statement that SQLite takes: ${kind.toUpperCase()}.`);
      },
    };
  },
});

const answerShape = z.object({
  refused: z.string().optional(),
  kind: z.enum(STATEMENTS).optional(),
  stranger: z.string().optional(),
  unknown: z.string().optional(),
});
