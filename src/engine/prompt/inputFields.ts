import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { closureReads } from './inputVariables.ts';
import { jinjaUses } from './jinja/jinjaUses.ts';
import type { PromptClosure } from './promptDocument.ts';
import type { Call, Expression, Program, Statement } from './syntaxTree.ts';

/** What a form asks for one variable of a prompt. */
export type InputField = {
  readonly name: string;
  readonly kind: FieldKind;
  /** The values to choose from; empty unless `kind` is `choice`. */
  readonly choices: readonly Json[];
  readonly description: string | null;
  /** The schema says that it must be given, or the template reads it and no schema says that it may be missing. */
  readonly required: boolean;
  /** In the input schema. */
  readonly declared: boolean;
  /** undefined when there is none. */
  readonly default?: Json;
};

/** `json` is anything that only JSON can say: objects, lists, and values of several types. */
type FieldKind = 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'list' | 'object' | 'media' | 'json';

/**
 * The variables of a prompt with what to ask for them: those of the schema in its order, then those that the template or a
 * partial reads and that have a default, typed by how they are used.
 */
export function inputFields(closure: PromptClosure): readonly InputField[] {
  const { schema, default: defaults } = closure.document.metadata.input;
  const properties = isJsonObject(schema) && isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = isJsonObject(schema) && Array.isArray(schema['required']) ? schema['required'] : [];
  const uses = usesOf(closure);
  const names = new Set([...Object.keys(properties), ...uses.keys(), ...Object.keys(defaults)]);
  return [...names].map((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const fallback = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    const described =
      property === undefined ? undescribed(fallback, uses.get(name)) : describe(property, uses.get(name));
    return {
      name,
      ...described,
      required: fallback === undefined && (property === undefined || required.includes(name)),
      declared: property !== undefined,
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  });
}

type Described = Pick<InputField, 'kind' | 'choices' | 'description'>;

function describe(property: Json, use: FieldKind | undefined): Described {
  if (!isJsonObject(property)) return { kind: use ?? 'json', choices: [], description: null };
  const description = typeof property['description'] === 'string' ? property['description'] : null;
  const choices = Array.isArray(property['enum']) ? property['enum'].filter((choice) => choice !== null) : [];
  if (choices.length > 0) return { kind: 'choice', choices, description };
  return { kind: kindOf(property, use), choices: [], description };
}

const KINDS: { readonly [type: string]: FieldKind } = {
  string: 'text',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
};

function kindOf(property: JsonObject, use: FieldKind | undefined): FieldKind {
  const given = property['type'];
  const types = (Array.isArray(given) ? given : [given]).filter((type) => type !== 'null' && type !== undefined);
  const [only] = types;
  const kind = types.length === 1 && typeof only === 'string' && Object.hasOwn(KINDS, only) ? KINDS[only] : undefined;
  // A schema without a type takes anything; how the template uses it says more.
  if (kind === undefined) return types.length === 0 ? (use ?? 'text') : 'json';
  return kind === 'text' && use === 'media' ? 'media' : kind;
}

function undescribed(fallback: Json | undefined, use: FieldKind | undefined): Described {
  const kind = fallback === undefined || fallback === null ? (use ?? 'text') : kindOfValue(fallback, use);
  return { kind, choices: [], description: null };
}

function kindOfValue(value: Json, use: FieldKind | undefined): FieldKind {
  if (Array.isArray(value)) return 'list';
  if (isJsonObject(value)) return 'object';
  if (typeof value === 'string') return use === 'media' ? 'media' : 'text';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

/** How each variable is used; where it is used in several ways, the one that tells most. */
function usesOf(closure: PromptClosure): ReadonlyMap<string, FieldKind> {
  const uses = new Map<string, FieldKind>();
  for (const { use } of closureReads(closure)) {
    const [name, ...rest] = use.parts;
    if (name === undefined) continue;
    if (rest.length > 0) uses.set(name, 'object');
    else if (!uses.has(name)) uses.set(name, 'text');
  }
  const refine = (expression: Expression | undefined, kind: FieldKind) => {
    if (expression?.type !== 'path' || expression.data || expression.depth > 0) return;
    const [name, ...rest] = expression.parts;
    if (name !== undefined && rest.length === 0 && uses.get(name) === 'text') uses.set(name, kind);
  };
  const found = (name: string, kind: FieldKind) => {
    if (uses.get(name) === 'text') uses.set(name, kind);
  };
  for (const { program } of [closure.document, ...closure.partials.values()]) {
    if (program?.language === 'handlebars') walk(program.tree, refine);
    if (program?.language !== 'jinja') continue;
    for (const [name, kind] of program.rich) found(name, kind === 'media' ? 'media' : 'list');
    jinjaUses(program.tree.body, found);
  }
  return uses;
}

type Refine = (expression: Expression | undefined, kind: FieldKind) => void;

function walk(program: Program | null, refine: Refine): void {
  for (const statement of program?.body ?? []) visit(statement, refine);
}

function visit(statement: Statement, refine: Refine): void {
  if (statement.type === 'output') refineCall(statement.call, refine);
  if (statement.type === 'block') {
    const [subject] = statement.call.params;
    if (statement.call.callee.name === 'each') refine(subject, 'list');
    if (statement.call.callee.name === 'with') refine(subject, 'object');
    // A condition alone says yes or no; a variable that is also shown has been taken for text, and stays it.
    walk(statement.program, refine);
    walk(statement.inverse, refine);
  }
  if (statement.type === 'partial') walk(statement.block, refine);
  if (statement.type === 'inline') walk(statement.program, refine);
}

function refineCall({ callee, params, hash }: Call, refine: Refine): void {
  if (callee.name === 'media') refine(hash.find(({ key }) => key === 'url')?.value, 'media');
  if (callee.name === 'json') refine(params[0], 'json');
}
