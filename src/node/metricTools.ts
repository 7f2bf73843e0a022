import vm from 'node:vm';
import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isJsonObject } from '../engine/json.ts';
import type { MetricTools, RegexMatch, SchemaIssue } from '../engine/metric/metric.ts';
import type { JsonSchema } from '../engine/prompt/promptDocument.ts';

/** Long enough for any pattern that works, short enough that a stop is not held up. */
const REGEX_TIMEOUT_MS = 150;
/** An answer that breaks a schema in a thousand places is told by the first of them. */
const MAX_ISSUES = 20;

/** What metrics need of the host: both tools run on text and schemas that nobody has vetted. */
export function metricTools(): MetricTools {
  return { matchRegex, compileSchema };
}

/**
 * The first match. A pattern that takes too long is cut off, so a hostile or careless one cannot hang a run.
 *
 * @throws SyntaxError for an invalid pattern; metrics check theirs when they are made
 */
function matchRegex(pattern: string, flags: string, text: string): RegexMatch | 'no-match' | 'timeout' {
  const regex = compiled(pattern, flags);
  regex.lastIndex = 0;
  try {
    // Without a quantifier nothing can backtrack for long, and the guard costs more than the match.
    const match = /[*+{?]/.test(pattern) ? execInTime(regex, text) : regex.exec(text);
    if (match === null) return 'no-match';
    const [whole = '', ...groups] = match;
    return { text: whole, index: match.index, groups: groups.map((group) => group ?? null) };
  } catch (error) {
    if (isTimeout(error)) return 'timeout';
    throw error;
  }
}

const regexes = new Map<string, RegExp>();
const MAX_REGEXES = 500;

function compiled(pattern: string, flags: string): RegExp {
  const key = `${flags}/${pattern}`;
  const known = regexes.get(key);
  if (known) return known;
  if (regexes.size >= MAX_REGEXES) regexes.clear();
  const regex = new RegExp(pattern, flags);
  regexes.set(key, regex);
  return regex;
}

const slot: { regex: RegExp | null; text: string } = { regex: null, text: '' };
const context = vm.createContext(slot);
const exec = new vm.Script('regex.exec(text)');

/** The engine's own watchdog ends a match; there is no other way to do so on one thread. */
function execInTime(regex: RegExp, text: string): RegExpExecArray | null {
  slot.regex = regex;
  slot.text = text;
  return exec.runInContext(context, { timeout: REGEX_TIMEOUT_MS }) as RegExpExecArray | null;
}

/** The error may come of the match's own realm, where Error is another class. */
function isTimeout(error: unknown): boolean {
  return isJsonObject(error) && error['code'] === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

/** Nothing is fetched for a `$ref`: a schema stands for itself. */
function compileSchema(schema: JsonSchema): ReturnType<MetricTools['compileSchema']> {
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = ajvFor(schema).compile(schema);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  return (value) => {
    try {
      if (validate(value)) return [];
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return [{ path: '$', message: 'a pattern of the schema took too long to match' }];
    }
    return (validate.errors ?? []).slice(0, MAX_ISSUES).map(toIssue);
  };
}

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  logger: false,
  // The users' patterns are guarded here as in the regex metric.
  code: {
    regExp: Object.assign(
      (pattern: string, flags: string) => {
        const regex = compiled(pattern, flags);
        // Ajv tells one pattern from another by their texts.
        return { test: (text: string) => execInTime(regex, text) !== null, toString: () => String(regex) };
      },
      { code: 'new RegExp' },
    ),
  },
};

/** Draft 2020-12 unless the schema names an older one, or uses a list of `items`, which the newer does not know. */
function ajvFor(schema: JsonSchema): Ajv {
  const named = isJsonObject(schema) ? schema['$schema'] : undefined;
  const isOld = (typeof named === 'string' && /draft-0[4-7]/.test(named)) || hasItemsList(schema);
  const ajv = isOld ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  addFormats.default(ajv);
  return ajv;
}

function hasItemsList(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasItemsList);
  if (!isJsonObject(schema)) return false;
  return Array.isArray(schema['items']) || Object.values(schema).some(hasItemsList);
}

function toIssue({ instancePath, message, params, keyword }: ErrorObject): SchemaIssue {
  const path = `$${instancePath.replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')}`;
  const extra = keyword === 'additionalProperties' ? `: ${String(params['additionalProperty'])}` : '';
  const allowed = keyword === 'enum' ? `: ${JSON.stringify(params['allowedValues'])}` : '';
  return { path, message: `${message ?? keyword}${extra}${allowed}` };
}
