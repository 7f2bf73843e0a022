import { isSectionName, roleProblem } from './checkCall.ts';
import type { Span } from './handlebarsTree.ts';
import { HELPERS, helperOf, isHelperCall } from './helperTable.ts';
import type { Role } from './message.ts';
import type { PromptDocument } from './promptDocument.ts';
import { hasBlockParam, member, readPath, type Scope, textOf, type Value } from './scope.ts';
import type { Call, Expression, HashPair } from './syntaxTree.ts';

/** A turn or a part of the conversation, which no text can be. */
export type Marker =
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'history' }
  | { readonly type: 'media'; readonly url: string; readonly contentType: string | undefined }
  | { readonly type: 'section'; readonly name: string };

/** Why a template cannot be rendered with these values; spans count in the template of the document. */
export class RenderFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
    readonly span: Span,
    /** null in a template that is no file. */
    readonly document: PromptDocument | null,
  ) {
    super(message);
  }
}

/** A helper that makes a turn or a part of the conversation. */
export function markerOf(call: Call, scope: Scope): Marker {
  const param = call.params[0] && evaluate(call.params[0], scope);
  switch (call.callee.name) {
    case 'role':
      return { type: 'role', role: roleOf(param, call, scope) };
    case 'section':
      return { type: 'section', name: sectionOf(param, call, scope) };
    case 'media':
      return mediaOf(call, scope);
    default:
      return { type: 'history' };
  }
}

export function evaluate(expression: Expression, scope: Scope): Value {
  if (expression.type === 'literal') return expression.value;
  if (expression.type === 'path') return readPath(expression, scope);
  const { callee, params, hash } = expression;
  if (!isHelper(expression, scope)) return readPath(callee, scope);
  const [first, second] = params.map((param) => evaluate(param, scope));
  switch (helperOf(expression)?.kind === 'value' ? callee.name : null) {
    case 'lookup':
      return first ? member(first, second === undefined || second === null ? String(second) : textOf(second)) : first;
    case 'json': {
      const indent = option(hash, 'indent', scope);
      const space = typeof indent === 'number' || typeof indent === 'string' ? indent : 0;
      // What is not there reads "undefined", as in the reference.
      return String(JSON.stringify(first, null, space));
    }
    case 'log':
      return undefined;
  }
  const remedy = `Use one of ${[...HELPERS.keys()].join(', ')}.`;
  throw failure('unknown-helper', `"${callee.name}" gives no value.`, remedy, callee.span, scope);
}

export function isHelper(call: Call, scope: Scope): boolean {
  return isHelperCall(call, (name) => hasBlockParam(scope, name));
}

export function option(hash: readonly HashPair[], key: string, scope: Scope): Value {
  const pair = hash.find((candidate) => candidate.key === key);
  return pair && evaluate(pair.value, scope);
}

function roleOf(value: Value, call: Call, scope: Scope): Role {
  const problem = roleProblem(value);
  if (problem === null) return value as Role;
  throw failure(problem.code, problem.message, problem.remedy ?? '', call.params[0]?.span ?? call.span, scope);
}

function sectionOf(value: Value, call: Call, scope: Scope): string {
  if (isSectionName(value)) return value;
  const span = call.params[0]?.span ?? call.span;
  throw failure('section-name', 'The name of a section is one word.', 'Write {{section "name"}}.', span, scope);
}

function mediaOf(call: Call, scope: Scope): Marker {
  const url = option(call.hash, 'url', scope);
  if (typeof url !== 'string' || url === '') {
    const remedy = 'Give the variable a value, or put {{#if …}} around the media part.';
    throw failure('media-url', 'The url of this media part is not a text, or is empty.', remedy, call.span, scope);
  }
  const contentType = textOf(option(call.hash, 'contentType', scope));
  return { type: 'media', url, contentType: contentType === '' ? undefined : contentType };
}

export function failure(code: string, message: string, remedy: string, span: Span, scope: Scope): RenderFailure {
  return new RenderFailure(code, message, remedy, span, scope.document);
}
