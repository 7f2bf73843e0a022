import { bleu } from './bleu.ts';
import { chrf } from './chrf.ts';
import { contains, containsAll, containsAny, endsWith, icontains, startsWith } from './contains.ts';
import { equals, iequals, jsonPath } from './equals.ts';
import { isJson, jsonSchema } from './json.ts';
import { levenshteinSimilarity } from './levenshteinSimilarity.ts';
import type { MetricDefinition } from './metric.ts';
import { cost, latency, tokens } from './operational.ts';
import { regex } from './regex.ts';
import { rouge1, rouge2, rougeL } from './rouge.ts';
import { tokenF1 } from './tokenF1.ts';

/** Every kind of metric that a suite may name. To add one, define it in the file of its family and list it here. */
const DEFINITIONS: readonly MetricDefinition[] = [
  equals,
  iequals,
  contains,
  icontains,
  containsAll,
  containsAny,
  startsWith,
  endsWith,
  regex,
  isJson,
  jsonSchema,
  jsonPath,
  levenshteinSimilarity,
  tokenF1,
  rouge1,
  rouge2,
  rougeL,
  bleu,
  chrf,
  latency,
  cost,
  tokens,
];

const byKind = new Map(DEFINITIONS.map((definition) => [definition.kind, definition]));

export function metricDefinition(kind: string): MetricDefinition | undefined {
  return byKind.get(kind);
}

/** In the order in which they are shown. */
export function metricKinds(): readonly string[] {
  return [...byKind.keys()];
}
