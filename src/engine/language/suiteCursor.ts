import type { Span } from '../prompt/handlebarsTree.ts';
import { isMetricSibling } from '../suite/metricEntry.ts';
import type { SuiteView } from './suiteView.ts';
import { yamlCursor } from './yamlCursor.ts';

/** What stands at an offset of a suite. */
export type SuiteThing = { readonly span: Span } & (
  | {
      readonly kind:
        | 'model'
        | 'metric'
        | 'metric-sibling'
        | 'param'
        | 'variable'
        | 'prompt'
        | 'dataset'
        | 'template-value';
      readonly name: string;
    }
  | { readonly kind: 'metric-option'; readonly name: string; readonly metric: string }
  | { readonly kind: 'key'; readonly path: readonly string[] }
);

export function suiteThing({ text }: SuiteView, offset: number): SuiteThing | null {
  const template = inTemplate(text, offset);
  if (template !== null) {
    const { name, span } = template;
    const variable = /^vars\.([\w-]+)$/.exec(name)?.[1];
    return variable === undefined
      ? { kind: 'template-value', name, span }
      : { kind: 'variable', name: variable, span: [span[1] - variable.length, span[1]] };
  }
  // The end of the word decides what it is: a key has its colon there.
  const end = offset + (/^[^\s,:}\]"'#]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const cursor = yamlCursor(text, [0, text.length], end);
  if (cursor === null) return null;
  const { path, span } = cursor;
  const name = text.slice(...span).trimEnd();
  if (name === '' || offset < span[0]) return null;
  const isKey = cursor.at === 'key' && /^["']?\s*:(\s|$)/.test(text.slice(end));
  const [first, second, third] = path;
  if (first === 'metrics' && second === '[]') {
    if (third === undefined) return { kind: isMetricSibling(name) ? 'metric-sibling' : 'metric', name, span };
    return isKey ? { kind: 'metric-option', name, metric: third, span } : null;
  }
  if (isKey) {
    if (first === 'params' && path.length === 1) return { kind: 'param', name, span };
    if (first === 'columns' && second === 'vars') return { kind: 'variable', name, span };
    return { kind: 'key', path: [...path, name], span };
  }
  if (first === 'models') return { kind: 'model', name, span };
  if (first === 'prompts') return { kind: 'prompt', name, span };
  return first === 'data' ? { kind: 'dataset', name, span } : null;
}

function inTemplate(text: string, offset: number): { name: string; span: Span } | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const open = text.lastIndexOf('{{', offset);
  if (open < lineStart) return null;
  const tag = /^\{\{\{?\s*([\w.-]+)\s*\}\}/.exec(text.slice(open));
  if (tag === null || offset > open + tag[0].length) return null;
  const name = tag[1] ?? '';
  const start = open + tag[0].indexOf(name);
  return { name, span: [start, start + name.length] };
}
