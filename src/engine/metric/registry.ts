import { CLASSIFICATION_METRICS } from './classification/classificationMetrics.ts';
import { CODE_METRICS } from './code/codeMetrics.ts';
import { CONTENT_METRICS } from './content/contentMetrics.ts';
import { EDIT_METRICS } from './edit/editMetrics.ts';
import { HUMAN_METRICS } from './human/human.ts';
import { JUDGE_METRICS } from './judged/judgeMetrics.ts';
import { LENGTH_METRICS } from './length/lengthMetrics.ts';
import type { MetricDefinition } from './metric.ts';
import { NGRAM_METRICS } from './ngram/ngramMetrics.ts';
import { OPERATIONAL_METRICS } from './operational/operationalMetrics.ts';
import { OWN_METRICS } from './own/ownMetrics.ts';
import { RETRIEVAL_METRICS } from './retrieval/retrievalMetrics.ts';
import { SAFETY_METRICS } from './safety/safetyMetrics.ts';
import { SEMANTIC_METRICS } from './semantic/semanticMetrics.ts';
import { SQL_METRICS } from './sql/sqlMetrics.ts';
import { STRING_METRICS } from './string/stringMetrics.ts';
import { STRUCTURED_METRICS } from './structured/structuredMetrics.ts';
import { STYLE_METRICS } from './style/styleMetrics.ts';
import { TOOL_METRICS } from './tools/toolMetrics.ts';
import { TRACE_METRICS } from './trace/spanMetrics.ts';

/** Every kind of metric that a suite may name, by family. To add one, define it in the folder of its family and list it there. */
const DEFINITIONS: readonly MetricDefinition[] = [
  ...STRING_METRICS,
  ...STRUCTURED_METRICS,
  ...EDIT_METRICS,
  ...NGRAM_METRICS,
  ...LENGTH_METRICS,
  ...CONTENT_METRICS,
  ...STYLE_METRICS,
  ...SEMANTIC_METRICS,
  ...CLASSIFICATION_METRICS,
  ...RETRIEVAL_METRICS,
  ...SQL_METRICS,
  ...CODE_METRICS,
  ...TOOL_METRICS,
  ...TRACE_METRICS,
  ...SAFETY_METRICS,
  ...OPERATIONAL_METRICS,
  ...OWN_METRICS,
  ...JUDGE_METRICS,
  ...HUMAN_METRICS,
];

const byKind = new Map(DEFINITIONS.map((definition) => [definition.kind, definition]));

export function metricDefinition(kind: string): MetricDefinition | undefined {
  return byKind.get(kind);
}

/** In the order in which they are shown. */
export function metricKinds(): readonly string[] {
  return [...byKind.keys()];
}
