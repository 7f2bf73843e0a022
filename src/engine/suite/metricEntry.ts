import * as z from 'zod';
import { isJsonObject } from '../json.ts';
import type { MetricDeclaration } from '../metric/metric.ts';
import { metricDefinition, metricKinds } from '../metric/registry.ts';
import { nearest, suggest } from './nearest.ts';
import type { Located } from './suite.ts';
import type { YamlFile } from './yamlFile.ts';

const METRIC_TIERS = ['critical', 'major', 'minor'] as const;
const TIERS = {
  critical: { weight: 3, gate: true },
  major: { weight: 3, gate: false },
  minor: { weight: 1, gate: false },
} satisfies { readonly [tier in (typeof METRIC_TIERS)[number]]: Pick<MetricDeclaration, 'weight' | 'gate'> };

/** What stands beside the metric's kind in its entry. */
export const metricSiblings = z.object({
  name: z.string().trim().min(1).optional().meta({ description: 'By default the kind of the metric.' }),
  tier: z.enum(METRIC_TIERS).optional().meta({
    description:
      '`critical`: a gate of weight 3; `major`: weight 3; `minor`: weight 1. `weight` and `gate` say otherwise.',
  }),
  weight: z.number().gt(0).optional().meta({ description: 'Weight in the composite; by default 1, or by the tier.' }),
  gate: z.boolean().optional().meta({ description: 'A sample that fails this metric fails, whatever the others say.' }),
  normalise: z
    .strictObject({
      worst: z.number().meta({ description: 'The value that comes to 0, in the unit of the metric.' }),
      best: z.number().meta({ description: 'The value that comes to 1.' }),
    })
    .refine(({ worst, best }) => worst !== best, { error: '`worst` and `best` must differ.' })
    .optional()
    .meta({ description: 'Makes a value to a score of 0..1, e.g. `{ worst: 2000, best: 200 }` of a latency.' }),
  trust: z
    .strictObject({
      kappa: z.number().gt(0).max(1).meta({ description: "Least Cohen's kappa with people's ratings, e.g. 0.6." }),
    })
    .optional()
    .meta({ description: "What must hold before a judge's numbers are relied on." }),
});
const SIBLINGS: readonly string[] = Object.keys(metricSiblings.shape);

/** Whether a key of an entry stands beside its kind. */
export function isMetricSibling(key: string): boolean {
  return SIBLINGS.includes(key);
}

/**
 * Reads the `metrics` list of a suite: `- kind`, `- kind: option` or `- kind: { … }`, with siblings beside the kind.
 *
 * @param preset entries of the suite's preset: they come after its own, without those whose kind it names itself
 */
export function readMetrics(
  entries: readonly unknown[],
  file: YamlFile,
  preset: readonly unknown[] = [],
): Located<MetricDeclaration>[] {
  const own = entries
    .map((entry, index) => readEntry(entry, ['metrics', index], file))
    .filter((entry) => entry !== null);
  const kinds = new Set(own.map(({ declaration }) => declaration.kind));
  const added = preset
    .map((entry, index) => readEntry(entry, ['preset', index], file))
    .filter((entry) => entry !== null && !kinds.has(entry.declaration.kind))
    .filter((entry) => entry !== null);
  const read = [...own, ...added];
  const names = new Set<string>();
  for (const { name, nameRange } of read) {
    if (name === null || nameRange === null) continue;
    if (names.has(name)) {
      const remedy = 'Give every metric a name of its own.';
      file.error(nameRange, 'duplicate-metric', `Another metric is named \`${name}\` already.`, remedy);
    }
    names.add(name);
  }
  return read.map(({ name, declaration, range }) => {
    if (name !== null) return { value: { ...declaration, name }, range };
    let free = declaration.kind;
    for (let copy = 2; names.has(free); copy += 1) free = `${declaration.kind}-${copy}`;
    names.add(free);
    return { value: { ...declaration, name: free }, range };
  });
}

