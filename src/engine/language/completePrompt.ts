import { describeParam, MODEL_PARAMS, modelParam, paramValues } from '../model/modelParams.ts';
import { HELPERS } from '../prompt/helperTable.ts';
import { ROLES } from '../prompt/message.ts';
import { completeModel } from './completeModel.ts';
import { atKey, atSpan, type Completion, type Offer } from './completion.ts';
import { currentValue, knownVariables, membersOf, variableType } from './describeVariable.ts';
import { FRONT_MATTER_KEYS, keyDoc, SCHEMA_TYPES } from './frontMatterKeys.ts';
import { DATA_DOCS, helperDoc } from './helperDocs.ts';
import { givenVariables, type PromptView, yamlSpan } from './promptView.ts';
import { openBlocks, type TagCursor, tagCursor } from './tagCursor.ts';
import { type YamlCursor, yamlCursor } from './yamlCursor.ts';

/** What may be written at an offset of a prompt. Works on a half-typed file; empty where there is nothing to offer. */
export function completePrompt(view: PromptView, offset: number): Completion[] {
  const { document } = view.closure;
  const yaml = yamlSpan(document);
  if (yaml !== null && offset >= yaml[0] && offset <= yaml[1]) {
    const cursor = yamlCursor(document.text, yaml, offset);
    if (cursor !== null) {
      if (cursor.at === 'value') return atSpan(values(view, cursor), cursor.span);
      const offers = keys(view, cursor).filter(({ label }) => !cursor.siblings.includes(label));
      return atKey(offers, cursor.span, document.text);
    }
    if (document.frontMatterRange !== null) return [];
  }
  const start = document.templateRange.start.offset;
  const cursor = tagCursor(document.text, start, offset);
  return cursor === null ? [] : atSpan(inTag(view, cursor, start, offset), cursor.span);
}

function keys(view: PromptView, { path }: YamlCursor): Offer[] {
  const [first, second] = path;
  const param = (name: string, detail: string, documentation: string): Offer => ({
    kind: 'param',
    label: name,
    insert: `${name}: `,
    detail,
    documentation,
  });
  if (path.length === 0) return FRONT_MATTER_KEYS.map(keyOffer);
  if (first === 'config' && path.length === 1) {
    return MODEL_PARAMS.map((known) => param(known.name, describeParam(known), known.description));
  }
  if (first === 'input' && (second === 'schema' || second === 'default')) {
    const declared = second === 'default' ? knownVariables(view) : undeclared(view);
    return declared.map((name): Offer => {
      const isColumn = view.suites.some((suite) => givenVariables(suite).includes(name));
      return {
        kind: isColumn ? 'column' : 'variable',
        label: name,
        insert: `${name}: `,
        detail: isColumn ? 'a column of the dataset' : 'read by the template',
      };
    });
  }
  return (keyDoc(FRONT_MATTER_KEYS, path)?.keys ?? []).map(keyOffer);
}

