import * as z from 'zod';
import type { Sample } from '../run/sample.ts';
import { formatModelRef, type ModelRequest, type ModelResponse } from './modelClient.ts';
import { requestKey } from './requestKey.ts';

const tokens = z.number().nonnegative().nullable().default(null);

/** One answer of a recording: a line of a `*.recording.jsonl` file. */
const answerForm = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
  repeat: z.int().nonnegative().default(0),
  model: z.string().default(''),
  output: z.string(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })).default([]),
  finishReason: z.string().nullable().default(null),
  usage: z
    .object({ inputTokens: tokens, outputTokens: tokens, cachedInputTokens: tokens, reasoningTokens: tokens })
    .nullable()
    .default(null),
  latencyMs: z.number().nonnegative().nullable().default(null),
  firstTokenMs: z.number().nonnegative().nullable().default(null),
  costUsd: z.number().nonnegative().nullable().default(null),
});
export type RecordedAnswer = z.infer<typeof answerForm>;

/** Answers by request key; several under one key are those of several models. */
export type Recording = ReadonlyMap<string, readonly RecordedAnswer[]>;

/**
 * Reads a recording piece by piece, so that a large one is never held as text.
 *
 * @param chunks the file's text, cut anywhere
 * @returns the recording, or the number (from 1) of the first line that is wrong and what is wrong with it
 */
export async function readRecording(
  chunks: AsyncIterable<string>,
): Promise<Recording | { readonly line: number; readonly error: string }> {
  const answers = new Map<string, RecordedAnswer[]>();
  let number = 0;
  for await (const line of linesOf(chunks)) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    if (typeof parsed === 'string') return { line: number, error: parsed };
    const known = answers.get(parsed.key);
    if (known) known.push(parsed);
    else answers.set(parsed.key, [parsed]);
  }
  return answers;
}

/**
 * The line, with its line break, that makes a finished sample replayable; null for a sample without an answer.
 *
 * @param request what was asked; its messages are the sample's
 */
export function recordingLine(request: Omit<ModelRequest, 'testCase'>, sample: Sample): string | null {
  return sample.status === 'error' ? null : answerLine(recordedAnswer(request, sample));
}

/** What a model answered, to be played back for the same request. */
export function recordedAnswer(
  request: Omit<ModelRequest, 'testCase'>,
  answer: Pick<
    ModelResponse,
    'output' | 'toolCalls' | 'finishReason' | 'usage' | 'latencyMs' | 'firstTokenMs' | 'costUsd'
  >,
): RecordedAnswer {
  return {
    key: requestKey(request),
    repeat: request.repeat,
    model: formatModelRef(request.model),
    output: answer.output,
    toolCalls: answer.toolCalls.map((call) => ({ ...call })),
    finishReason: answer.finishReason,
    usage: answer.usage,
    latencyMs: answer.latencyMs,
    firstTokenMs: answer.firstTokenMs,
    costUsd: answer.costUsd,
  };
}

/** With its line break. */
export function answerLine(answer: RecordedAnswer): string {
  return `${JSON.stringify(answer)}\n`;
}

/** A recorded answer as if the model had just given it; latency and cost are those of the recording. */
export function replayAnswer(answer: RecordedAnswer): ModelResponse {
  const { output, toolCalls, finishReason, usage, latencyMs, firstTokenMs, costUsd } = answer;
  return {
    output,
    toolCalls,
    finishReason,
    usage,
    latencyMs,
    firstTokenMs,
    costUsd,
    rawRequest: null,
    rawResponse: null,
    attempts: 1,
  };
}

/** A cell of the dataset as an answer: text as it is, any other value as JSON. Nothing is known of its cost or time. */
export function columnAnswer(value: unknown): ModelResponse {
  return {
    output: typeof value === 'string' ? value : JSON.stringify(value),
    toolCalls: [],
    finishReason: null,
    usage: null,
    latencyMs: null,
    firstTokenMs: null,
    costUsd: null,
    rawRequest: null,
    rawResponse: null,
    attempts: 1,
  };
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

function parseLine(line: string): RecordedAnswer | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'It is not JSON.';
  }
  const parsed = answerForm.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `${issue?.path.join('.') || 'The line'}: ${issue?.message ?? 'not a recorded answer'}`;
}
