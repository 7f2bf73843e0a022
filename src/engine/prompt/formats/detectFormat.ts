import { divide, readYaml } from '../frontMatter.ts';
import type { PromptFormat } from '../promptDocument.ts';
import { formatOfName } from './promptPath.ts';

/** Keys that dotprompt has at the top of its front matter and that tell it from others. */
const DOTPROMPT_KEYS = ['model', 'config', 'input', 'output', 'tools', 'toolDefs', 'variant'];

/**
 * Whose format a prompt file has: by its name, and for names that several tools share by what stands in it. `.prompt` is
 * dotprompt's when it
 *
 * - begins with front matter that has a key of dotprompt, or only keys that any tool may add, and
 * - is no list of messages, no settings file and no template of another language.
 *
 * Without front matter it is dotprompt's unless it is JSON, or holds `{% … %}` tags of Jinja2, or role lines such as
 * `system:` in front of a text without any `{{…}}` of dotprompt. A file named by a suite whose name says nothing is a
 * list of messages if it is JSON or YAML, and a text otherwise.
 *
 * @returns null for the file of another tool, which is left alone
 */
export function detectFormat(path: string, text: string): PromptFormat | null {
  const named = formatOfName(path);
  if (named === 'dotprompt') return isDotprompt(text) ? 'dotprompt' : null;
  if (named !== null) return named;
  if (/\.(?:jinja2?|j2)$/i.test(path)) return 'jinja';
  if (/\.json$/i.test(path)) return 'chat';
  if (/\.ya?ml$/i.test(path)) return 'github-models';
  return 'text';
}

function isDotprompt(text: string): boolean {
  const { frontMatter, yaml, body } = divide(text);
  const template = text.slice(...body);
  if (frontMatter !== null) {
    const { value, problems } = readYaml(text, yaml);
    // A front matter in the middle of being written is judged by what can be read of it.
    if (problems.length > 0 || DOTPROMPT_KEYS.some((key) => Object.hasOwn(value, key)))
      return !isOtherModel(value['model']);
    return !hasForeignKeys(Object.keys(value)) && !isOtherLanguage(template);
  }
  return !isOtherLanguage(template);
}

/** Prompty's front matter has a mapping where dotprompt has the name of a model. */
function isOtherModel(model: unknown): boolean {
  return typeof model === 'object' && model !== null && !Array.isArray(model);
}

/** Keys of files that hold messages or settings in YAML, as other tools write them. */
const FOREIGN_KEYS = ['messages', 'template_format', 'input_variables', 'inputs', '_type', 'mode', 'agent', 'template'];

function hasForeignKeys(keys: readonly string[]): boolean {
  return keys.some((key) => FOREIGN_KEYS.includes(key));
}

/** Text that dotprompt would send as it stands although another tool reads it. */
function isOtherLanguage(template: string): boolean {
  if (/\{%-?\s*(?:if|for|set|macro|include|extends|block|raw|endif|endfor)\b/.test(template)) return true;
  if (/^\s*[[{]\s*["{[]/.test(template) && isJson(template)) return true;
  const hasOwnTags = /\{\{[#>/~]?\s*\w/.test(template);
  return !hasOwnTags && /^\s*#?\s*(?:system|user|assistant)\s*:\s*$/im.test(template);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