function values(view: PromptView, { path, typed }: YamlCursor): Offer[] {
  const [first, second] = path;
  const { document } = view.closure;
  if (first === 'model') {
    const used = view.suites.flatMap(({ parsed }) => parsed.suite?.models.map(({ value }) => value) ?? []);
    return completeModel(typed, [...new Set(used)], view.models);
  }
  if (first === 'config' && second !== undefined) {
    const known = modelParam(second);
    return known
      ? paramValues(known).map((label): Offer => ({ kind: 'param-value', label, detail: describeParam(known) }))
      : [];
  }
  if (
    (first === 'input' || first === 'output') &&
    second === 'schema' &&
    path.length > 2 &&
    !/\(enum/.test(path.at(-1) ?? '')
  ) {
    return [...SCHEMA_TYPES];
  }
  if (first === 'touchstone.suite') {
    const folder = folderOf(document.path);
    return view.suites.map(({ path: suite }): Offer => ({ kind: 'path', label: relativePath(folder, suite) }));
  }
  return (keyDoc(FRONT_MATTER_KEYS, path)?.values ?? []).map((label): Offer => ({ kind: 'front-matter-value', label }));
}

function inTag(view: PromptView, cursor: TagCursor, start: number, offset: number): Offer[] {
  const { text } = view.closure.document;
  const open = openBlocks(text, start, offset);
  switch (cursor.at) {
    case 'close':
      return [...new Set(open.map(({ name }) => name))].reverse().map((label): Offer => ({ kind: 'block-end', label }));
    case 'partial':
      return view.partials.map(({ name, path }): Offer => ({ kind: 'partial', label: name, detail: path }));
    case 'block':
      return [...helpers((kind) => kind === 'block')];
    case 'nested':
      return [...helpers((kind) => kind === 'value')];
    case 'string':
      return cursor.head === 'role' ? roles('') : [];
    case 'name':
      return [
        ...variables(
          view,
          cursor,
          open.some(({ name }) => name === 'each'),
        ),
        ...roles('role '),
        ...helpers((kind) => kind !== 'block'),
        ...elseOffer(open),
      ];
    case 'argument': {
      if (cursor.head === 'role') return roles('"');
      const options = HELPERS.get(cursor.head)?.options ?? [];
      const named = options.map(
        (option): Offer => ({ kind: 'option', label: option, insert: `${option}=`, detail: `of ${cursor.head}` }),
      );
      return [
        ...variables(
          view,
          cursor,
          open.some(({ name }) => name === 'each'),
        ),
        ...named,
      ];
    }
  }
}

function variables(view: PromptView, { typed }: TagCursor, inLoop: boolean): Offer[] {
  const dot = typed.lastIndexOf('.');
  if (dot !== -1) {
    const base = typed.slice(0, dot).replace(/^(@root|this)\.?/, '');
    return membersOf(view, base).map((name) =>
      variableOffer(view, `${typed.slice(0, dot)}.${name}`, base === '' ? name : `${base}.${name}`),
    );
  }
  const data = DATA_DOCS.filter((one) => inLoop || !one.inLoop);
  return [
    ...knownVariables(view).map((name) => variableOffer(view, name, name)),
    ...data.map(({ name, what }): Offer => ({ kind: 'data', label: name, documentation: what })),
    ...(inLoop ? [{ kind: 'data', label: 'this', documentation: 'The element itself.' } satisfies Offer] : []),
  ];
}

function variableOffer(view: PromptView, label: string, path: string): Offer {
  const known = variableType(view, path);
  const current = path.includes('.') ? null : currentValue(view, path);
  const isColumn = known === null && view.suites.some((suite) => givenVariables(suite).includes(path));
  const said = [known?.description, current && `Now: ${shortened(JSON.stringify(current.value))} (${current.from})`];
  const documentation = said.filter((part) => part).join('\n\n');
  return {
    kind: isColumn ? 'column' : 'variable',
    label,
    detail: known?.type ?? (isColumn ? 'a column of the dataset' : 'not declared'),
    ...(documentation === '' ? {} : { documentation }),
  };
}

function helpers(wanted: (kind: 'block' | 'value' | 'structure') => boolean): Offer[] {
  return [...HELPERS].flatMap(([label, { kind }]): Offer[] => {
    if (!wanted(kind) || label === 'role') return [];
    const doc = helperDoc(label);
    return [{ kind: 'helper', label, ...(doc ? { detail: doc.usage, documentation: doc.what } : {}) }];
  });
}

/** @param lead what stands before the name already or has to: nothing, an opening quote, or the helper */
function roles(lead: '' | '"' | 'role '): Offer[] {
  return ROLES.map((role): Offer => {
    const written = lead === '' ? role : lead === '"' ? `"${role}"` : `role "${role}"`;
    return { kind: 'role', label: written, detail: `begins a message of ${role}` };
  });
}

function elseOffer(open: readonly { readonly name: string }[]): Offer[] {
  return open.length === 0
    ? []
    : [{ kind: 'helper', label: 'else', documentation: `The other case of ${open.at(-1)?.name}.` }];
}

function undeclared(view: PromptView): string[] {
  return knownVariables(view).filter((name) => variableType(view, name) === null);
}

function keyOffer({
  name,
  description,
  keys: below,
}: {
  readonly name: string;
  readonly description: string;
  readonly keys?: readonly unknown[];
}): Offer {
  return {
    kind: 'front-matter-key',
    label: name,
    insert: below ? `${name}:` : `${name}: `,
    documentation: description,
  };
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}

/** With forward slashes, from a folder to a file. */
function relativePath(folder: string, file: string): string {
  const [from, to] = [folder, file].map((path) => path.split(/[/\\]/));
  let shared = 0;
  while (from && to && shared < from.length && from[shared] === to[shared]) shared += 1;
  return [...(from ?? []).slice(shared).map(() => '..'), ...(to ?? []).slice(shared)].join('/');
}
