import * as z from 'zod';
import type { Json, JsonObject } from '../../engine/json.ts';
import type { ProgramAnswer } from '../../engine/metric/own/ownProgram.ts';
import { type LineCommand, LineProcess } from './lineProcess.ts';

/** A program that fails so often without an answer between is not started again: a run may have a million samples. */
const MAX_FAILURES = 3;

const answerLine = z.looseObject({ id: z.number() });

/**
 * A program that is asked one question at a time, so that an answer that does not come is the fault of its own sample only. It
 * is started by the first question, and anew by the next one after it failed.
 */
export class AskedProgram {
  readonly #command: LineCommand;
  readonly #timeoutMs: number;
  readonly #mayBeLate: boolean;
  #process: LineProcess | null = null;
  readonly #ending = new Set<Promise<void>>();
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;
  #failures = 0;
  #isClosed = false;

  /** @param mayBeLate whether an answer that does not come in time is the question's fault, however often that is */
  constructor(command: LineCommand, timeoutMs: number, mayBeLate = false) {
    this.#command = command;
    this.#timeoutMs = timeoutMs;
    this.#mayBeLate = mayBeLate;
  }

  ask(question: JsonObject, signal: AbortSignal): Promise<ProgramAnswer> {
    const answer = this.#last.then(() => this.#askNow(question, signal));
    this.#last = answer;
    return answer;
  }

  /** Ends what runs; nothing is asked afterwards. */
  async close(now: boolean): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#process?.close(now), ...this.#ending]);
  }

  async #askNow(question: JsonObject, signal: AbortSignal): Promise<ProgramAnswer> {
    if (signal.aborted || this.#isClosed) return { error: 'Stopped.' };
    const { name } = this.#command;
    if (this.#failures >= MAX_FAILURES) return { error: `${name} is not asked any more: it failed too often.` };
    const process = this.#usable();
    this.#asked += 1;
    const id = this.#asked;
    const said = await process.ask(JSON.stringify({ id, ...question }), this.#timeoutMs, signal);
    const isLate = this.#mayBeLate && 'failure' in said && said.isLate === true;
    const answer =
      'line' in said ? readLine(said.line, id, name) : { error: said.failure, ...(isLate ? { isLate } : {}) };
    if ('answer' in answer) {
      this.#failures = 0;
      return answer;
    }
    if ('isFinal' in said && said.isFinal) this.#failures = MAX_FAILURES;
    else if (!isLate) this.#failures += 1;
    // What it writes next would be taken for the answer to another question.
    this.#endLater(process);
    return answer;
  }

  #usable(): LineProcess {
    if (this.#process?.isUsable) return this.#process;
    if (this.#process) this.#endLater(this.#process);
    this.#process = new LineProcess(this.#command);
    return this.#process;
  }

  #endLater(process: LineProcess): void {
    if (this.#process === process) this.#process = null;
    const ending = process.kill().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

function readLine(line: string, id: number, name: string): ProgramAnswer {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: `${name} wrote a line that is not JSON: ${shown(line)}` };
  }
  const answer = answerLine.safeParse(value);
  if (!answer.success) return { error: `${name} answered without the \`id\` of the question: ${shown(line)}` };
  if (answer.data.id !== id) return { error: `${name} answered question ${answer.data.id} instead of ${id}.` };
  const { id: _id, ...rest } = answer.data;
  return { answer: rest as Json };
}

const SHOWN = 200;

function shown(line: string): string {
  return line.length > SHOWN ? `${line.slice(0, SHOWN).toWellFormed()}…` : line;
}
