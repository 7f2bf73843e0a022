import type { JsonObject } from '../json.ts';
import { checkTemplate } from './checkTemplate.ts';
import { interpret } from './interpret.ts';
import { rootScope } from './scope.ts';
import { parseTemplate } from './template.ts';

/** Text with values in it, read once for many renderings. */
export type TextTemplate = (scope: JsonObject) => { readonly text: string } | { readonly problem: string };

/** A template of the prompts' language that makes plain text, as in a metric's `"{{expected.category}}"`. */
export function renderText(
  template: string,
  scope: JsonObject,
): { readonly text: string } | { readonly problem: string } {
  const compiled = readText(template);
  return 'problem' in compiled ? compiled : compiled.render(scope);
}

/** Reads such a template. Partials, roles, history, media and sections are problems: they make no text. */
export function readText(template: string): { readonly render: TextTemplate } | { readonly problem: string } {
  const parsed = parseTemplate(template);
  if ('error' in parsed) return { problem: parsed.error.message };
  const { program } = parsed;
  const use = checkTemplate(program);
  const error = use.problems.find((problem) => problem.severity === 'error');
  if (error) return { problem: error.message };
  if (use.partials.length > 0) return { problem: 'A text template has no partials.' };
  return {
    render: (scope) => {
      try {
        const pieces = interpret(program, rootScope(scope, {}, null, new Map()));
        let text = '';
        for (const piece of pieces) {
          if (piece.type !== 'text') return { problem: 'A text template makes no messages or parts.' };
          text += piece.text;
        }
        return { text };
      } catch (failure) {
        return { problem: failure instanceof Error ? failure.message : String(failure) };
      }
    },
  };
}
