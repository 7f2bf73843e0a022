import type { SourceRange } from '../problem.ts';

/** What a hover shows. Texts are plain; `code` is shown as it stands. */
export type Hover = {
  readonly range: SourceRange;
  readonly title: string;
  readonly lines: readonly string[];
  readonly code?: { readonly language: 'text' | 'json' | 'touchstone-prompt'; readonly text: string };
};
