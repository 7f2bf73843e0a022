import type { MetricDefinition } from '../metric.ts';
import { containsJson } from './containsJson.ts';
import { csvShape } from './csvShape.ts';
import { fieldF1 } from './fieldF1.ts';
import { containsHtml, isHtml } from './html.ts';
import { isXml } from './isXml.ts';
import { isYaml } from './isYaml.ts';
import { isJson, jsonSchema } from './json.ts';
import { jsonDiff } from './jsonDiff.ts';
import { jsonMatch } from './jsonMatch.ts';
import { keySet } from './keySet.ts';
import { linkSyntax } from './linkSyntax.ts';
import { listContains } from './listContains.ts';
import { markdownStructure } from './markdownStructure.ts';
import { numberClose, numericDiff } from './numbers.ts';

export const STRUCTURED_METRICS: readonly MetricDefinition[] = [
  isJson,
  containsJson,
  jsonSchema,
  jsonMatch,
  keySet,
  jsonDiff,
  listContains,
  fieldF1,
  numericDiff,
  numberClose,
  isXml,
  isHtml,
  containsHtml,
  isYaml,
  csvShape,
  markdownStructure,
  linkSyntax,
];
