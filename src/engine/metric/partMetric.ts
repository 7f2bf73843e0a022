import { isJsonObject, type Json } from '../json.ts';
import { metricDefinition } from './registry.ts';

/** A metric within the options of another one, as a suite writes it: `word-count`, or `{ closed-qa: Is it polite? }`. */
export type PartEntry = string | { readonly [kind: string]: Json };
type Declared = { readonly kind: string; readonly options?: unknown };

/** The kind and options of a part; or in words why it cannot be one: what it measures must be one sample, by itself. */
export function readPart(
  entry: PartEntry,
): { readonly kind: string; readonly options: unknown } | { readonly error: string } {
  const [written, ...others] = typeof entry === 'string' ? [[entry, {}] as const] : Object.entries(entry);
  if (written === undefined || others.length > 0) return { error: 'Name one metric, e.g. `word-count`.' };
  const [kind, given] = written;
  const definition = metricDefinition(kind);
  if (definition === undefined) return { error: `There is no metric \`${kind}\`.` };
  if (definition.level === 'corpus' || definition.usesRatings === true || definition.partOf !== undefined)
    return { error: `\`${kind}\` gives no number of its own for each answer.` };
  const { shorthand } = definition;
  const isMapping = isJsonObject(given) || given === null;
  if (!isMapping && shorthand === undefined) return { error: `\`${kind}\` takes a mapping of options.` };
  const parsed = definition.options().safeParse(isMapping ? (given ?? {}) : { [shorthand ?? '']: given });
  if (parsed.success) return { kind, options: parsed.data };
  const [issue] = parsed.error.issues;
  return { error: `\`${kind}\`: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}` };
}

/** The metrics with those in their options behind them: a judge in a part must be found as well as any other. */
export function withParts<Metric extends Declared>(metrics: readonly Metric[]): readonly (Metric | Declared)[] {
  return metrics.flatMap((metric): readonly (Metric | Declared)[] => {
    const entry = metric.options === undefined ? undefined : metricDefinition(metric.kind)?.partOf?.(metric.options);
    const part = entry === undefined ? null : readPart(entry);
    return part === null || 'error' in part ? [metric] : [metric, part];
  });
}
