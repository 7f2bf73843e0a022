import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { threshold } from '../optionFields.ts';
import { signature } from '../signature.ts';
import { outcomeOf, questionOf } from './ownProgram.ts';
import { DEFAULT_TIMEOUT_MS, timeout } from './script.ts';

export const process = defineMetric({
  kind: 'process',
  family: 'own',
  summary:
    'A program of your own in any language: a line of JSON for each sample on stdin, a line of JSON back on stdout.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'Yours: the program.',
  options: () =>
    z.strictObject({
      command: z.array(z.string().min(1)).min(1).meta({
        description: "The program and its arguments, e.g. [python3, metric.py]; started in the suite's folder.",
      }),
      threshold,
      timeout,
    }),
  shorthand: 'command',
  create: ({ command, threshold: least, timeout: timeoutMs = DEFAULT_TIMEOUT_MS }, { tools }) => {
    const program = tools.openProgram({ kind: 'process', command, timeoutMs });
    if ('error' in program) return program;
    const name = command.join(' ');
    return {
      signature: signature('process', { command, text: program.version }),
      role: 'decides',
      score: async (input) => {
        const said = await program.ask(questionOf(input), input.signal);
        return 'error' in said ? { outcome: 'error', reason: said.error } : outcomeOf(said.answer, name, least);
      },
    };
  },
});
