import type { Draft } from '../draft.ts';
import { HELPERS } from '../helperTable.ts';
import type { PromptProgram, TurnRule } from '../program.ts';
import type { Call, Program } from '../syntaxTree.ts';
import { parseTemplate } from '../template.ts';

/**
 * A Mustache template as a part of a document. Handlebars' grammar reads it; what only Handlebars has, and Mustache's own
 * delimiters and partials, are problems. Values are not escaped for HTML, which a prompt never is.
 */
export function readMustache(
  template: string,
  turns: TurnRule,
): { readonly program: PromptProgram | null; readonly templateProblems: readonly Draft[] } {
  const parsed = parseTemplate(template);
  if ('error' in parsed) return { program: null, templateProblems: [{ severity: 'error', ...parsed.error }] };
  const tree = parsed.program;
  return { program: { language: 'handlebars', tree, turns }, templateProblems: foreignTags(tree) };
}

function foreignTags(program: Program | null): Draft[] {
  return (program?.body ?? []).flatMap((statement): Draft[] => {
    switch (statement.type) {
      case 'text':
      case 'comment':
        return [];
      case 'output':
        return foreignCall(statement.call);
      case 'block':
        return [...foreignCall(statement.call), ...foreignTags(statement.program), ...foreignTags(statement.inverse)];
      default:
        return [unsupported('Partials and decorators', statement.span)];
    }
  });
}

function foreignCall(call: Call): Draft[] {
  const { callee, params, hash, span } = call;
  if (params.length > 0 || hash.length > 0) return [unsupported('A tag with arguments', span)];
  const [name = ''] = callee.parts;
  if (callee.data || callee.depth > 0) return [unsupported(`"${callee.name}"`, callee.span)];
  return HELPERS.has(name) ? [unsupported(`A variable named "${name}"`, callee.span)] : [];
}

function unsupported(what: string, span: Draft['span']): Draft {
  const message = `${what} cannot be used in a Mustache template here.`;
  const remedy = 'Use variables and sections with other names, or write the template in Jinja2.';
  return { severity: 'error', code: 'unsupported-template', message, remedy, span };
}
