import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Draft } from '../draft.ts';
import type { FrontMatter } from '../frontMatter.ts';
import { readYaml } from '../frontMatter.ts';
import type { Span } from '../handlebarsTree.ts';

/** What files that a front matter names hold, by the name that it uses; null for one that cannot be had. */
export type FileContents = ReadonlyMap<string, Json>;

export type PromptyFront = {
  readonly span: Span | null;
  readonly body: Span;
  /** With the values of files in their places, and without those of the environment. */
  readonly value: JsonObject;
  readonly spans: ReadonlyMap<string, Span>;
  readonly files: readonly { readonly name: string; readonly span: Span }[];
  /** Values of the environment by the dotted path where they are named. */
  readonly environment: ReadonlyMap<string, { readonly name: string; readonly fallback: string | null }>;
  readonly problems: readonly Draft[];
};

const OPENING = /^\s*---[^\S\r\n]*(?:\r\n|\r|\n)/;

/**
 * Divides a Prompty file and reads its front matter. `${file:…}` stands for what a file holds; `${env:…}` is never read:
 * what the environment holds is for connections, which are the user's own and no part of a prompt.
 */
export function readPromptyFront(text: string, files: FileContents | null): PromptyFront {
  const opening = OPENING.exec(text)?.[0].length;
  if (opening === undefined) return { ...EMPTY, body: bodyFrom(text, 0) };
  const closing = /(?<=^|[\r\n])---[^\S\r\n]*(?:\r\n|\r|\n|$)/g;
  closing.lastIndex = opening;
  const close = closing.exec(text);
  const start = text.indexOf('---');
  if (!close) return { ...EMPTY, body: bodyFrom(text, 0), problems: [unclosed([start, start + 3])] };
  const front = readYaml(text, [opening, close.index]);
  const reader = new References(front, files);
  const value = reader.resolved(front.value, '');
  return {
    span: [start, close.index + 3],
    body: bodyFrom(text, close.index + close[0].length),
    value: isJsonObject(value) ? value : {},
    spans: front.values,
    files: reader.files,
    environment: reader.environment,
    problems: [...front.problems, ...reader.problems],
  };
}

const EMPTY: Omit<PromptyFront, 'body'> = {
  span: null,
  value: {},
  spans: new Map(),
  files: [],
  environment: new Map(),
  problems: [],
};

/** Prompty removes what stands between the front matter and the first character. */
function bodyFrom(text: string, from: number): Span {
  const rest = text.slice(from);
  return [from + rest.length - rest.trimStart().length, text.length];
}

const REFERENCE = /^\$\{(env|file):([^}]*)\}$/i;

class References {
  readonly files: { name: string; span: Span }[] = [];
  readonly environment = new Map<string, { name: string; fallback: string | null }>();
  readonly problems: Draft[] = [];
  readonly #front: FrontMatter;
  readonly #contents: FileContents | null;

  constructor(front: FrontMatter, contents: FileContents | null) {
    this.#front = front;
    this.#contents = contents;
  }

  resolved(value: Json, path: string): Json {
    if (Array.isArray(value)) return value.map((item: Json, index) => this.resolved(item, `${path}.${index}`));
    if (isJsonObject(value)) {
      const at = (key: string) => (path === '' ? key : `${path}.${key}`);
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolved(item, at(key))]));
    }
    // A file named without more is what older files write for their sample.
    const isBareSample = path === 'sample' && typeof value === 'string' && /\.json$/.test(value);
    const written = isBareSample ? `\${file:${value}}` : value;
    const [, kind, name = ''] = (typeof written === 'string' && REFERENCE.exec(written)) || [];
    if (kind === undefined) return value;
    const span = this.#front.values.get(path) ?? [0, 0];
    if (kind.toLowerCase() === 'env') {
      const colon = name.indexOf(':');
      const fallback = colon === -1 ? null : name.slice(colon + 1);
      this.environment.set(path, { name: colon === -1 ? name : name.slice(0, colon), fallback });
      return null;
    }
    this.files.push({ name, span });
    const content = this.#contents?.get(name) ?? null;
    if (content === null && this.#contents !== null) this.problems.push(missingFile(name, span, path));
    return content;
  }
}

/** A connection is the user's own and a sample is for trying, so that only what reaches the model is needed. */
function missingFile(name: string, span: Span, path: string): Draft {
  const isNeeded = !/^(?:sample|model\.(?:configuration|connection))(?:\.|$)/.test(path);
  return {
    severity: isNeeded ? 'error' : 'warning',
    code: 'missing-file',
    message: `The file ${name} is not in the workspace, or cannot be read.`,
    remedy: 'Add it, or write its content here.',
    span,
  };
}

function unclosed(span: Span): Draft {
  const message = 'The front matter that begins here is never closed.';
  return { severity: 'error', code: 'front-matter-unclosed', message, remedy: 'Add a line --- after it.', span };
}
