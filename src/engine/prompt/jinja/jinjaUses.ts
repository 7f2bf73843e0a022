import type { JinjaExpression, JinjaStatement } from './jinjaTree.ts';

/** Calls back for each name that a template loops over, or writes as JSON. A name that it sets itself is told as well. */
export function jinjaUses(body: readonly JinjaStatement[], tell: (name: string, kind: 'list' | 'json') => void): void {
  for (const statement of body) {
    if (statement.type === 'for') {
      if (statement.list.type === 'name') tell(statement.list.name, 'list');
      jinjaUses([...statement.body, ...statement.otherwise], tell);
    } else if (statement.type === 'if') {
      for (const branch of statement.branches) jinjaUses(branch.body, tell);
      jinjaUses(statement.otherwise, tell);
    } else if (statement.type === 'output') {
      const name = shownAsJson(statement.value);
      if (name !== null) tell(name, 'json');
    } else if ('body' in statement) jinjaUses(statement.body, tell);
  }
}

function shownAsJson(expression: JinjaExpression): string | null {
  const isJson = expression.type === 'filtered' && expression.filter.name === 'tojson';
  return isJson && expression.value.type === 'name' ? expression.value.name : null;
}
