import { isMap, isScalar, parseDocument } from 'yaml';
import { metricKinds } from '../metric/registry.ts';
import type { Problem } from '../problem.ts';
import { nearest } from '../suite/nearest.ts';
import type { TextEdit } from '../textEdit.ts';
import type { Fix, FixKind } from './fix.ts';
import { modelFault } from './modelCatalogue.ts';
import { type SuiteView, templatePaths } from './suiteView.ts';

/** Ways to mend a problem of a suite. */
export function suiteFixes(view: SuiteView, problem: Problem): Fix[] {
  if (problem.file !== view.path) return [];
  const [start, end] = [problem.range.start.offset, problem.range.end.offset];
  const written = view.text.slice(start, end);
  const quotes = /^(["']).*\1$/.test(written) ? 1 : 0;
  const bare = written.slice(quotes, written.length - quotes);
  const fix = (kind: FixKind, title: string, edits: readonly TextEdit[], preferred = true): Fix => ({
    kind,
    code: problem.code,
    title,
    changes: [{ path: view.path, edits }],
    preferred,
  });
  const change = (kind: FixKind, better: string | null): Fix[] => {
    if (better === null || better === bare) return [];
    const title = kind === 'use-nearest' ? `Change to \`${better}\`` : `Write \`${better}\``;
    return [fix(kind, title, [{ start: start + quotes, end: end - quotes, text: better }])];
  };
  /** The remedy names what is meant: the fix says the same. */
  const suggested = /Did you mean `([^`]+)`\?/.exec(problem.remedy ?? '')?.[1] ?? null;

  switch (problem.code) {
    case 'unknown-key': {
      const removed = keyLine(view.text, start);
      return [
        ...change('use-nearest', suggested),
        ...(removed ? [fix('remove-key', `Remove \`${bare}\``, [removed], suggested === null)] : []),
      ];
    }
    case 'unknown-metric':
      return change('use-nearest', nearest(bare, metricKinds()));
    case 'wrong-value':
    case 'unknown-param':
    case 'unmapped-column':
      return change('use-nearest', suggested);
    case 'unknown-template-value':
      return change('use-nearest', nearest(bare, templatePaths(view)));
    case 'param-out-of-range':
      return change('clamp-param', suggested ?? /Write (\S+)\.$/.exec(problem.remedy ?? '')?.[1] ?? null);
    case 'invalid-model':
    case 'model-without-provider':
      return change('add-provider', modelFault(bare, view.models)?.better ?? null);
    case 'unknown-model':
    case 'unknown-provider':
      return change('use-nearest', modelFault(bare, view.models)?.better ?? null);
    case 'file-not-found': {
      const isData = view.parsed.named.data?.range.start.offset === start;
      return change('use-nearest', nearestPath(bare, isData ? view.files.datasets : view.files.prompts));
    }
    default:
      return [];
  }
}

/** By the whole path, or else by the file's name alone: folders are what is most often wrong. */
function nearestPath(written: string, files: readonly string[]): string | null {
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const same = files.filter((file) => name(file) === name(written));
  return same[0] ?? nearest(written, files);
}

/** The whole line of a key of the file's own mapping that has a plain value; null where more hangs on it. */
function keyLine(text: string, start: number): TextEdit | null {
  const { contents } = parseDocument(text, { logLevel: 'silent' });
  const pair = isMap(contents)
    ? contents.items.find(({ key }) => isScalar(key) && key.range?.[0] === start)
    : undefined;
  if (pair === undefined || !isScalar(pair.value)) return null;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  return { start: lineStart, end: newline === -1 ? text.length : newline + 1, text: '' };
}
