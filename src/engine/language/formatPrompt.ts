import { parseDocument } from 'yaml';
import { divide } from '../prompt/frontMatter.ts';
import { parsePrompt } from '../prompt/parsePrompt.ts';
import type { PromptDocument } from '../prompt/promptDocument.ts';
import { promptVersion } from '../prompt/promptVersion.ts';
import { applyEdits, type TextEdit } from '../textEdit.ts';

/**
 * Edits that lay the front matter out evenly: comments, the order of keys, quotes and blocks stay as they are. The template is
 * not touched, for every space in it reaches the model; only blank lines at the end of the file become one line break.
 *
 * @returns [] where the front matter cannot be read, and wherever the version of the prompt would change
 */
export function formatPrompt(document: PromptDocument): readonly TextEdit[] {
  const { text, path } = document;
  const { frontMatter, yaml } = divide(text);
  if (frontMatter === null) return [];
  const [start, end] = yaml;
  const source = text.slice(start, end);
  if (source.trim() === '') return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const printed = printStable(source);
  if (printed === null) return [];
  const laid = printed.replace(/\r?\n/g, eol);
  const edits: TextEdit[] = [];
  if (laid !== source) edits.push({ start, end, text: laid });
  const body = text.trimEnd().length;
  if (body > frontMatter[1] && text.slice(body) !== eol) edits.push({ start: body, end: text.length, text: eol });
  if (edits.length === 0) return [];
  const formatted = applyEdits(text, edits);
  const version = (one: PromptDocument) => promptVersion({ document: one, partials: new Map(), problems: [] });
  const after = parsePrompt(formatted, path);
  return version(after) === version(document) && after.template === document.template ? edits : [];
}

/** The printer may move a comment once more when it sees its own work: what counts is what it leaves alone. */
function printStable(source: string): string | null {
  let printed = print(source);
  for (let round = 0; round < 3 && printed !== null; round += 1) {
    const again = print(printed);
    if (again === printed) return printed;
    printed = again;
  }
  return null;
}

/** null where it cannot be printed: a mistake in the YAML, or an alias of nothing. */
function print(source: string): string | null {
  try {
    const parsed = parseDocument(source, { logLevel: 'silent', prettyErrors: false });
    return parsed.errors.length > 0 ? null : parsed.toString({ lineWidth: 0, flowCollectionPadding: true });
  } catch {
    return null;
  }
}
