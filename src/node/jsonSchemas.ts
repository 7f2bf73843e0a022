import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isJsonObject } from '../engine/json.ts';
import type { MetricTools, SchemaIssue } from '../engine/metric/metric.ts';
import type { JsonSchema } from '../engine/prompt/promptDocument.ts';
import { compiled, execInTime, isTimeout } from './boundedRegex.ts';

/** An answer that breaks a schema in a thousand places is told by the first of them. */
const MAX_ISSUES = 20;

/** A validator for a JSON Schema. Nothing is fetched for a `$ref`: a schema stands for itself. */
export function compileSchema(schema: JsonSchema): ReturnType<MetricTools['compileSchema']> {
  const check = compileGrowingSchema(schema);
  return 'error' in check ? check : (value) => check(value, true);
}

/**
 * A validator for a value that is still being written: while it is not complete, only what no further text can mend is an issue.
 * The value must hold nothing half written but lists and objects.
 */
export function compileGrowingSchema(
  schema: JsonSchema,
): ((value: unknown, isComplete: boolean) => readonly SchemaIssue[]) | { readonly error: string } {
  let validate: ReturnType<Ajv['compile']>;
  try {
    const Dialect = dialectOf(schema);
    checkerOf(Dialect).validateSchema(schema, true);
    validate = withFormats(new Dialect({ ...OPTIONS, validateSchema: false })).compile(schema);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  return (value, isComplete) => {
    try {
      if (validate(value)) return [];
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return [{ path: '$', message: 'a pattern of the schema took too long to match' }];
    }
    const errors = validate.errors ?? [];
    return (isComplete ? errors : errors.filter(isFinal)).slice(0, MAX_ISSUES).map(toIssue);
  };
}

/** Keywords whose failure stands, whatever is written after it. */
const FINAL = new Set([
  ...['type', 'enum', 'const', 'pattern', 'format', 'minLength', 'maxLength'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['maxItems', 'maxProperties', 'additionalProperties', 'propertyNames', 'false schema'],
]);

/** Below these a failure is only that of one branch, or of a part that may yet change. */
const BRANCH = /\/(?:anyOf|oneOf|not|if|then|else|contains|dependentSchemas|unevaluated\w+)(?:\/|$)/;

function isFinal({ keyword, schemaPath, data }: ErrorObject): boolean {
  const isWhole = typeof data !== 'object' || data === null;
  const isOfWhole = keyword === 'enum' || keyword === 'const';
  return FINAL.has(keyword) && !BRANCH.test(schemaPath) && (isWhole || !isOfWhole);
}

const OPTIONS: Options = {
  allErrors: true,
  verbose: true,
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
function dialectOf(schema: JsonSchema): typeof Ajv | typeof Ajv2020 {
  const named = isJsonObject(schema) ? schema['$schema'] : undefined;
  const isOld = (typeof named === 'string' && /draft-0[4-7]/.test(named)) || hasItemsList(schema);
  return isOld ? Ajv : Ajv2020;
}

const checkers = new Map<typeof Ajv | typeof Ajv2020, Ajv>();

/**
 * Checks schemas against the schema of schemas, whose validator takes 25 ms to make: once for all. The validators of the
 * users' schemas are made apart from each other: in one instance the `$id` of one could answer for the `$ref` of another.
 */
function checkerOf(Dialect: typeof Ajv | typeof Ajv2020): Ajv {
  const checker = checkers.get(Dialect) ?? withFormats(new Dialect(OPTIONS));
  checkers.set(Dialect, checker);
  return checker;
}

function withFormats(ajv: Ajv): Ajv {
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
