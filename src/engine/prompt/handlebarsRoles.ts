import type { Span } from './handlebarsTree.ts';
import { ROLES, type Role } from './message.ts';
import type { Program } from './syntaxTree.ts';

/** A place where a turn begins; the role is null where a value decides. Offsets in the template. */
export type RoleMark = { readonly role: Role | null; readonly span: Span };

/** The `{{role "…"}}` of a template, in source order. */
export function handlebarsRoles(program: Program | null): RoleMark[] {
  return (program?.body ?? []).flatMap((statement): RoleMark[] => {
    if (statement.type === 'block')
      return [...handlebarsRoles(statement.program), ...handlebarsRoles(statement.inverse)];
    if (statement.type === 'partial') return handlebarsRoles(statement.block);
    if (statement.type === 'inline') return handlebarsRoles(statement.program);
    if (statement.type !== 'output' || statement.call.callee.name !== 'role') return [];
    const [param] = statement.call.params;
    const named = param?.type === 'literal' ? ROLES.find((role) => role === param.value) : undefined;
    return param === undefined ? [] : [{ role: named ?? null, span: statement.span }];
  });
}
