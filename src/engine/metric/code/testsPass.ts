import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { duration } from '../operational/operational.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';
import { codeBlocks } from './codeBlocks.ts';
import { testCounts } from './testCounts.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const place = z
  .string()
  .trim()
  .regex(/^(?!.*(?:^|[\\/])\.\.(?:[\\/]|$))(?![\\/])(?![A-Za-z]:).+$/, 'A path inside the folder, without `..`.');

export const testsPass = defineMetric({
  kind: 'tests-pass',
  family: 'code',
  summary: 'The code of the output passes your tests; the value is the share of them that pass.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'The code, which is what stands in the fences of the output or all of it, is written into a new folder beside copies of your test files, and your command is run there with a time limit and without the keys of the environment. It passes when the command ends with 0 and no test is said to have failed; the share is read from what node --test, TAP, pytest, vitest, jest and mocha say at their end, and is 1 or 0 where nothing is said. Code that wants to can end early or print such words itself: `tests` helps against the first. This runs what a model wrote, as you: use it only where you would run that code yourself, best in a container. The workspace must be trusted.',
  options: () =>
    z.strictObject({
      command: z.array(z.string().min(1)).min(1).meta({
        description:
          'A program and its arguments, run in that folder, e.g. [node, --test] or [pytest, -q]; [tsc, --noEmit, answer.ts] checks types.',
      }),
      file: place.meta({ description: 'What the code is called there, e.g. answer.mjs.' }),
      files: z.array(place).optional().meta({
        description: 'Your test files, relative to the suite; they stand there under the same paths.',
      }),
      tests: z.int().min(1).optional().meta({
        description: 'How many tests must have passed at least: code that ends the process early passes none.',
      }),
      path: fields.path,
      timeout: duration.optional().meta({ description: 'How long the tests may take; by default 30s.' }),
    }),
  create: ({ command, file, files = [], tests, path, timeout: timeoutMs = DEFAULT_TIMEOUT_MS }, { tools }) => {
    const program = tools.openProgram({ kind: 'tests', command, file, files, timeoutMs });
    if ('error' in program) return program;
    return {
      signature: signature('tests-pass', { path, file, least: tests, tests: program.version }),
      role: 'decides',
      score: async (input): Promise<ScoreOutcome> => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return outcomeOf(0, false, sentence(picked.broken));
        const code = codeBlocks(asText(picked.value))
          .map((block) => block.code)
          .join('\n');
        if (code.trim() === '') return outcomeOf(0, false, 'The output has no code.');
        const said = await program.ask({ code: code.toWellFormed() }, input.signal);
        if ('error' in said) {
          if (said.isLate === true) return outcomeOf(0, false, said.error);
          return { outcome: 'error', reason: said.error };
        }
        const read = answerShape.safeParse(said.answer);
        if (!read.success) return unscored('Nothing is known of how the tests ended.');
        const { code: exit, output } = read.data;
        const counts = testCounts(output);
        const isEnough = tests === undefined || (counts !== null && counts.passed >= tests);
        const passed = exit === 0 && isEnough && (counts === null || counts.passed === counts.all);
        // A command that fails although no test did has failed before or behind them.
        const share =
          counts === null || (!passed && counts.passed === counts.all) ? Number(passed) : counts.passed / counts.all;
        const shown = counts
          ? `${counts.passed} of ${count(counts.all, 'test')} pass`
          : `The command ended with ${exit}`;
        const end = passed ? '' : `: ${quote(output.trim().slice(-300))}`;
        return outcomeOf(share, passed, `${shown}${end}.`);
      },
    };
  },
});

function outcomeOf(value: number, passed: boolean, reason: string): ScoreOutcome {
  return { outcome: 'scored', value, score: value, passed, reason };
}

const answerShape = z.object({ code: z.number().nullable(), output: z.string() });
