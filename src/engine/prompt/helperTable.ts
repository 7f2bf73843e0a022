import { type Call, isSimple } from './syntaxTree.ts';

/**
 * - block: `{{#name …}}…{{/name}}`
 * - value: gives a value, also in parentheses
 * - structure: makes a message or a part, and so stands by itself
 */
type HelperKind = 'block' | 'value' | 'structure';

type HelperShape = {
  readonly kind: HelperKind;
  readonly params: readonly [least: number, most: number];
  readonly options: readonly string[];
  readonly blockParams: number;
  readonly usage: string;
};

/** Every helper there is. Prompts cannot bring their own: a file must mean the same everywhere. */
export const HELPERS: ReadonlyMap<string, HelperShape> = new Map([
  ['if', block(1, '{{#if value}}…{{else}}…{{/if}}', ['includeZero'])],
  ['unless', block(1, '{{#unless value}}…{{/unless}}', ['includeZero'])],
  ['each', block(1, '{{#each list}}{{this}}{{/each}}', [], 2)],
  ['with', block(1, '{{#with object}}…{{/with}}', [], 1)],
  ['ifEquals', block(2, '{{#ifEquals a b}}…{{else}}…{{/ifEquals}}')],
  ['unlessEquals', block(2, '{{#unlessEquals a b}}…{{else}}…{{/unlessEquals}}')],
  ['lookup', plain('value', 2, 2, '{{lookup object key}}')],
  ['json', plain('value', 1, 1, '{{json value indent=2}}', ['indent'])],
  ['log', plain('value', 0, Number.POSITIVE_INFINITY, '{{log value}}', ['level'])],
  ['role', plain('structure', 1, 1, '{{role "system"}}')],
  ['history', plain('structure', 0, 0, '{{history}}')],
  ['section', plain('structure', 1, 1, '{{section "name"}}')],
  ['media', plain('structure', 0, 0, '{{media url=variable contentType="image/png"}}', ['url', 'contentType'])],
]);

/** Whether a call is a helper's or only reads a value; the reference decides in the same order. */
export function isHelperCall(call: Call, isBlockParam: (name: string) => boolean): boolean {
  const simple = isSimple(call.callee);
  const [name = ''] = call.callee.parts;
  if (simple && isBlockParam(name)) return false;
  if (call.nested || call.params.length > 0 || call.hash.length > 0) return true;
  return simple && HELPERS.has(name);
}

/** The helper that a call names; undefined when there is none of that name, or a path stands in its place. */
export function helperOf(call: Call): HelperShape | undefined {
  return isSimple(call.callee) && !call.callee.data ? HELPERS.get(call.callee.parts[0] ?? '') : undefined;
}

function block(params: number, usage: string, options: readonly string[] = [], blockParams = 0): HelperShape {
  return { kind: 'block', params: [params, params], options, blockParams, usage };
}

function plain(
  kind: 'value' | 'structure',
  least: number,
  most: number,
  usage: string,
  options: readonly string[] = [],
): HelperShape {
  return { kind, params: [least, most], options, blockParams: 0, usage };
}
