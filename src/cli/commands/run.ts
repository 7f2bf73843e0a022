import { TouchstoneError } from '../../engine/error.ts';
import { parseModelRef } from '../../engine/model/modelClient.ts';
import { paramsOf } from '../../engine/model/modelParams.ts';
import { paramProblems } from '../../engine/model/paramProblems.ts';
import { tokensPerSecond } from '../../engine/model/tokensPerSecond.ts';
import { hasErrors } from '../../engine/problem.ts';
import { type RunCaseResult, runCase } from '../../node/runCase.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatCount, formatMilliseconds, formatUsd } from '../format.ts';
import type { ParamValues } from '../options.ts';
import { oneLine, plainPiece } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { printProblems, refuse } from '../tellUser.ts';
import { placeInPrompt } from './doubtfulParams.ts';
import { type CaseOptions, loadPromptCase } from './promptCase.ts';

export type RunOptions = CaseOptions & { readonly model?: readonly string[]; readonly params?: ParamValues };

/** `touchstone run`: asks the model about one case; the answer streams to stdout, figures go to stderr. Nothing is kept. */
export async function runCommand(prompt: string, options: RunOptions, shell: Shell): Promise<ExitCode> {
  const { workspace, promptFile, closure, testCase, suitePath, problems } = await loadPromptCase(
    prompt,
    options,
    shell,
  );
  if (hasErrors(problems)) return refuse(shell, problems);
  const params = Object.fromEntries(
    Object.entries(options.params ?? {}).map(([name, values]) => [name, values.at(-1) ?? null]),
  );
  const asked = { ...paramsOf(closure.document.metadata.config), ...params };
  const doubtful = paramProblems(asked, (name) => placeInPrompt(closure.document, name));
  printProblems(shell, [...problems, ...doubtful]);

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
    params,
  });
  if (written === '' && answer.ok) write(answer.output);
  if (written !== '' && !written.endsWith('\n')) stdout.write('\n');
  if (!answer.ok) {
    if (answer.cancelled) return EXIT.cancelled;
    const { code, message, remedy, httpStatus, requestId } = answer.error;
    const facts = [
      httpStatus === null ? [] : `HTTP ${httpStatus}`,
      requestId === null ? [] : `request ${requestId}`,
    ].flat();
    stderr.write(`${stderr.colors.red(`${code}:`)} ${oneLine(message)}\n${remedy ? `${oneLine(remedy)}\n` : ''}`);
    if (facts.length > 0) stderr.write(`${stderr.colors.dim(oneLine(facts.join(' · ')))}\n`);
    return code === 'unknown-provider' ? EXIT.input : EXIT.environment;
  }
  printNotes(shell, answer);
  const rate = tokensPerSecond(answer);
  const facts = [
    `case ${oneLine(testCase.id)}`,
    formatMilliseconds(answer.latencyMs),
    ...(answer.firstTokenMs === null ? [] : [`first token ${formatMilliseconds(answer.firstTokenMs)}`]),
    `${formatCount(answer.inputTokens)} tokens in, ${formatCount(answer.outputTokens)} out`,
    ...(rate === null ? [] : [`${formatCount(rate)} tokens/s`]),
    formatUsd(answer.costUsd),
    ...(answer.finishReason === null || answer.finishReason === 'stop' ? [] : [oneLine(answer.finishReason)]),
  ];
  stderr.write(`${stderr.colors.dim(facts.join(' · '))}\n`);
  return EXIT.ok;
}

type Answered = Extract<RunCaseResult, { readonly ok: true }>;

/** What the answer itself does not say: the tools that it asks for, a broken schema, a stream that was refused. */
function printNotes({ stderr }: Shell, { toolCalls, check, refusedStream }: Answered): void {
  for (const call of toolCalls) stderr.write(oneLine(`calls ${call.name} ${call.arguments}`).concat('\n'));
  if (check?.violation) {
    const { path, message } = check.violation;
    const others = check.others > 0 ? ` (and ${check.others} more)` : '';
    const place = path === '$' ? 'The answer' : path;
    stderr.write(`${stderr.colors.yellow('output schema:')} ${oneLine(`${place} ${message}${others}`)}\n`);
  }
  if (refusedStream) stderr.write('The server refused to stream, so it was asked once more for the whole answer.\n');
}
