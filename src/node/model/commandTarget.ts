import { spawn } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import type { Json } from '../../engine/json.ts';
import { type ModelClient, ModelError } from '../../engine/model/modelClient.ts';
import { secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { targetValues } from '../../engine/model/targetRequest.ts';
import { endGroup, HAS_GROUPS, SHOWN_STDERR, said, startFailure } from '../programs/processGroup.ts';
import type { CommandTarget } from '../workspace/targetConfig.ts';
import { type Environment, expandEnvironment, missingVariables } from './environment.ts';

const DEFAULT_TIMEOUT_MS = 180_000;
/** A program that does not end when it is asked to is ended all the same. */
const GRACE_MS = 2_000;
const LONGEST_OUTPUT = 32 * 2 ** 20;

const count = z.number().nonnegative().nullable().default(null);

/** An answer that says what it took; anything else on stdout is the answer's text. */
const commandAnswer = z.object({
  output: z.string(),
  usage: z
    .object({ inputTokens: count, outputTokens: count, cachedInputTokens: count, reasoningTokens: count })
    .nullable()
    .default(null),
  costUsd: count,
});

/**
 * `command/<name>`: a program of the user's own, as `targets.command.<name>` describes it. It is started for each case without a
 * shell, reads the request as JSON from stdin, and answers on stdout: with text, or with `{ output, usage?, costUsd? }`.
 *
 * @param root the workspace's: where it is started, unless the target says otherwise
 * @returns ModelError `missing-key` when it names variables that are not set
 */
export function commandTargetClient(
  name: string,
  target: CommandTarget,
  { root, env }: { readonly root: string; readonly env: Environment },
): ModelClient | ModelError {
  const own = Object.entries(target.env ?? {}).map(([variable, value]) => ({
    variable,
    ...expandEnvironment(value, env),
  }));
  const missing = own.flatMap((entry) => entry.missing);
  if (missing.length > 0) return missingVariables(missing, `targets.command.${name}.env`);
  const started: Started = {
    name,
    run: target.run,
    cwd: path.resolve(root, target.cwd ?? '.'),
    env: { ...env, ...Object.fromEntries(own.map(({ variable, text }) => [variable, text])) },
    timeoutMs: target.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
  const scrubber = secretScrubber(own.flatMap(({ secrets }) => secrets));
  return {
    async generate(request, { signal }) {
      const input = targetValues(request);
      const rawRequest = scrubber.json({ run: [...target.run], stdin: input });
      const startedAtMs = performance.now();
      try {
        const text = scrubber.text(await answerOf(started, JSON.stringify(input), signal));
        return {
          ...readOutput(text),
          toolCalls: [],
          finishReason: null,
          latencyMs: performance.now() - startedAtMs,
          firstTokenMs: null,
          rawRequest,
          rawResponse: text,
          attempts: 1,
        };
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        throw new ModelError(error.code, scrubber.text(error.message), { remedy: error.remedy, rawRequest });
      }
    },
  };
}

type Started = {
  readonly name: string;
  readonly run: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  readonly timeoutMs: number;
};

/** What the program wrote to stdout. */
function answerOf({ name, run, cwd, env, timeoutMs }: Started, input: string, signal: AbortSignal): Promise<string> {
  const [program = '', ...args] = run;
  const remedy = `Correct targets.command.${name} in touchstone.yaml.`;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ModelError('cancelled', 'Stopped.'));
    let ended: ModelError | null = null;
    // In a group of its own, so that what it starts ends with it.
    const child = spawn(program, args, {
      cwd,
      env,
      shell: false,
      stdio: 'pipe',
      windowsHide: true,
      detached: HAS_GROUPS,
    });
    const stdout: Buffer[] = [];
    let stdoutBytes = 0;
    let stderr = '';
    let force: NodeJS.Timeout | undefined;
    const end = (why: ModelError) => {
      if (ended) return;
      ended = why;
      endGroup(child, 'SIGTERM');
      force = setTimeout(() => endGroup(child, 'SIGKILL'), GRACE_MS);
    };
    const stop = () => end(new ModelError('cancelled', 'Stopped.'));
    const timer = setTimeout(
      () =>
        end(
          new ModelError('timeout', `${program} did not answer within ${timeoutMs / 1000} s.${said(stderr)}`, {
            remedy: `Raise targets.command.${name}.timeoutMs in touchstone.yaml.`,
          }),
        ),
      timeoutMs,
    );
    signal.addEventListener('abort', stop, { once: true });
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(force);
      signal.removeEventListener('abort', stop);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      stdoutBytes += chunk.length;
      if (stdoutBytes > LONGEST_OUTPUT) end(new ModelError('function-failed', `${program} wrote more than 32 MB.`));
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-SHOWN_STDERR);
    });
    // A program that does not read its input, or is gone, is judged by its end.
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      settle();
      const message = `${program} cannot be started: ${startFailure(error)}.`;
      reject(new ModelError('function-failed', message, { remedy }));
    });
    child.on('close', (code, killedBy) => {
      settle();
      if (ended) return reject(ended);
      if (code === 0) return resolve(Buffer.concat(stdout).toString('utf8'));
      const how = code === null ? `was ended by ${killedBy}` : `ended with ${code}`;
      reject(
        new ModelError('function-failed', `${program} ${how}.${said(stderr)}`, {
          remedy: 'See what it says; it answers with 0 when all is well.',
        }),
      );
    });
    child.stdin.end(input);
  });
}

function readOutput(text: string) {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { output: withoutLastLineEnd(text), usage: null, costUsd: null };
  }
  const answer = commandAnswer.safeParse(value);
  // JSON of another shape is an answer in JSON.
  return answer.success ? answer.data : { output: withoutLastLineEnd(text), usage: null, costUsd: null };
}

/** Programs end their output with a line end that is not a part of the answer. */
function withoutLastLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
