import { jsonAtPath } from '../json.ts';
import type { MetricInput } from './metric.ts';
import { quote } from './words.ts';

/** A part of the output, or in words how the output breaks the format that was asked for. */
export type Picked = { readonly value: unknown } | { readonly broken: string };

/**
 * The whole output as text, or the value at a path of a JSON output.
 *
 * An output that is not JSON, or has nothing at the path, is the model's mistake: metrics score it 0, not unscored.
 */
export function pickOutput(input: MetricInput, path: string | undefined): Picked {
  if (path === undefined) return { value: input.output };
  const parsed = parseOutput(input);
  if ('broken' in parsed) return parsed;
  const value = jsonAtPath(parsed.value, path);
  return value === undefined ? { broken: `the output has nothing at \`${path}\`` } : { value };
}

// Several metrics look into the output of one sample; it is parsed once.
const parsedOutputs = new WeakMap<MetricInput, Picked>();

export function parseOutput(input: MetricInput): Picked {
  const known = parsedOutputs.get(input);
  if (known) return known;
  const parsed = parse(input.output);
  parsedOutputs.set(input, parsed);
  return parsed;
}

function parse(output: string): Picked {
  try {
    return { value: JSON.parse(output) };
  } catch {
    if (output.trim() === '') return { broken: 'the output is empty, not JSON' };
    const fenced = output.trimStart().startsWith('```');
    return { broken: `the output is not JSON${fenced ? ': it stands in a Markdown fence' : ''}: ${quote(output)}` };
  }
}
