import * as z from 'zod';
import type { JsonObject } from '../json.ts';
import { AT_START, LineIndex, type Problem, type SourceRange } from '../problem.ts';
import { YamlFile } from '../suite/yamlFile.ts';
import { BASELINE_SCHEMA, type Baseline, LAST_CASE } from './baseline.ts';

const times = z.int().min(0).optional();
const share = z.number().min(0).max(1);

// Not strict: a later version may say more of a case.
const shape: z.ZodType<Baseline> = z.object({
  suite: z.string(),
  variants: z.array(
    z.object({
      prompt: z.string(),
      promptVersion: z.string(),
      model: z.string(),
      params: z.record(z.string(), z.json()) as z.ZodType<JsonObject>,
      metrics: z.record(z.string(), z.string()),
      cases: z.record(
        z.string(),
        z.object({
          content: z.string().optional(),
          pass: times,
          fail: times,
          error: times,
          unscored: times,
          passes: z.boolean().optional(),
          composite: share.optional(),
          scores: z.record(z.string(), share),
        }),
      ),
    }),
  ),
});

/** Reads a committed baseline. Never throws: `baseline` is null when a problem is an error. */
export function readBaseline(
  text: string,
  path: string,
): { readonly baseline: Baseline | null; readonly problems: readonly Problem[] } {
  const refuse = (code: string, message: string, remedy: string, range: SourceRange = AT_START) => ({
    baseline: null,
    problems: [{ severity: 'error' as const, code, message, remedy, file: path, range }],
  });
  const conflict = /^<{7} .*$/m.exec(text);
  if (conflict) {
    const range = new LineIndex(text).range(conflict.index, conflict.index + conflict[0].length);
    return refuse(
      'merge-conflict',
      'The baseline has a merge conflict.',
      'Resolve it, or write the baseline again.',
      range,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = `The baseline is not JSON: ${error instanceof Error ? error.message : String(error)}.`;
    return refuse('invalid-json', message, REWRITE, new YamlFile(text, path).problems[0]?.range);
  }
  const marked = z.object({ schema: z.string() }).safeParse(value);
  if (marked.success && marked.data.schema !== BASELINE_SCHEMA) {
    const message = `The baseline's schema is ${JSON.stringify(marked.data.schema)}, not "${BASELINE_SCHEMA}".`;
    return refuse(
      'unknown-baseline',
      message,
      'It may be of a newer version: update Touchstone, or write the baseline again.',
    );
  }
  if (!marked.success) return refuse('unknown-baseline', 'The file is not a baseline of Touchstone.', REWRITE);
  const parsed = shape.safeParse(value);
  if (parsed.success) {
    const variants = parsed.data.variants.map(({ cases, ...variant }) => {
      const { [LAST_CASE]: _last, ...known } = cases;
      return { ...variant, cases: known };
    });
    return { baseline: { ...parsed.data, variants }, problems: twiceMerged(text, path) };
  }
  // JSON is YAML, whose reader knows where each value stands; it is asked only when something is wrong.
  const file = new YamlFile(text, path);
  file.check(shape, value, []);
  return { baseline: null, problems: file.problems };
}

/** What git merges line by line may keep two lines of one case; where they say the same that is nothing. */
function twiceMerged(text: string, path: string): Problem[] {
  const lines = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (/^ {6}"\w+": \{/.test(line)) lines.clear();
    const key = /^ {8}("(?:[^"\\]|\\.)*"): /.exec(line)?.[1];
    if (key === undefined) continue;
    const said = line.replace(/,$/, '');
    const before = lines.get(key) ?? said;
    lines.set(key, said);
    if (before === said) continue;
    const message = `A merge has left two lines of ${key} in the baseline; the last one counts.`;
    return [{ severity: 'warning', code: 'merged-twice', message, remedy: REWRITE, file: path, range: AT_START }];
  }
  return [];
}

const REWRITE = 'Write the baseline again from a run.';
