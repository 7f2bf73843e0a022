import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { LineIndex } from '../problem.ts';
import type { Span } from '../prompt/handlebarsTree.ts';
import type { VariablePlace } from './variableOccurrences.ts';

export type SuiteText = { readonly path: string; readonly text: string };

/** Where a suite names a variable: as a key of `columns.vars`, and in `{{vars.name}}` of its metrics. */
export function suiteVariablePlaces({ path, text }: SuiteText, variable: string): VariablePlace[] {
  const lines = new LineIndex(text);
  const document = parseDocument(text, { logLevel: 'silent' });
  const places: VariablePlace[] = [];
  const add = (kind: VariablePlace['kind'], span: Span) =>
    places.push({ path, kind, span, range: lines.range(...span), written: (name) => name });
  const vars = document.getIn(['columns', 'vars']);
  for (const pair of isMap(vars) ? vars.items : []) {
    if (!isScalar(pair.key) || pair.key.value !== variable || !pair.key.range) continue;
    const quoted = /^["']/.test(text.charAt(pair.key.range[0])) ? 1 : 0;
    add('mapping', [pair.key.range[0] + quoted, pair.key.range[0] + quoted + variable.length]);
  }
  const metrics = document.get('metrics', true);
  visit(metrics as Parameters<typeof visit>[0], {
    Scalar: (_key, node) => {
      if (typeof node.value !== 'string' || !node.value.includes('{{') || !node.range) return;
      const written = text.slice(node.range[0], node.range[1]);
      for (const match of written.matchAll(/\bvars\.([\w-]+)/g)) {
        const start = node.range[0] + match.index + 'vars.'.length;
        if (match[1] === variable) add('metric', [start, start + variable.length]);
      }
    },
  });
  return places;
}
