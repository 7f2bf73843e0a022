import { TouchstoneError } from '../../error.ts';

/** A first metric of the user's own: the file, and how a suite beside it names it. */
export type MetricTemplate = { readonly text: string; readonly entry: string };

/** The endings that a metric's file may have. */
export const METRIC_EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.py'] as const;

/** @returns null for a file of another kind */
export function metricTemplate(fileName: string): MetricTemplate | null {
  if (/\.m?ts$/.test(fileName)) return { text: TYPESCRIPT, entry: `- script: ./${fileName}` };
  if (/\.m?js$/.test(fileName)) return { text: JAVASCRIPT, entry: `- script: ./${fileName}` };
  if (fileName.endsWith('.py')) return { text: PYTHON, entry: `- process: [python3, ${fileName}]` };
  return null;
}

/** `invalid-argument`, for a name to which there is no template. */
export function notAMetricFile(name: string): TouchstoneError {
  const remedy = `Its name ends in ${METRIC_EXTENSIONS.join(', ')}.`;
  return new TouchstoneError('invalid-argument', `${name} cannot be a metric.`, { remedy });
}

const TYPESCRIPT = `type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type Sample = {
  output: string;
  expected: Json;
  vars: { [name: string]: Json };
  caseId: string;
  tags: string[];
  metadata: { [name: string]: Json };
  messages: { role: 'system' | 'user' | 'model' | 'tool'; content: { text?: string }[] }[];
  tools: { [key: string]: Json }[];
  toolCalls: { id: string; name: string; arguments: string }[];
  finishReason: string | null;
  usage: { inputTokens: number | null; outputTokens: number | null } | null;
  latencyMs: number | null;
  costUsd: number | null;
  options: { [name: string]: Json };
};

/** 0 to 1, higher is better; null where the sample cannot be scored. */
type Score = number | boolean | null | { score: number | boolean | null; passed?: boolean; reason?: string };

export function score({ output, options }: Sample): Score {
  const most = Number(options['words'] ?? 50);
  const words = output.split(/\\s+/).filter((word) => word !== '').length;
  return { score: words <= most, reason: \`\${words} words; \${most} are allowed.\` };
}
`;

const JAVASCRIPT = `/**
 * @param {{ output: string, expected: unknown, vars: object, options: { words?: number } }} sample
 * @returns {{ score: number | boolean | null, passed?: boolean, reason?: string }} 0 to 1, higher is better; null where the
 *   sample cannot be scored
 */
export function score({ output, options }) {
  const most = options.words ?? 50;
  const words = output.split(/\\s+/).filter((word) => word !== '').length;
  return { score: words <= most, reason: \`\${words} words; \${most} are allowed.\` };
}
`;

const PYTHON = `import json
import sys


def score(output, expected, vars, **sample):
    """0 to 1, higher is better; None where the sample cannot be scored."""
    words = len(output.split())
    return {"score": words <= 50, "reason": f"{words} words; 50 are allowed."}


for line in sys.stdin:
    question = json.loads(line)
    number = question.pop("id")
    try:
        answer = score(**question)
    except Exception as error:
        answer = {"error": str(error)}
    print(json.dumps({"id": number, **answer}), flush=True)
`;
