import type { Draft } from '../prompt/draft.ts';
import type { PromptDocument } from '../prompt/promptDocument.ts';
import type { Call, Expression, Program } from '../prompt/syntaxTree.ts';

/**
 * What this prompt uses that another implementation of dotprompt cannot read. Spans are offsets in the template.
 *
 * The one for Go stands on raymond, which has the features of Handlebars 3 (its README): partials with content, partials
 * defined in place and `@partial-block` came with Handlebars 4. The helpers are those of Handlebars and of dotprompt, and
 * `log` writes to a place that a prompt cannot rely on.
 */
export function portabilityProblems({ program }: PromptDocument): Draft[] {
  const problems: Draft[] = [];
  const report = (what: string, instead: string, span: Draft['span']) =>
    problems.push({
      severity: 'info',
      code: 'not-portable',
      message: `${what} cannot be read by dotprompt for Go, whose templates are those of Handlebars 3.`,
      remedy: instead,
      span,
    });
  walk(program?.language === 'handlebars' ? program.tree : null);
  return problems;

  function walk(part: Program | null): void {
    for (const statement of part?.body ?? []) {
      switch (statement.type) {
        case 'block':
          visit(statement.call);
          walk(statement.program);
          walk(statement.inverse);
          break;
        case 'output':
          visit(statement.call);
          break;
        case 'inline':
          report('A partial that is defined in place', 'Put it into a file of its own.', tagSpan(statement.span));
          walk(statement.program);
          break;
        case 'partial':
          if (statement.name === '@partial-block') {
            report('{{>@partial-block}}', 'Pass the text to the partial as a value.', statement.span);
          } else if (statement.block !== null) {
            report('A partial with content of its own', `Write {{>${statement.name ?? 'name'}}}.`, statement.nameSpan);
            walk(statement.block);
          }
          break;
        default:
      }
    }
  }

  function visit(expression: Expression): void {
    if (expression.type !== 'call') return;
    const call: Call = expression;
    if (call.callee.name === 'log' && (call.params.length > 0 || call.nested)) {
      const message = '{{log}} writes nothing into the prompt, and where it writes differs between implementations.';
      problems.push({ severity: 'info', code: 'not-portable', message, remedy: 'Remove it.', span: call.callee.span });
    }
    for (const param of [...call.params, ...call.hash.map(({ value }) => value)]) visit(param);
  }
}

/** The first line of a block is enough to underline. */
function tagSpan([start, end]: Draft['span']): Draft['span'] {
  return [start, Math.min(end, start + '{{#*inline'.length)];
}
