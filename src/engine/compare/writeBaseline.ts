import { canonicalJson } from '../json.ts';
import type { RunSummary, VariantSummary } from '../run/run.ts';
import { BASELINE_SCHEMA } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';

/**
 * The text of a baseline file for a run.
 *
 * Made for git: the same run gives the same bytes, every case of a variant has its line, keys are sorted, and there is
 * nothing in it that is new in every run, such as a time or an id. Edits of different cases merge by themselves.
 */
export function writeBaseline(summary: RunSummary, results: CaseResults): string {
  const { suite, dataset } = summary.header;
  const variants = [...summary.variants].sort((a, b) => compare(identity(a), identity(b)));
  return `${[
    '{',
    `  "schema": ${JSON.stringify(BASELINE_SCHEMA)},`,
    `  "suite": ${JSON.stringify(suite)},`,
    `  "dataset": ${line({ cases: dataset.cases, digest: dataset.digest })},`,
    '  "variants": [',
    variants.map((variant) => variantText(variant, results)).join(',\n'),
    '  ]',
    '}',
  ].join('\n')}\n`;
}

function variantText({ variant, metrics }: VariantSummary, results: CaseResults): string {
  const cases = [...results.ofVariant(variant.id)].sort(([a], [b]) => compare(a, b));
  const signatures = Object.entries(metrics).sort(([a], [b]) => compare(a, b));
  return [
    '    {',
    `      "prompt": ${JSON.stringify(variant.prompt)},`,
    `      "model": ${JSON.stringify(variant.model)},`,
    `      "params": ${line(variant.params)},`,
    `      "promptVersion": ${JSON.stringify(variant.promptVersion)},`,
    `      "metrics": ${block(signatures.map(([name, { signature }]) => [name, signature]))},`,
    `      "cases": ${block(cases)}`,
    '    }',
  ].join('\n');
}

/** An object with a line for each member. */
function block(members: readonly (readonly [key: string, value: unknown])[]): string {
  if (members.length === 0) return '{}';
  const lines = members.map(([key, value]) => `        ${JSON.stringify(key)}: ${line(value)}`);
  return `{\n${lines.join(',\n')}\n      }`;
}

function line(value: unknown): string {
  return canonicalJson(value);
}

function identity({ variant }: VariantSummary): string {
  return JSON.stringify([variant.prompt, variant.model, canonicalJson(variant.params)]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
