import { canonicalJson } from '../json.ts';
import { BASELINE_SCHEMA, type Baseline, type BaselineVariant, LAST_CASE } from './baseline.ts';

/**
 * The text of a baseline file.
 *
 * Made for git: the same run gives the same bytes, every case of a variant has its line, keys are sorted, and there is
 * nothing in it that is new in every run, such as a time or an id, or that one new case changes for all. With `merge=union`
 * in `.gitattributes` git merges the cases that two people add.
 */
export function writeBaseline({ suite, variants }: Baseline): string {
  const sorted = [...variants].sort((a, b) => compare(identity(a), identity(b)));
  return `${[
    '{',
    `  "schema": ${JSON.stringify(BASELINE_SCHEMA)},`,
    `  "suite": ${JSON.stringify(suite)},`,
    '  "variants": [',
    sorted.map(variantText).join(',\n'),
    '  ]',
    '}',
  ].join('\n')}\n`;
}

function variantText({ prompt, model, params, promptVersion, metrics, cases }: BaselineVariant): string {
  return [
    '    {',
    `      "prompt": ${JSON.stringify(prompt)},`,
    `      "model": ${JSON.stringify(model)},`,
    `      "params": ${canonicalJson(params)},`,
    `      "promptVersion": ${JSON.stringify(promptVersion)},`,
    `      "metrics": ${block(metrics)},`,
    `      "cases": ${block(cases, NOTHING)}`,
    '    }',
  ].join('\n');
}

/** An object with a line for each member, sorted by key. */
function block(members: { readonly [key: string]: unknown }, last: readonly [string, unknown][] = []): string {
  const sorted = [...Object.entries(members).sort(([a], [b]) => compare(a, b)), ...last];
  if (sorted.length === 0) return '{}';
  const lines = sorted.map(([key, value]) => `        ${JSON.stringify(key)}: ${canonicalJson(value)}`);
  return `{\n${lines.join(',\n')}\n      }`;
}

const NOTHING: readonly [string, unknown][] = [[LAST_CASE, { scores: {} }]];

function identity({ prompt, model, params }: BaselineVariant): string {
  return JSON.stringify([prompt, model, canonicalJson(params)]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
