import type {
  HbCall,
  HbExpression,
  HbLiteral,
  HbPair,
  HbPath,
  HbProgram,
  HbStatement,
  HbSubExpression,
} from './handlebarsTree.ts';
import type { Call, Expression, HashPair, PartialCall, Path, Program, Statement } from './syntaxTree.ts';

/** Blocks, else-chains and parentheses count alike. Every walk over a tree recurses, so this bounds their stack. */
export const MAX_DEPTH = 200;

/**
 * Handlebars' tree as ours.
 *
 * @throws RangeError when it is nested more deeply than can be walked safely
 */
export function convertTree(program: HbProgram, depth = 0): Program {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  const body = program.body.map((node) => convertStatement(node, depth));
  return { type: 'Program', body, blockParams: program.blockParams ?? [] };
}

function convertStatement(node: HbStatement, depth: number): Statement {
  const span = node.loc.range;
  const inside = (program: HbProgram) => convertTree(program, depth + 1);
  switch (node.type) {
    case 'ContentStatement':
      return { type: 'text', value: node.value, span };
    case 'CommentStatement':
      return { type: 'comment', span };
    case 'MustacheStatement':
      return { type: 'output', call: convertCall(node, false, depth), span };
    case 'BlockStatement':
      return {
        type: 'block',
        call: convertCall(node, false, depth),
        program: node.program ? inside(node.program) : null,
        inverse: node.inverse ? inside(node.inverse) : null,
        span,
      };
    case 'PartialStatement':
      return { ...convertPartial(node, depth), indent: node.indent, block: null, span };
    case 'PartialBlockStatement':
      return { ...convertPartial(node, depth), indent: '', block: inside(node.program), span };
    case 'Decorator':
      return { type: 'decorator', name: String(node.path.original), span };
    case 'DecoratorBlock': {
      const [name] = node.params;
      if (node.path.original === 'inline' && node.params.length === 1 && name?.type === 'StringLiteral' && node.program)
        return { type: 'inline', name: name.value, program: inside(node.program), span };
      return { type: 'decorator', name: String(node.path.original), span };
    }
  }
}

function convertPartial(
  node: {
    readonly name: HbPath | HbLiteral | HbSubExpression;
    readonly params: readonly HbExpression[];
    readonly hash?: { readonly pairs: readonly HbPair[] };
  },
  depth: number,
): Pick<PartialCall, 'type' | 'name' | 'nameSpan' | 'params' | 'hash'> {
  return {
    type: 'partial',
    name: node.name.type === 'SubExpression' ? null : String(node.name.original),
    nameSpan: node.name.loc.range,
    params: node.params.map((param) => convertExpression(param, depth)),
    hash: convertHash(node.hash, depth),
  };
}

function convertCall(node: HbCall, nested: boolean, depth: number): Call {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  return {
    type: 'call',
    callee: convertPath(node.path),
    params: node.params.map((param) => convertExpression(param, depth)),
    hash: convertHash(node.hash, depth),
    nested,
    span: node.loc.range,
  };
}

function convertExpression(node: HbExpression, depth: number): Expression {
  if (node.type === 'SubExpression') return convertCall(node, true, depth + 1);
  if (node.type === 'PathExpression') return convertPath(node);
  return { type: 'literal', value: node.value, span: node.loc.range };
}

function convertHash(hash: { readonly pairs: readonly HbPair[] } | undefined, depth: number): HashPair[] {
  return (hash?.pairs ?? []).map((pair) => ({
    key: pair.key,
    value: convertExpression(pair.value, depth),
    span: pair.loc.range,
  }));
}

/** A literal in the place of a name is a name: `{{"first name"}}` reads that member. */
function convertPath(node: HbPath | HbLiteral): Path {
  const name = String(node.original);
  const span = node.loc.range;
  if (node.type !== 'PathExpression')
    return { type: 'path', name, parts: [name], depth: 0, data: false, scoped: isScoped(name), span };
  return { type: 'path', name, parts: node.parts, depth: node.depth, data: node.data, scoped: isScoped(name), span };
}

/** Handlebars' own test, which also takes a name that merely ends in `this`. */
function isScoped(name: string): boolean {
  return /^\.|this\b/.test(name);
}
