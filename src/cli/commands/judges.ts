import path from 'node:path';
import { copyJudgePrompt } from '../../node/judge/copyJudgePrompt.ts';
import { judgePromptNames } from '../../node/judge/judgePrompts.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';

/** `touchstone judges list`. */
export function judgesListCommand(shell: Shell): ExitCode {
  shell.stdout.write(
    judgePromptNames()
      .map((name) => `${name}\n`)
      .join(''),
  );
  return EXIT.ok;
}

/** `touchstone judges copy`: the prompt of a judge as a file of the user's, and how a suite names it. */
export function judgesCopyCommand(kind: string, folder: string | undefined, shell: Shell): ExitCode {
  const file = copyJudgePrompt(kind, path.resolve(shell.cwd, folder ?? '.'));
  shell.stdout.write(`Wrote ${shownPath(shell.cwd, file)}\n`);
  shell.stderr.write(`Name it in a suite beside it: \`${kind}: { prompt: ./${path.basename(file)} }\`.\n`);
  return EXIT.ok;
}
