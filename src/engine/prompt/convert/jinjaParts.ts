import type { Branch, JinjaExpression, JinjaFor, JinjaStatement, Target } from '../jinja/jinjaTree.ts';
import type { RichKind } from '../program.ts';
import {
  handlebarsLiteral,
  handlebarsPath,
  type NoteLoss,
  type TemplatePart,
  tagPart,
  textPart,
} from './conversion.ts';

/** What the names of a template stand for where something is converted. */
type Place = {
  /** Names that loops give, as Handlebars has them. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether `this` is still the input. */
  readonly isInput: boolean;
};

export type JinjaSource = {
  readonly template: string;
  readonly rich: ReadonlyMap<string, RichKind>;
  readonly note: NoteLoss;
};

/** The parts of a Jinja2 template in Handlebars. What has no counterpart stays as a comment, and is noted. */
export function jinjaParts(body: readonly JinjaStatement[], source: JinjaSource): TemplatePart[] {
  return bodyParts(body, source, { names: new Map(), isInput: true });
}

function bodyParts(body: readonly JinjaStatement[], source: JinjaSource, place: Place): TemplatePart[] {
  return body.flatMap((statement) => statementParts(statement, source, place));
}

function statementParts(statement: JinjaStatement, source: JinjaSource, place: Place): TemplatePart[] {
  switch (statement.type) {
    case 'text':
      return [textPart(statement.value)];
    case 'comment': {
      const words = source.template.slice(...statement.span).replace(/^\{#-?\s*|\s*-?#\}$/g, '');
      return words.includes('--}}') ? [] : [tagPart(`{{!-- ${words} --}}`, true)];
    }
    case 'output':
      return outputParts(statement.value, source, place) ?? lost(statement, source, 'An expression');
    case 'if':
      return ifParts(statement.branches, statement.otherwise, source, place) ?? lost(statement, source, 'A condition');
    case 'for':
      return forParts(statement, source, place) ?? lost(statement, source, 'A loop');
    default:
      return lost(statement, source, `{% ${statement.type.replace('setBlock', 'set')} %}`);
  }
}

/** The whole of it as a comment, so that its author can write it anew. */
function lost({ span }: JinjaStatement, { template, note }: JinjaSource, what: string): TemplatePart[] {
  const written = template.slice(...span);
  note('unconverted', `${what} has no counterpart in Handlebars: ${oneLine(written)}`, span);
  return [tagPart(`{{!-- ${written.replaceAll('--}}', '-- }}')} --}}`)];
}

function outputParts(value: JinjaExpression, { rich, note }: JinjaSource, place: Place): TemplatePart[] | null {
  if (value.type === 'name' && place.isInput) {
    const kind = rich.get(value.name);
    if (kind === 'thread') return [tagPart('{{history}}')];
    if (kind === 'media') return [tagPart(`{{media url=${handlebarsPath([value.name])}}}`)];
  }
  if (value.type === 'literal' && typeof value.value === 'string') return [textPart(value.value)];
  const path = pathOf(value, place);
  if (path !== null) return [tagPart(`{{${path}}}`)];
  if (value.type !== 'filtered') return null;
  const inner = pathOf(value.value, place);
  const { name, args } = value.filter;
  const [argument] = args.positional;
  if (inner === null) return null;
  if (name === 'tojson' && args.positional.length === 0) {
    note(
      'approximate',
      'tojson becomes the helper json, which writes no spaces and keeps the order of keys.',
      value.span,
    );
    return [tagPart(`{{json ${inner}}}`)];
  }
  if ((name === 'default' || name === 'd') && argument?.type === 'literal' && typeof argument.value === 'string') {
    note('approximate', 'default becomes a condition, which also stands in for a value that is empty.', value.span);
    return [tagPart(`{{#if ${inner}}}{{${inner}}}{{else}}`), textPart(argument.value), tagPart('{{/if}}')];
  }
  return null;
}

function ifParts(
  branches: readonly Branch[],
  otherwise: readonly JinjaStatement[],
  source: JinjaSource,
  place: Place,
): TemplatePart[] | null {
  const parts: TemplatePart[] = [];
  let first: string | null = null;
  for (const { test, body } of branches) {
    const condition = conditionOf(test, source, place);
    if (condition === null) return null;
    parts.push(tagPart(first === null ? `{{#${condition}}}` : `{{else ${condition}}}`, true));
    first ??= condition.split(' ')[0] ?? '';
    parts.push(...bodyParts(body, source, place));
  }
  if (otherwise.length > 0) parts.push(tagPart('{{else}}', true), ...bodyParts(otherwise, source, place));
  return [...parts, tagPart(`{{/${first}}}`, true)];
}

/** `if x`, `unless x`, `ifEquals a b`: what stands behind the `#`. */
function conditionOf(test: JinjaExpression, { note }: JinjaSource, place: Place): string | null {
  const path = pathOf(test, place);
  if (path !== null) return `if ${path}`;
  if (test.type === 'unary' && test.operator === 'not') {
    const negated = pathOf(test.value, place);
    return negated === null ? null : `unless ${negated}`;
  }
  if (test.type === 'test' && ['defined', 'undefined', 'none'].includes(test.test.name)) {
    const tested = pathOf(test.value, place);
    if (tested === null) return null;
    note(
      'approximate',
      `"is ${test.test.name}" becomes a test for a value, by which empty ones do not count.`,
      test.span,
    );
    return `${(test.test.name === 'defined') !== test.negated ? 'if' : 'unless'} ${tested}`;
  }
  const [second, ...more] = test.type === 'comparison' ? test.rest : [];
  if (test.type !== 'comparison' || !second || more.length > 0) return null;
  const operands = [test.first, second.value].map((operand) => operandOf(operand, place));
  if (operands.includes(null)) return null;
  if (second.operator === '==') return `ifEquals ${operands.join(' ')}`;
  return second.operator === '!=' ? `unlessEquals ${operands.join(' ')}` : null;
}

function operandOf(operand: JinjaExpression, place: Place): string | null {
  if (operand.type === 'literal') return operand.value === null ? null : handlebarsLiteral(operand.value);
  if (operand.type === 'number') return String(operand.value);
  return pathOf(operand, place);
}

/** A loop that only shows earlier turns is what `{{history}}` is for. */
function forParts(loop: JinjaFor, source: JinjaSource, place: Place): TemplatePart[] | null {
  if (isTurnLoop(loop)) {
    const list = source.template.slice(...loop.list.span);
    source.note('history', `The turns of ${list} become {{history}}: give them in a column "history".`, loop.span);
    return [tagPart('{{history}}')];
  }
  if (loop.condition !== null) return null;
  const entries =
    loop.list.type === 'call' && loop.list.callee.type === 'attribute' && loop.list.callee.name === 'items';
  const list =
    entries && loop.list.type === 'call' && loop.list.callee.type === 'attribute' ? loop.list.callee.object : loop.list;
  const path = pathOf(list, place);
  const names = targetNames(loop.target);
  if (path === null || names === null || names.length !== (entries ? 2 : 1)) return null;
  const inner: Place = {
    names: new Map([...place.names, ...names.map((name) => [name, name] as const)]),
    isInput: false,
  };
  const params = entries ? names.toReversed() : names;
  const parts: TemplatePart[] = [tagPart(`{{#each ${path} as |${params.join(' ')}|}}`, true)];
  parts.push(...bodyParts(loop.body, source, inner));
  if (loop.otherwise.length > 0) parts.push(tagPart('{{else}}', true), ...bodyParts(loop.otherwise, source, place));
  return [...parts, tagPart('{{/each}}', true)];
}

function isTurnLoop({ target, body }: JinjaFor): boolean {
  const shown = body.filter(
    (statement) => statement.type !== 'comment' && !(statement.type === 'text' && statement.value.trim() === ''),
  );
  const [role, colon, content] = shown;
  const isMember = (statement: JinjaStatement | undefined, name: string) =>
    statement?.type === 'output' && statement.value.type === 'attribute' && statement.value.name === name;
  return (
    target.type === 'name' &&
    shown.length === 3 &&
    isMember(role, 'role') &&
    colon?.type === 'text' &&
    /^\s*:\s*\n\s*$/.test(colon.value) &&
    isMember(content, 'content')
  );
}

const LOOP: { readonly [name: string]: string } = { index0: '@index', first: '@first', last: '@last' };

function pathOf(expression: JinjaExpression, place: Place): string | null {
  const steps: string[] = [];
  let at = expression;
  for (;;) {
    if (at.type === 'attribute') {
      steps.unshift(at.name);
      at = at.object;
    } else if (at.type === 'item' && at.key.type === 'literal' && typeof at.key.value === 'string') {
      steps.unshift(at.key.value);
      at = at.object;
    } else if (at.type === 'item' && at.key.type === 'number') {
      steps.unshift(String(at.key.value));
      at = at.object;
    } else break;
  }
  if (at.type !== 'name') return null;
  if (at.name === 'loop' && !place.isInput) return steps.length === 1 ? (LOOP[steps[0] ?? ''] ?? null) : null;
  const own = place.names.get(at.name);
  if (own !== undefined) return handlebarsPath([own, ...steps]);
  return `${place.isInput ? '' : '@root.'}${handlebarsPath([at.name, ...steps])}`;
}

function targetNames(target: Target): readonly string[] | null {
  if (target.type === 'name') return [target.name];
  if (target.type !== 'targets') return null;
  const names = target.targets.map((one) => (one.type === 'name' ? one.name : null));
  return names.every((name) => name !== null) ? names : null;
}

function oneLine(text: string): string {
  const [first = '', ...more] = text.split('\n');
  return more.length > 0 ? `${first} …` : first;
}