type Entry = {
  readonly declaration: Omit<MetricDeclaration, 'name'>;
  readonly name: string | null;
  readonly nameRange: Located<string>['range'] | null;
  readonly range: Located<string>['range'];
};

function readEntry(entry: unknown, path: readonly PropertyKey[], file: YamlFile): Entry | null {
  if (typeof entry === 'string') return readOptions(entry, {}, {}, path, file);
  if (!isJsonObject(entry)) {
    file.error(
      file.range(path),
      'wrong-type',
      'A metric is a kind, alone or with options.',
      'Write e.g. `- equals: …`.',
    );
    return null;
  }
  const kinds = Object.keys(entry).filter((key) => !SIBLINGS.includes(key));
  const kind = kinds.find((key) => metricDefinition(key) !== undefined) ?? kinds[0];
  if (kind === undefined) {
    file.error(file.range(path), 'missing-key', 'The entry names no metric.', WHERE_METRICS_ARE);
    return null;
  }
  for (const other of kinds) {
    if (other === kind) continue;
    const range = file.keyRange([...path, other]);
    if (metricDefinition(other) === undefined) {
      const remedy =
        nearest(other, SIBLINGS) === null
          ? `Options of \`${kind}\` stand below it, indented.`
          : suggest(other, SIBLINGS, '');
      file.error(range, 'unknown-key', `\`${other}\` is not a key of a metric.`, remedy);
    } else {
      file.error(range, 'two-metrics', 'The entry names a second metric.', 'Begin a new entry with `- ` before it.');
    }
  }
  const siblings = Object.fromEntries(
    SIBLINGS.filter((key) => Object.hasOwn(entry, key)).map((key) => [key, entry[key]]),
  );
  return readOptions(kind, entry[kind], siblings, path, file);
}

/** There are too many of them to be told in a message. */
const WHERE_METRICS_ARE = 'Completion lists the metrics (Ctrl+Space); docs/metrics/README.md tells what each measures.';

function readOptions(
  kind: string,
  given: unknown,
  siblings: unknown,
  path: readonly PropertyKey[],
  file: YamlFile,
): Entry | null {
  const beside = file.check(metricSiblings, siblings, path);
  const definition = metricDefinition(kind);
  const range = file.keyRange([...path, kind]);
  if (definition === undefined) {
    const meant = nearest(kind, metricKinds());
    const remedy = meant === null ? WHERE_METRICS_ARE : `Did you mean \`${meant}\`?`;
    file.error(range, 'unknown-metric', `There is no metric \`${kind}\`.`, remedy);
    return null;
  }
  const { shorthand } = definition;
  const isShort = given !== null && given !== undefined && !isJsonObject(given);
  if (isShort && shorthand === undefined) {
    const message = `The options of \`${kind}\` are a mapping.`;
    file.error(file.range([...path, kind]), 'wrong-type', message, `Write \`${kind}: { option: value }\`.`);
    return null;
  }
  const options = isShort && shorthand !== undefined ? { [shorthand]: given } : (given ?? {});
  const parsed = file.check(definition.options(), options, [...path, kind]);
  if (parsed === undefined || beside === undefined) return null;
  if (beside.trust && definition.usesJudge === undefined) {
    const message = `\`trust\` is for a judge, and \`${kind}\` asks none.`;
    file.warn(file.keyRange([...path, 'trust']), 'no-effect', message, 'Remove it.');
  }
  return {
    declaration: {
      kind,
      options: parsed,
      weight: beside.weight ?? TIERS[beside.tier ?? 'minor'].weight,
      gate: beside.gate ?? TIERS[beside.tier ?? 'minor'].gate,
      ...(beside.normalise && { normalise: beside.normalise }),
      ...(beside.trust && { trust: beside.trust }),
    },
    name: beside.name ?? null,
    nameRange: beside.name === undefined ? null : file.range([...path, 'name']),
    range,
  };
}
