import { isMap, isNode, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type * as z from 'zod';
import { LineIndex, type Problem, type SourceRange } from '../problem.ts';
import { describeIssue } from './describeIssue.ts';

export type Path = readonly PropertyKey[];

/** A YAML file of ours, read: its plain value, and where each part of it stands. */
export class YamlFile {
  readonly value: unknown;
  readonly problems: Problem[] = [];
  readonly #lines: LineIndex;
  readonly #contents: Node | null;

  constructor(
    text: string,
    readonly path: string,
  ) {
    const document = parseDocument(text, { prettyErrors: false });
    this.#lines = new LineIndex(text);
    this.#contents = document.contents;
    for (const error of [...document.errors, ...document.warnings]) {
      const range = this.#lines.range(...error.pos);
      this.#add(range, 'invalid-yaml', sentence(error.message), 'Correct the YAML here.');
    }
    try {
      this.value = document.errors.length === 0 ? document.toJS() : undefined;
    } catch (error) {
      const message = sentence(error instanceof Error ? error.message : String(error));
      this.#add(this.range([]), 'invalid-yaml', message, 'Write the values out instead of using aliases.');
    }
  }

  /** Of the value at a path, or of the nearest part around it that the file has. */
  range(path: Path): SourceRange {
    let node: unknown = this.#contents;
    let found = node;
    for (const step of path) {
      node = child(node, step);
      if (!isNode(node)) break;
      found = node;
    }
    const range = isNode(found) ? found.range : undefined;
    // A whole mapping is too much to underline: its first character stands for it.
    if (!range) return this.#lines.range(0, 0);
    return isMap(found) || isSeq(found)
      ? this.#lines.range(range[0], range[0] + 1)
      : this.#lines.range(range[0], range[1]);
  }

  /** Of the key that a path ends with. */
  keyRange(path: Path): SourceRange {
    let node: unknown = this.#contents;
    for (const step of path.slice(0, -1)) node = child(node, step);
    const last = path.at(-1);
    if (isMap(node)) {
      const key = node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === last)?.key;
      if (isScalar(key) && key.range) return this.#lines.range(key.range[0], key.range[1]);
    }
    return this.range(path);
  }

  error(range: SourceRange, code: string, message: string, remedy: string): void {
    this.#add(range, code, message, remedy);
  }

  warn(range: SourceRange, code: string, message: string, remedy: string): void {
    this.problems.push({ severity: 'warning', code, message, remedy, file: this.path, range });
  }

  /** Parses the value at a path, reporting every issue at its place. @returns undefined when there is one. */
  check<T>(schema: z.ZodType<T>, value: unknown, at: Path): T | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      for (const { path, onKey, code, message, remedy } of describeIssue(issue, value, at, schema)) {
        this.#add(onKey ? this.keyRange(path) : this.range(path), code, message, remedy);
      }
    }
    return undefined;
  }

  #add(range: SourceRange, code: string, message: string, remedy: string): void {
    this.problems.push({ severity: 'error', code, message, remedy, file: this.path, range });
  }
}

function child(node: unknown, step: PropertyKey): unknown {
  if (isSeq(node) && typeof step === 'number') return node.items[step];
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))?.value;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
