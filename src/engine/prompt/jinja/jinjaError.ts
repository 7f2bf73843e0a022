import type { Span } from '../handlebarsTree.ts';

/** Why a template cannot be read; spans are offsets in it. Thrown inside this folder only. */
export class JinjaSyntaxError extends Error {
  constructor(
    readonly code: 'template-syntax' | 'unbalanced-block' | 'unsupported-template' | 'nesting-too-deep',
    message: string,
    readonly remedy: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

/** A value that an operation cannot take. Whoever evaluates the expression adds its place. */
export class JinjaValueError extends Error {
  constructor(
    message: string,
    readonly remedy = 'Check the value, or test it with {% if %} first.',
    readonly code: 'template-value' | 'output-too-large' = 'template-value',
  ) {
    super(message);
  }
}
