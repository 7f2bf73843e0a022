import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { nearest } from '../suite/nearest.ts';
import type { Draft } from './draft.ts';
import type { FrontMatter } from './frontMatter.ts';
import type { Span } from './handlebarsTree.ts';
import { expandPicoschema, type NamedSchemas } from './picoschema.ts';
import type { JsonSchema, PromptMetadata } from './promptDocument.ts';

/** Keys of the format, and those that its users (Genkit) add without a namespace. Any other is a slip or a private note. */
const KEYS = [
  ...['name', 'variant', 'version', 'description', 'model', 'config', 'input', 'output', 'tools', 'toolDefs', 'ext'],
  ...['metadata', 'raw', 'maxTurns', 'toolChoice', 'returnToolRequests', 'use', 'candidates', 'title'],
];

export function readMetadata(
  front: FrontMatter,
  schemas: NamedSchemas,
): { readonly metadata: PromptMetadata; readonly problems: readonly Draft[] } {
  const reader = new Reader(front, schemas);
  const metadata = reader.read();
  // After a syntax error the values are guesses, and problems with them would be noise.
  return { metadata, problems: front.problems.length > 0 ? [] : reader.problems };
}

class Reader {
  readonly problems: Draft[] = [];

  constructor(
    readonly front: FrontMatter,
    readonly schemas: NamedSchemas,
  ) {}

  read(): PromptMetadata {
    const raw = this.front.value;
    const input = this.mapping(raw, 'input');
    const output = this.mapping(raw, 'output');
    this.unknownKeys(raw, '', KEYS);
    this.unknownKeys(input, 'input', ['schema', 'default']);
    this.unknownKeys(output, 'output', ['schema', 'format', 'constrained', 'instructions']);
    const { tools, toolDefinitions } = this.tools(raw);
    return {
      name: this.text(raw, 'name'),
      description: this.text(raw, 'description'),
      model: this.text(raw, 'model'),
      config: this.mapping(raw, 'config'),
      input: { schema: this.schema(input, 'input.schema'), default: this.mapping(input, 'default', 'input.') },
      output: { format: this.text(output, 'format', 'output.'), schema: this.schema(output, 'output.schema') },
      tools,
      toolDefinitions,
      extensions: extensionsOf(raw),
      raw,
    };
  }

  private text(object: JsonObject, key: string, prefix = ''): string | undefined {
    const value = member(object, key);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    this.wrongType(prefix + key, 'text');
    return undefined;
  }

  private mapping(object: JsonObject, key: string, prefix = ''): JsonObject {
    const value = member(object, key);
    if (value === undefined || value === null) return {};
    if (isJsonObject(value)) return value;
    this.wrongType(prefix + key, 'a mapping');
    return {};
  }

  private list(object: JsonObject, key: string): readonly Json[] {
    const value = member(object, key);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.wrongType(key, 'a list');
    return [];
  }

  /** A tool may be named, to be resolved elsewhere, or defined in place. */
  private tools(raw: JsonObject): { tools: string[]; toolDefinitions: JsonObject[] } {
    const tools: string[] = [];
    const toolDefinitions: JsonObject[] = [];
    for (const key of ['tools', 'toolDefs']) {
      for (const [index, tool] of this.list(raw, key).entries()) {
        if (typeof tool === 'string' && key === 'tools') tools.push(tool);
        else if (isJsonObject(tool) && typeof member(tool, 'name') === 'string') toolDefinitions.push(tool);
        else this.wrongType(`${key}.${index}`, key === 'tools' ? 'the name of a tool' : 'a tool with a name');
      }
    }
    return { tools, toolDefinitions };
  }

  private schema(object: JsonObject, path: string): JsonSchema | undefined {
    const value = member(object, 'schema');
    if (value === undefined || value === null || value === '') return undefined;
    const { schema, issues } = expandPicoschema(value, this.schemas);
    for (const { path: steps, ...issue } of issues) {
      this.problems.push({ severity: 'error', ...issue, span: this.spanOf([path, ...steps].join('.')) });
    }
    return schema;
  }

  private unknownKeys(object: JsonObject, path: string, known: readonly string[]): void {
    const isKnown = (key: string) => known.includes(key) || (path === '' && key.includes('.'));
    for (const key of Object.keys(object).filter((name) => !isKnown(name))) {
      const at = path === '' ? key : `${path}.${key}`;
      const meant = nearest(key, known);
      const otherwise =
        path === '' ? 'Use a namespace for your own keys, as in team.owner.' : `Put it under ${path}.schema.`;
      const remedy = meant === null ? otherwise : `Did you mean \`${meant}\`?`;
      const message = `The key "${at}" has no meaning here and is ignored.`;
      const span = this.front.keys.get(at) ?? this.spanOf(at);
      this.problems.push({ severity: meant === null ? 'info' : 'warning', code: 'unknown-key', message, remedy, span });
    }
  }

  private wrongType(path: string, expected: string): void {
    this.problems.push({
      severity: 'error',
      code: 'front-matter-type',
      message: `"${path}" must be ${expected}.`,
      remedy: 'Change its value, or put it between quotes if it is meant as text.',
      span: this.spanOf(path),
    });
  }

  private spanOf(path: string): Span {
    return this.front.values.get(path) ?? [0, 0];
  }
}

/** `team.area.owner` is the key `owner` of the namespace `team.area`. */
function extensionsOf(raw: JsonObject): PromptMetadata['extensions'] {
  const namespaces = new Map<string, [string, Json][]>();
  for (const [key, value] of Object.entries(raw)) {
    const dot = key.lastIndexOf('.');
    if (dot === -1 || KEYS.includes(key)) continue;
    const namespace = key.slice(0, dot);
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), [key.slice(dot + 1), value]]);
  }
  return Object.fromEntries([...namespaces].map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
