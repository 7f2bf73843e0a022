// The parser's own modules carry no types. Only what template.ts and convertTree.ts read is described.

declare module 'handlebars/dist/cjs/handlebars/compiler/parser.js' {
  const parser: import('./handlebarsTree.ts').JisonParser;
  export default parser;
}

declare module 'handlebars/dist/cjs/handlebars/compiler/helpers.js' {
  type Prepare = (...parts: unknown[]) => unknown;
  export const id: Prepare;
  export const stripFlags: Prepare;
  export const stripComment: Prepare;
  export const preparePath: Prepare;
  export const prepareMustache: Prepare;
  export const prepareRawBlock: Prepare;
  export const prepareBlock: Prepare;
  export const prepareProgram: Prepare;
  export const preparePartialBlock: Prepare;
}

declare module 'handlebars/dist/cjs/handlebars/compiler/whitespace-control.js' {
  export default class WhitespaceControl {
    constructor(options?: { ignoreStandalone?: boolean });
    accept(program: import('./handlebarsTree.ts').HbProgram): import('./handlebarsTree.ts').HbProgram;
  }
}
