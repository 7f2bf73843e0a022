import { stringify } from 'yaml';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { LineIndex } from '../../problem.ts';
import { roleOfLine } from '../formats/promptyTurns.ts';
import type { MessageTemplate } from '../messages/messageTemplate.ts';
import type { PromptProgram } from '../program.ts';
import type { PromptDocument } from '../promptDocument.ts';
import {
  type Conversion,
  handlebarsPath,
  type Loss,
  type NoteLoss,
  type TemplatePart,
  tagPart,
  textPart,
  withoutEmpty,
} from './conversion.ts';
import { jinjaParts } from './jinjaParts.ts';
import { lostMetadata } from './lostMetadata.ts';
import { writeTemplate } from './writeTemplate.ts';

/**
 * A prompt of another format as a dotprompt file, and everything that the file does not say as the original does. Nothing is
 * guessed: what has no exact counterpart is a loss, and a part of a template that has none stays in it as a comment.
 */
export function toDotprompt(document: PromptDocument): Conversion {
  const losses: Loss[] = [];
  const lines = new LineIndex(document.text);
  const base = document.templateRange.start.offset;
  const note: NoteLoss = (code, message, [start, end]) => {
    losses.push({ code, message, range: lines.range(base + start, base + end) });
  };
  const body = document.program === null ? '' : bodyOf(document.program, document, note);
  losses.push(...lostMetadata(document));
  losses.sort((a, b) => a.range.start.offset - b.range.start.offset);
  const front = frontMatterOf(document);
  // Without front matter the body is sent as it stands, to its last line break.
  if (Object.keys(front).length === 0) return { text: body, losses };
  return {
    text: `---
${stringify(front, { lineWidth: 0 })}---
${body.trimEnd()}
`,
    losses,
  };
}

function frontMatterOf({ metadata, program }: PromptDocument): JsonObject {
  const { name, description, model, config, input, output, toolDefinitions } = metadata;
  const schema =
    isJsonObject(input.schema) && program?.language === 'jinja'
      ? withoutThreads(input.schema, program.rich)
      : input.schema;
  return withoutEmpty({
    name,
    description,
    model,
    config,
    input: withoutEmpty({ schema, default: input.default }),
    output: withoutEmpty({ format: output.format, schema: output.schema }),
    toolDefs: toolDefinitions,
  });
}

/** Earlier turns are no input of a dotprompt file: `{{history}}` takes them. */
function withoutThreads(schema: JsonObject, rich: ReadonlyMap<string, string>): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const kept = Object.entries(properties).filter(([name]) => rich.get(name) !== 'thread');
  return { ...schema, properties: Object.fromEntries(kept) };
}

function bodyOf(program: PromptProgram, document: PromptDocument, note: NoteLoss): string {
  switch (program.language) {
    case 'messages':
      return writeTemplate(program.messages.flatMap((message) => messageParts(message, note)));
    case 'jinja': {
      const parts = jinjaParts(program.tree.body, { template: document.template, rich: program.rich, note });
      return writeTemplate(program.turns === 'user' ? parts : withRoles(parts, program.turns));
    }
    case 'handlebars':
      // Mustache is a part of Handlebars but for its role lines, which stand in the text.
      return program.turns === undefined || program.turns === 'user'
        ? document.template
        : mustacheRoles(document.template);
  }
}

function messageParts({ role, content }: MessageTemplate, note: NoteLoss): TemplatePart[] {
  const parts: TemplatePart[] = [{ type: 'role', role }];
  let text = '';
  const close = () => {
    if (text !== '') parts.push(textPart(text));
    text = '';
  };
  for (const node of content) {
    if (node.type === 'text') {
      text += node.value;
      continue;
    }
    close();
    if (node.type === 'slot') parts.push(tagPart(`{{${handlebarsPath(node.parts)}}}`));
    else if (node.type === 'part')
      note('tool-call', 'Calls of tools and their answers cannot be written in a template.', node.span);
    else {
      const [only] = node.url;
      if (node.url.length === 1 && only?.type === 'slot')
        parts.push(tagPart(`{{media url=${handlebarsPath(only.parts)}}}`));
      else if (node.url.every((one) => one.type === 'text')) {
        const url = node.url.map((one) => (one.type === 'text' ? one.value : '')).join('');
        parts.push(tagPart(`{{media url="${url.replaceAll('"', '%22')}"}}`));
      } else note('media-url', 'The address of a picture is one variable or one text.', node.span);
    }
  }
  close();
  return parts;
}

/** Lines such as `system:` become `{{role}}`; white space around messages goes, as Prompty's second version has it. */
function withRoles(parts: readonly TemplatePart[], rule: 'prompty-1' | 'prompty-2'): TemplatePart[] {
  const out: TemplatePart[] = [];
  let isLineStart = true;
  let current = 'system';
  const begin = (role: string) => {
    trimEnd(out);
    current = role;
    out.push({ type: 'role', role });
  };
  const addHistory = (role: string) => {
    out.push(tagPart(HISTORY));
    begin(role);
  };
  for (const [index, part] of parts.entries()) {
    if (part.type !== 'text') {
      if (part.type === 'tag' && part.source === HISTORY) addHistory(current);
      else out.push(part);
      isLineStart = false;
      continue;
    }
    const isLast = parts[index + 1] === undefined;
    for (const [at, line] of part.value.split(/(?<=\n)/).entries()) {
      const isWhole = (at > 0 || isLineStart) && (line.endsWith('\n') || isLast);
      const role = isWhole ? roleOfLine(line) : null;
      if (role !== null) begin(role);
      else if (isWhole && rule === 'prompty-1' && line.trim().startsWith('![thread]')) addHistory('user');
      else out.push(textPart(line));
    }
    isLineStart = part.value.endsWith('\n');
  }
  const merged = withoutEmptyRoles(merge(out));
  return merged[0]?.type === 'role' ? merged : [{ type: 'role', role: 'system' }, ...merged];
}

const HISTORY = '{{history}}';

/** A role without content says nothing. */
function withoutEmptyRoles(parts: readonly TemplatePart[]): TemplatePart[] {
  return parts.filter((part, index) => {
    const next = parts[index + 1];
    return part.type !== 'role' || (next !== undefined && next.type !== 'role');
  });
}

function trimEnd(parts: TemplatePart[]): void {
  for (let last = parts.at(-1); last?.type === 'text'; last = parts.at(-1)) {
    const text = last.value.replace(/\n+$/, '');
    parts.pop();
    if (text === '') continue;
    parts.push(textPart(text));
    return;
  }
}

/** Text in one piece, without the line breaks that begin a message. */
function merge(parts: readonly TemplatePart[]): TemplatePart[] {
  const out: TemplatePart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.type === 'text' && last?.type === 'text') out[out.length - 1] = textPart(last.value + part.value);
    else out.push(part);
  }
  return out.flatMap((part, index) => {
    if (part.type !== 'text' || (index > 0 && out[index - 1]?.type !== 'role')) return [part];
    const text = part.value.replace(/^\n+/, '');
    return text === '' ? [] : [textPart(text)];
  });
}

function mustacheRoles(template: string): string {
  const written = template
    .split('\n')
    .map((line) => {
      const role = roleOfLine(line);
      return role === null ? line : `{{~role "${role}"~}}`;
    })
    .join('\n');
  return /^\s*\{\{~role/.test(written) ? written : `{{role "system"~}}\n${written}`;
}
