import type { Draft } from './draft.ts';
import type { Span } from './handlebarsTree.ts';
import { HELPERS, helperOf, isHelperCall } from './helperTable.ts';
import { ROLES, type Role } from './message.ts';
import type { Call, Expression } from './syntaxTree.ts';

export type CallPlace = 'output' | 'block' | 'nested';

/** What is wrong with a call as it is written, whatever its values will be. */
export function checkCall(
  call: Call,
  place: CallPlace,
  blockParams: readonly string[],
  isBlockParam: (name: string) => boolean,
): Draft[] {
  if (!isHelperCall(call, isBlockParam)) {
    return blockParams.length > 0 && place === 'block' ? [strayBlockParams(call)] : [];
  }
  const helper = helperOf(call);
  const name = call.callee.name;
  if (helper === undefined) return [unknownHelper(name, call.callee.span)];

  const wrong = (message: string) => [error('wrong-arguments', message, `Write ${helper.usage}.`, call.callee.span)];
  if (place !== 'block' && helper.kind === 'block') {
    return wrong(`The helper "${name}" needs a block.`);
  }
  if (place === 'block' && helper.kind !== 'block') {
    return wrong(`The helper "${name}" has no block: the content between its tags would be lost.`);
  }
  if (place === 'nested' && helper.kind !== 'value') {
    return wrong(`The helper "${name}" makes a part of the conversation and cannot be used as a value.`);
  }
  const [least, most] = helper.params;
  const count = call.params.length;
  if (count < least || count > most) {
    return wrong(`The helper "${name}" takes ${least === 1 ? 'one value' : `${least} values`}, not ${count}.`);
  }
  if (name === 'media' && !call.hash.some((pair) => pair.key === 'url')) {
    return wrong('A media part needs a url.');
  }
  const problems = blockParams.length > helper.blockParams ? [strayBlockParams(call)] : [];
  for (const pair of call.hash) {
    if (!helper.options.includes(pair.key)) problems.push(unknownOption(name, pair.key, helper.usage, pair.span));
  }
  return [...problems, ...checkLiterals(name, call.params[0])];
}

/** @returns null when it is a role */
export function roleProblem(value: unknown): Pick<Draft, 'code' | 'message' | 'remedy'> | null {
  if (ROLES.includes(value as Role)) return null;
  const shown = typeof value === 'string' ? `"${value}"` : String(JSON.stringify(value));
  const remedy = value === 'assistant' ? 'Write {{role "model"}}.' : `Use one of ${ROLES.join(', ')}.`;
  return { code: 'unknown-role', message: `There is no role ${shown}.`, remedy };
}

/** A section's name becomes one word of its part's metadata. */
export function isSectionName(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s>]+$/.test(value);
}

function checkLiterals(name: string, param: Expression | undefined): Draft[] {
  if (param?.type !== 'literal') return [];
  if (name === 'role') {
    const problem = roleProblem(param.value);
    return problem ? [{ severity: 'error', ...problem, span: param.span }] : [];
  }
  if (name === 'section' && !isSectionName(param.value)) {
    return [error('section-name', 'The name of a section is one word.', 'Write {{section "name"}}.', param.span)];
  }
  return [];
}

function unknownHelper(name: string, span: Span): Draft {
  const known = [...HELPERS.keys()].join(', ');
  const close = [...HELPERS.keys()].find((helper) => helper.toLowerCase() === name.toLowerCase());
  const remedy = close ? `Write ${close}.` : `Compute the value in the dataset, or use one of ${known}.`;
  return error('unknown-helper', `There is no helper "${name}".`, remedy, span);
}

function unknownOption(name: string, key: string, usage: string, span: Span): Draft {
  return {
    severity: 'warning',
    code: 'unknown-option',
    message: `The helper "${name}" ignores "${key}".`,
    remedy: `Write ${usage}.`,
    span,
  };
}

function strayBlockParams(call: Call): Draft {
  return error(
    'unexpected-block-parameters',
    `"${call.callee.name}" does not give that many names after "as".`,
    'Only each (value and key) and with (value) give names to their block.',
    call.callee.span,
  );
}

function error(code: string, message: string, remedy: string, span: Span): Draft {
  return { severity: 'error', code, message, remedy, span };
}
