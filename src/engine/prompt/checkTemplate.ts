import { checkCall } from './checkCall.ts';
import type { Draft } from './draft.ts';
import type { Span } from './handlebarsTree.ts';
import { helperOf, isHelperCall } from './helperTable.ts';
import type { Call, Expression, HashPair, PartialCall, Path, Program, Statement } from './syntaxTree.ts';

/** What a template reads and what is wrong with it, apart from any schema. Spans are offsets in the template. */
export type TemplateUse = {
  readonly variables: readonly VariableUse[];
  readonly partials: readonly PartialUse[];
  /** Names of partials that the template itself defines. */
  readonly inlines: ReadonlySet<string>;
  readonly problems: readonly Draft[];
};

/** A read of the input. `absolute` is one by `@root`, which means the same from inside a partial. */
export type VariableUse = {
  /** Empty where the whole input is read. */
  readonly parts: readonly string[];
  readonly path: string;
  readonly absolute: boolean;
  readonly span: Span;
};

type PartialUse = {
  readonly name: string;
  readonly span: Span;
  /** Has a content of its own to show when there is no such partial. */
  readonly optional: boolean;
  /** Names that the call itself gives; null when the partial sees something other than the input. */
  readonly given: readonly string[] | null;
};

/** What `this` is at some place: the prompt's input with some names hidden, or something unknown. */
type Scope = { readonly hidden: ReadonlySet<string> } | 'unknown';

type Place = { readonly scopes: readonly Scope[]; readonly blockParams: readonly string[] };

/** Markers that other implementations would take for roles and parts when they stand in plain text. */
const MARKER = /<<<dotprompt:(?:role:[a-z]+|history|media:url|section)[^<>]{0,200}>>>/g;

export function checkTemplate(program: Program): TemplateUse {
  const variables: VariableUse[] = [];
  const partials: PartialUse[] = [];
  const inlines = new Set<string>();
  const problems: Draft[] = [];

  walk(program, { scopes: [{ hidden: new Set() }], blockParams: [] });
  variables.sort((a, b) => a.span[0] - b.span[0]);
  return { variables, partials, inlines, problems };

  function walk(part: Program | null, place: Place): void {
    if (part === null) return;
    const inside = part.blockParams.length === 0 ? place : withBlockParams(place, part.blockParams);
    for (const statement of part.body) visit(statement, inside);
  }

  function visit(statement: Statement, place: Place): void {
    switch (statement.type) {
      case 'comment':
        return;
      case 'text':
        for (const marker of statement.value.matchAll(MARKER)) problems.push(markerInText(marker[0], statement.span));
        return;
      case 'output':
        problems.push(...checkCall(statement.call, 'output', [], (name) => place.blockParams.includes(name)));
        visitCall(statement.call, place);
        return;
      case 'block': {
        const { call } = statement;
        const names = statement.program?.blockParams ?? statement.inverse?.blockParams ?? [];
        problems.push(...checkCall(call, 'block', names, (name) => place.blockParams.includes(name)));
        visitCall(call, place);
        walk(statement.program, scopeOfBlock(call, place));
        walk(statement.inverse, place);
        return;
      }
      case 'partial':
        visitPartial(statement, place);
        return;
      case 'inline':
        inlines.add(statement.name);
        walk(statement.program, { ...place, scopes: ['unknown', ...place.scopes] });
        return;
      case 'decorator':
        problems.push(unknownDecorator(statement.name, statement.span));
    }
  }

  function visitPartial(call: PartialCall, place: Place): void {
    visitAll(call.params, call.hash, place);
    const [scope] = place.scopes;
    const sees = call.params.length === 0 && scope !== 'unknown' && scope !== undefined ? scope : null;
    const given = call.hash.map((pair) => pair.key);
    if (call.name === null) problems.push(dynamicPartial(call.nameSpan));
    else if (call.name !== '@partial-block') {
      const { name, nameSpan: span } = call;
      const hidden = sees === null ? null : [...given, ...sees.hidden];
      partials.push({ name, span, optional: call.block !== null, given: hidden });
    }
    if (call.params.length > 1) problems.push(partialArguments(call.nameSpan));
    if (call.block === null) return;
    const inside: Scope = sees === null ? 'unknown' : { hidden: new Set([...sees.hidden, ...given]) };
    walk(call.block, { ...place, scopes: [inside, ...place.scopes.slice(call.params.length === 0 ? 1 : 0)] });
  }

  function visitCall(call: Call, place: Place): void {
    if (isHelperCall(call, (name) => place.blockParams.includes(name))) visitAll(call.params, call.hash, place);
    else visitPath(call.callee, place);
  }

  function visitAll(params: readonly Expression[], hash: readonly HashPair[], place: Place): void {
    for (const expression of [...params, ...hash.map((pair) => pair.value)]) {
      if (expression.type === 'path') visitPath(expression, place);
      if (expression.type !== 'call') continue;
      problems.push(...checkCall(expression, 'nested', [], (name) => place.blockParams.includes(name)));
      visitCall(expression, place);
    }
  }

  function visitPath(path: Path, place: Place): void {
    const [first, ...rest] = path.parts;
    if (path.depth === 0 && !path.scoped && first !== undefined && place.blockParams.includes(first)) return;
    if (path.data && first !== undefined) {
      if (first === 'root') variables.push({ parts: rest, path: rest.join('.'), absolute: true, span: path.span });
      if (first === 'metadata') problems.push(metadataInTemplate(path.span));
      return;
    }
    const scope = place.scopes[path.depth];
    if (scope === undefined || scope === 'unknown') return;
    if (first !== undefined && scope.hidden.has(first)) return;
    variables.push({ parts: path.parts, path: path.parts.join('.'), absolute: false, span: path.span });
  }
}

