import { TouchstoneError } from '../../engine/error.ts';
import { parseModelRef } from '../../engine/model/modelClient.ts';
import { hasErrors } from '../../engine/problem.ts';
import { runCase } from '../../node/runCase.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatCount, formatMilliseconds, formatUsd } from '../format.ts';
import type { ParamValues } from '../options.ts';
import { oneLine, plainPiece } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { printProblems, refuse } from '../tellUser.ts';
import { type CaseOptions, loadPromptCase } from './promptCase.ts';

export type RunOptions = CaseOptions & { readonly model?: readonly string[]; readonly params?: ParamValues };

/** `touchstone run`: asks the model about one case; the answer streams to stdout, figures go to stderr. Nothing is kept. */
export async function runCommand(prompt: string, options: RunOptions, shell: Shell): Promise<ExitCode> {
  const { workspace, promptFile, testCase, suitePath, problems } = await loadPromptCase(prompt, options, shell);
  if (hasErrors(problems)) return refuse(shell, problems);
  printProblems(shell, problems);

  const model = options.model?.at(-1);
  if (model !== undefined && !parseModelRef(model))
    throw new TouchstoneError('invalid-argument', `\`${model}\` does not name a provider.`, {
      remedy: 'Write it as provider/name, e.g. openai/gpt-5-mini.',
    });
  const { stdout, stderr } = shell;
  let written = '';
  const write = (text: string) => {
    written = text === '' ? written : text;
    // A file or pipe gets the answer as it is; a terminal must not be steered by it.
    stdout.write(stdout.isTerminal ? plainPiece(text) : text);
  };
  const answer = await runCase(workspace, promptFile, testCase, {
    signal: shell.signal,
    onDelta: write,
    suitePath,
    model,
    params: Object.fromEntries(
      Object.entries(options.params ?? {}).map(([name, values]) => [name, values.at(-1) ?? null]),
    ),
  });
  if (written === '' && answer.ok) write(answer.output);
  if (written !== '' && !written.endsWith('\n')) stdout.write('\n');
  if (!answer.ok) {
    if (answer.cancelled) return EXIT.cancelled;
    const { code, message, remedy } = answer.error;
    stderr.write(`${stderr.colors.red(`${code}:`)} ${oneLine(message)}\n${remedy ? `${oneLine(remedy)}\n` : ''}`);
    return code === 'unknown-provider' ? EXIT.input : EXIT.environment;
  }
  const facts = [
    `case ${oneLine(testCase.id)}`,
    formatMilliseconds(answer.latencyMs),
    `${formatCount(answer.inputTokens)} tokens in, ${formatCount(answer.outputTokens)} out`,
    formatUsd(answer.costUsd),
  ];
  stderr.write(`${stderr.colors.dim(facts.join(' · '))}\n`);
  return EXIT.ok;
}
