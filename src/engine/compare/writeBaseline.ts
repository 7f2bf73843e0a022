import { canonicalJson } from '../json.ts';
import { BASELINE_SCHEMA, type Baseline, type BaselineVariant } from './baseline.ts';

/**
 * The text of a baseline file.
 *
 * Made for git: the same run gives the same bytes, every case of a variant has its line, keys are sorted, and there is
 * nothing in it that is new in every run, such as a time or an id. Edits of different cases merge by themselves.
 */
export function writeBaseline({ suite, dataset, variants }: Baseline): string {
  const sorted = [...variants].sort((a, b) => compare(identity(a), identity(b)));
  return `${[
    '{',
    `  "schema": ${JSON.stringify(BASELINE_SCHEMA)},`,
    `  "suite": ${JSON.stringify(suite)},`,
    `  "dataset": ${canonicalJson(dataset)},`,
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
    `      "cases": ${block(cases)}`,
    '    }',
  ].join('\n');
}

/** An object with a line for each member, sorted by key. */
function block(members: { readonly [key: string]: unknown }): string {
  const sorted = Object.entries(members).sort(([a], [b]) => compare(a, b));
  if (sorted.length === 0) return '{}';
  const lines = sorted.map(([key, value]) => `        ${JSON.stringify(key)}: ${canonicalJson(value)}`);
  return `{\n${lines.join(',\n')}\n      }`;
}

function identity({ prompt, model, params }: BaselineVariant): string {
  return JSON.stringify([prompt, model, canonicalJson(params)]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
