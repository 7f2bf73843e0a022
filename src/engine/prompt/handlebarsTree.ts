/** The tree and the parser object of the handlebars package, as far as they are read here. Offsets come from the lexer. */

/** Start and end offset in the template; `end` is exclusive. */
export type Span = readonly [start: number, end: number];

export type JisonLocation = { readonly range: Span };

export type JisonLexer = {
  readonly EOF: number;
  options: { ranges?: boolean };
  readonly yylloc: JisonLocation;
  readonly offset: number;
  setInput(input: string): void;
  lex(): number | string;
  /** undefined for what makes no token. */
  next(): number | string | undefined;
};

export type JisonParser = {
  lexer: JisonLexer;
  yy: object;
  readonly symbols_: { readonly [symbol: string]: number };
  parse(input: string): HbProgram;
};

type Located = { readonly loc: { readonly range: Span } };

/** Programs made of nothing have no location. */
export type HbProgram = {
  readonly type: 'Program';
  readonly body: readonly HbStatement[];
  readonly blockParams?: readonly string[];
};

export type HbCall = Located & {
  readonly path: HbPath | HbLiteral;
  readonly params: readonly HbExpression[];
  readonly hash?: { readonly pairs: readonly HbPair[] };
};
export type HbPair = Located & { readonly key: string; readonly value: HbExpression };

export type HbPath = Located & {
  readonly type: 'PathExpression';
  readonly data: boolean;
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
};
export type HbLiteral = Located &
  (
    | { readonly type: 'StringLiteral'; readonly value: string; readonly original: string }
    | { readonly type: 'NumberLiteral'; readonly value: number; readonly original: number }
    | { readonly type: 'BooleanLiteral'; readonly value: boolean; readonly original: boolean }
    | { readonly type: 'UndefinedLiteral'; readonly value: undefined; readonly original: undefined }
    | { readonly type: 'NullLiteral'; readonly value: null; readonly original: null }
  );
export type HbSubExpression = HbCall & { readonly type: 'SubExpression' };
export type HbExpression = HbPath | HbLiteral | HbSubExpression;

type HbPartialName = HbPath | HbLiteral | HbSubExpression;
type HbPartialCall = Located & {
  readonly name: HbPartialName;
  readonly params: readonly HbExpression[];
  readonly hash?: { readonly pairs: readonly HbPair[] };
};

export type HbStatement =
  | (Located & { readonly type: 'ContentStatement'; readonly value: string })
  | (Located & { readonly type: 'CommentStatement' })
  | (HbCall & { readonly type: 'MustacheStatement' | 'Decorator' })
  | (HbCall & {
      readonly type: 'BlockStatement' | 'DecoratorBlock';
      readonly program?: HbProgram;
      readonly inverse?: HbProgram;
    })
  | (HbPartialCall & { readonly type: 'PartialStatement'; readonly indent: string })
  | (HbPartialCall & { readonly type: 'PartialBlockStatement'; readonly program: HbProgram });