/** `each`, `with` and plain blocks change `this`; the conditions do not. */
function scopeOfBlock(call: Call, place: Place): Place {
  const isHelper = isHelperCall(call, (name) => place.blockParams.includes(name));
  const name = isHelper && helperOf(call) ? call.callee.name : '';
  if (isHelper && name !== 'each' && name !== 'with') return place;
  const subject = isHelper ? call.params[0] : call.callee;
  if (name === 'with' && subject?.type === 'path') {
    if (subject.parts.length === 0 && subject.depth === 0) return place;
    const isInput = subject.data && subject.parts.length === 1 && subject.parts[0] === 'root';
    if (isInput) return { ...place, scopes: [{ hidden: new Set() }, ...place.scopes] };
  }
  return { ...place, scopes: ['unknown', ...place.scopes] };
}

function withBlockParams(place: Place, names: readonly string[]): Place {
  return { ...place, blockParams: [...names, ...place.blockParams] };
}

function markerInText(marker: string, span: Span): Draft {
  return {
    severity: 'warning',
    code: 'marker-in-text',
    message: `The text contains ${marker}, which is sent as plain text here and means something else elsewhere.`,
    remedy: 'Use {{role "…"}}, {{history}}, {{media url=…}} or {{section "…"}}, or remove it.',
    span,
  };
}

function unknownDecorator(name: string, span: Span): Draft {
  return {
    severity: 'error',
    code: 'unknown-decorator',
    message: `There is no decorator "${name}".`,
    remedy: 'Only {{#*inline "name"}}…{{/inline}} is supported.',
    span,
  };
}

function dynamicPartial(span: Span): Draft {
  return {
    severity: 'error',
    code: 'dynamic-partial',
    message: 'The name of a partial must be written out: a computed one cannot be a part of the version of a prompt.',
    remedy: 'Choose between partials with {{#if}} or {{#ifEquals}}.',
    span,
  };
}

function partialArguments(span: Span): Draft {
  return {
    severity: 'error',
    code: 'wrong-arguments',
    message: 'A partial takes at most one value before its named ones.',
    remedy: 'Write {{>name value key=…}}.',
    span,
  };
}

function metadataInTemplate(span: Span): Draft {
  return {
    severity: 'error',
    code: 'unknown-data',
    message: '@metadata is not available: what a template says may depend on its input only.',
    remedy: 'Pass the value as a variable.',
    span,
  };
}
