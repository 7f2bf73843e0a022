import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { duration } from '../operational/operational.ts';
import { threshold } from '../optionFields.ts';
import { signature } from '../signature.ts';
import { outcomeOf, questionOf } from './ownProgram.ts';

export const DEFAULT_TIMEOUT_MS = 10_000;

export const timeout = duration
  .optional()
  .meta({ description: 'How long one answer may take, start included; by default 10s.' });

export const script = defineMetric({
  kind: 'script',
  family: 'own',
  summary: 'A function of your own in a JavaScript or TypeScript file, which runs in a process of its own.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'Yours: the `score` or default export of the file.',
  options: () =>
    z.strictObject({
      file: z
        .string()
        .trim()
        .min(1)
        .meta({ description: 'The module, relative to the suite and inside the workspace.' }),
      options: z.record(z.string(), z.json()).optional().meta({ description: 'Given to the function as `options`.' }),
      threshold,
      timeout,
    }),
  shorthand: 'file',
  create: ({ file, options, threshold: least, timeout: timeoutMs = DEFAULT_TIMEOUT_MS }, { tools }) => {
    const program = tools.openProgram({ kind: 'script', file, timeoutMs });
    if ('error' in program) return program;
    return {
      signature: signature('script', { file, options, text: program.version }),
      role: 'decides',
      score: async (input) => {
        const said = await program.ask({ ...questionOf(input), options: options ?? {} }, input.signal);
        return 'error' in said ? { outcome: 'error', reason: said.error } : outcomeOf(said.answer, file, least);
      },
    };
  },
});
