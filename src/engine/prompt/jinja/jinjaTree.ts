import type { Span } from '../handlebarsTree.ts';

/** A Jinja2 template. White space is already stripped; comments keep their place only. Spans are offsets in the template. */
export type JinjaTree = { readonly body: readonly JinjaStatement[] };

type Located = { readonly span: Span };
type Body = readonly JinjaStatement[];

export type JinjaStatement =
  | (Located & { readonly type: 'text'; readonly value: string })
  | (Located & { readonly type: 'comment' })
  | (Located & { readonly type: 'output'; readonly value: JinjaExpression })
  | (Located & { readonly type: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Body })
  | JinjaFor
  | (Located & { readonly type: 'set'; readonly target: Target; readonly value: JinjaExpression })
  | (Located & {
      readonly type: 'setBlock';
      readonly target: Target;
      readonly filters: readonly FilterCall[];
      readonly body: Body;
    })
  | (Located & { readonly type: 'with'; readonly values: readonly Assignment[]; readonly body: Body })
  | (Located & { readonly type: 'filter'; readonly filters: readonly FilterCall[]; readonly body: Body })
  | JinjaMacro
  | (Located & {
      readonly type: 'include';
      readonly name: string;
      readonly nameSpan: Span;
      readonly optional: boolean;
      readonly withContext: boolean;
    });

export type Branch = { readonly test: JinjaExpression; readonly body: Body };
export type JinjaFor = Located & {
  readonly type: 'for';
  readonly target: Target;
  readonly list: JinjaExpression;
  readonly condition: JinjaExpression | null;
  readonly body: Body;
  readonly otherwise: Body;
};
export type JinjaMacro = Located & {
  readonly type: 'macro';
  readonly name: string;
  readonly params: readonly { readonly name: string; readonly fallback: JinjaExpression | null }[];
  readonly body: Body;
};
export type Assignment = { readonly target: Target; readonly value: JinjaExpression };

/** What is assigned to: a name, an attribute of a namespace, or several of them. */
export type Target = Located &
  (
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'attribute'; readonly object: string; readonly name: string }
    | { readonly type: 'targets'; readonly targets: readonly Target[] }
  );

export type FilterCall = Located & { readonly name: string; readonly nameSpan: Span; readonly args: CallArguments };
export type CallArguments = {
  readonly positional: readonly JinjaExpression[];
  readonly named: readonly { readonly name: string; readonly value: JinjaExpression }[];
};

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '~';
export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export type JinjaExpression =
  | (Located & { readonly type: 'literal'; readonly value: string | boolean | null })
  | (Located & { readonly type: 'number'; readonly value: number; readonly isFloat: boolean })
  | (Located & { readonly type: 'name'; readonly name: string })
  | (Located & { readonly type: 'list' | 'tuple'; readonly items: readonly JinjaExpression[] })
  | (Located & { readonly type: 'dict'; readonly items: readonly (readonly [JinjaExpression, JinjaExpression])[] })
  | (Located & { readonly type: 'attribute'; readonly object: JinjaExpression; readonly name: string })
  | (Located & { readonly type: 'item'; readonly object: JinjaExpression; readonly key: JinjaExpression })
  | (Located & {
      readonly type: 'slice';
      readonly object: JinjaExpression;
      readonly bounds: readonly (JinjaExpression | null)[];
    })
  | (Located & { readonly type: 'call'; readonly callee: JinjaExpression; readonly args: CallArguments })
  | (Located & { readonly type: 'filtered'; readonly value: JinjaExpression; readonly filter: FilterCall })
  | (Located & {
      readonly type: 'test';
      readonly value: JinjaExpression;
      readonly test: FilterCall;
      readonly negated: boolean;
    })
  | (Located & { readonly type: 'unary'; readonly operator: '-' | '+' | 'not'; readonly value: JinjaExpression })
  | (Located & {
      readonly type: 'binary';
      readonly operator: BinaryOperator | 'and' | 'or';
      readonly left: JinjaExpression;
      readonly right: JinjaExpression;
    })
  | (Located & {
      readonly type: 'comparison';
      readonly first: JinjaExpression;
      readonly rest: readonly { readonly operator: Comparator; readonly value: JinjaExpression }[];
    })
  | (Located & {
      readonly type: 'condition';
      readonly test: JinjaExpression;
      readonly then: JinjaExpression;
      readonly otherwise: JinjaExpression | null;
    });
