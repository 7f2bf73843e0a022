import { LineIndex, type SourceRange } from '../problem.ts';
import { closureReads } from '../prompt/inputVariables.ts';
import { propertyName } from '../prompt/picoschema.ts';
import { frontMatterOf, type PromptView } from './promptView.ts';
import { tagCursor } from './tagCursor.ts';

/** What stands at an offset of a prompt that can be read. */
export type PromptThing =
  | { readonly kind: 'variable'; readonly name: string; readonly path: string; readonly range: SourceRange }
  | { readonly kind: 'partial'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'helper'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'data'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'role'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'model'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'param'; readonly name: string; readonly range: SourceRange }
  | { readonly kind: 'key'; readonly path: readonly string[]; readonly range: SourceRange };

/** @returns null in text, comments, and where nothing has a meaning of its own */
export function promptThing(view: PromptView, offset: number): PromptThing | null {
  const { document } = view.closure;
  const { frontMatterRange, text } = document;
  if (frontMatterRange !== null && offset <= frontMatterRange.end.offset) return inFrontMatter(view, offset);
  const holds = ({ start, end }: SourceRange) => start.offset <= offset && offset <= end.offset;
  const partial = document.partials.find(({ range }) => holds(range));
  if (partial) return { kind: 'partial', name: partial.name, range: partial.range };
  const base = document.templateRange.start.offset;
  const lines = new LineIndex(text);
  const read = closureReads(view.closure).find(
    ({ document: file, use: { span, parts } }) =>
      file === document && parts.length > 0 && base + span[0] <= offset && offset <= base + span[1],
  );
  if (read) {
    const { parts, span } = read.use;
    return {
      kind: 'variable',
      name: parts[0] ?? '',
      path: parts.join('.'),
      range: lines.range(base + span[0], base + span[1]),
    };
  }
  const cursor = tagCursor(text, base, offset);
  if (cursor === null) return null;
  const range = lines.range(...cursor.span);
  const word = text.slice(...cursor.span);
  if (cursor.at === 'string') return cursor.head === 'role' ? { kind: 'role', name: word, range } : null;
  if (word.startsWith('@')) return { kind: 'data', name: word, range };
  return cursor.at === 'partial' || cursor.at === 'argument' ? null : { kind: 'helper', name: word, range };
}

function inFrontMatter({ closure: { document } }: PromptView, offset: number): PromptThing | null {
  const { keys, values } = frontMatterOf(document);
  const lines = new LineIndex(document.text);
  const model = values.get('model');
  if (model && model[0] <= offset && offset <= model[1] && document.metadata.model !== undefined) {
    return { kind: 'model', name: document.metadata.model, range: lines.range(...model) };
  }
  for (const [path, span] of keys) {
    if (offset < span[0] || offset > span[1]) continue;
    const range = lines.range(...span);
    const written = document.text.slice(...span).replace(/^["']|["']$/g, '');
    for (const base of ['input.schema.properties', 'input.schema', 'input.default']) {
      if (path !== `${base}.${written}` || (base === 'input.schema' && keys.has('input.schema.properties'))) continue;
      const name = base === 'input.default' ? written : propertyName(written);
      return { kind: 'variable', name, path: name, range };
    }
    if (path === `config.${written}`) return { kind: 'param', name: written, range };
    return { kind: 'key', path: Object.hasOwn(document.metadata.raw, path) ? [path] : path.split('.'), range };
  }
  return null;
}
