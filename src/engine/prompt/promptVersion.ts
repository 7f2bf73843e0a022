import { hashValue } from '../hash.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { PromptClosure, PromptDocument } from './promptDocument.ts';
import type { Expression, HashPair, Program, Statement } from './syntaxTree.ts';

/**
 * SHA-256, as 64 hex digits, of what decides the request that a prompt becomes: template and partials without comments
 * and without the white space that Handlebars removes, model, config, schemas, defaults and tools. Name, description,
 * other metadata, YAML comments, the order of keys and the kind of line ends do not change it.
 */
export function promptVersion({ document, partials }: PromptClosure): string {
  const { model, config, input, output, tools, toolDefinitions } = document.metadata;
  return hashValue({
    format: document.format,
    template: templateContent(document),
    partials: Object.fromEntries([...partials].map(([name, partial]) => [name, templateContent(partial)])),
    model: model ?? null,
    config,
    input: { schema: input.schema ?? null, default: input.default },
    output: { format: output.format ?? null, schema: output.schema ?? null },
    tools,
    toolDefinitions,
  });
}

/** A template that cannot be read is its own text. */
function templateContent({ program, template }: PromptDocument): Json {
  switch (program?.language) {
    case undefined:
      return unixLines(template);
    case 'handlebars':
      return program.turns === undefined
        ? programContent(program.tree)
        : { mustache: programContent(program.tree), turns: program.turns };
    case 'jinja':
      return { jinja: plainContent(program.tree), turns: program.turns, rich: Object.fromEntries(program.rich) };
    case 'messages':
      return { messages: plainContent(program.messages) };
  }
}

/** A tree without the places of its parts and without comments, and text in one piece however it was cut. */
function plainContent(part: unknown): Json {
  if (Array.isArray(part)) {
    const all: Json[] = [];
    for (const item of part) {
      const content = isJsonObject(item) && item['type'] === 'comment' ? null : plainContent(item);
      const [last, text, before] = [all.at(-1), textIn(content), textIn(all.at(-1))];
      if (last !== undefined && text !== null && before !== null)
        all[all.length - 1] = { type: 'text', value: before + text };
      else if (content !== null || item === null) all.push(content);
    }
    return all;
  }
  if (typeof part !== 'object' || part === null) return part as Json;
  const entries = Object.entries(part).filter(([key]) => !/^(?:s|nameS|roleS)pan$/.test(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, plainContent(value)]));
}

function textIn(content: Json | undefined): string | null {
  const isText = isJsonObject(content) && content['type'] === 'text' && typeof content['value'] === 'string';
  return isText ? (content['value'] as string) : null;
}

function programContent(program: Program | null): Json {
  if (program === null) return null;
  const body: Json[] = [];
  for (const statement of program.body) {
    if (statement.type === 'comment') continue;
    const content = statementContent(statement);
    const last = body.at(-1);
    // Text on both sides of a comment is one text.
    if (typeof content === 'string' && typeof last === 'string') body[body.length - 1] = last + content;
    else if (content !== '') body.push(content);
  }
  return { body, params: program.blockParams };
}

function statementContent(statement: Exclude<Statement, { type: 'comment' }>): Json {
  switch (statement.type) {
    case 'text':
      return unixLines(statement.value);
    case 'output':
      return { output: expressionContent(statement.call) };
    case 'block': {
      const { call, program, inverse } = statement;
      return { block: expressionContent(call), program: programContent(program), inverse: programContent(inverse) };
    }
    case 'partial':
      return {
        partial: statement.name,
        params: statement.params.map(expressionContent),
        hash: hashContent(statement.hash),
        indent: statement.indent,
        block: programContent(statement.block),
      };
    case 'inline':
      return { inline: statement.name, program: programContent(statement.program) };
    case 'decorator':
      return { decorator: statement.name };
  }
}

function expressionContent(expression: Expression): Json {
  switch (expression.type) {
    case 'literal':
      return { literal: expression.value === undefined ? 'undefined' : JSON.stringify(expression.value) };
    case 'path': {
      const { parts, depth, data, scoped } = expression;
      return { path: parts, depth, data, scoped };
    }
    case 'call':
      return {
        call: expressionContent(expression.callee),
        params: expression.params.map(expressionContent),
        hash: hashContent(expression.hash),
      };
  }
}

function hashContent(hash: readonly HashPair[]): Json {
  return hash.map(({ key, value }) => ({ key, value: expressionContent(value) }));
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
