import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../json.ts';

/** What a name in front of a column stands for, here and in the queries around it. */
type Scope = { readonly names: ReadonlyMap<string, string>; readonly isSingle: boolean; readonly outer: Scope | null };

const NOWHERE: Scope = { names: new Map(), isSingle: false, outer: null };
const SORTED = new Set(['=', '!=', '+', '*']);
const TURNED: { readonly [op: string]: string } = { '>': '<', '>=': '<=' };

/**
 * The tree of a statement with what does not matter taken out: names of tables in it, the order of what AND, OR, `=`, `+`, `*` and a list
 * combine, the side of `<`, BETWEEN, the place of an inner join's condition, ASC, and what the outermost columns are called.
 *
 * Every change keeps the rows that a query gives on any database, so that two statements with one normal form are equivalent. The reverse
 * does not hold: no such rules find every pair that is.
 *
 * @param tree as pgsql-ast-parser gives it
 */
export function normaliseSql(tree: Json): Json {
  return isJsonObject(tree) ? withoutTitles(normalise(tree, NOWHERE)) : tree;
}

function normalise(node: Json, scope: Scope): Json {
  if (Array.isArray(node)) return node.map((each) => normalise(each, scope));
  if (!isJsonObject(node)) return node;
  if (node['type'] === 'select') return normaliseSelect(node, scope);
  if (node['type'] === 'ref') return normaliseRef(node, scope);
  const inner: JsonObject = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, normalise(value, scope)]),
  );
  if (node['type'] === 'binary') return normaliseBinary(inner);
  if (node['type'] === 'ternary' && node['op'] === 'BETWEEN') {
    const { value = null, lo = null, hi = null } = inner;
    return joined('AND', [binary('<=', lo, value), binary('<=', value, hi)]);
  }
  if ('by' in inner) return { ...inner, order: inner['order'] ?? 'ASC' };
  return inner;
}

function normaliseBinary(node: JsonObject): Json {
  const { op, left = null, right = null } = node;
  if (op === 'AND' || op === 'OR') return joined(op, [left, right]);
  if (typeof op !== 'string') return node;
  if (op in TURNED) return binary(TURNED[op] ?? op, right, left);
  if (SORTED.has(op)) {
    const [first = null, second = null] = sorted([left, right]);
    return binary(op, first, second);
  }
  const isList = isJsonObject(right) && right['type'] === 'list' && Array.isArray(right['expressions']);
  if ((op === 'IN' || op === 'NOT IN') && isList)
    return binary(op, left, { ...right, expressions: unique(sorted(right['expressions'] as Json[])) });
  return node;
}

function binary(op: string, left: Json, right: Json): JsonObject {
  return { type: 'binary', op, left, right };
}

/** Conditions that all hold, or of which one does: in one order, each once. */
function joined(op: 'AND' | 'OR', parts: readonly Json[]): JsonObject {
  const flat = parts.flatMap((part) =>
    isJsonObject(part) && part['type'] === 'joined' && part['op'] === op ? (part['parts'] as Json[]) : [part],
  );
  return { type: 'joined', op, parts: unique(sorted(flat)) };
}

function normaliseSelect(select: JsonObject, outer: Scope): JsonObject {
  const from = Array.isArray(select['from']) ? select['from'].filter(isJsonObject) : [];
  const scope = scopeOf(from, outer);
  const isInner = from.every(({ join }) => !isJsonObject(join) || isPlainJoin(join));
  const conditions: Json[] = [];
  const tables = from.map((item) => {
    const { join, ...rest } = item;
    const table = unnamed(rest, scope, outer);
    if (!isJsonObject(join)) return table;
    if (!isInner) return { ...table, join: normalise(join, scope) };
    if (join['on'] !== undefined) conditions.push(normalise(join['on'], scope));
    return table;
  });
  const { type, from: _, where, columns, ...rest } = select;
  const all = where === undefined ? conditions : [...conditions, normalise(where, scope)];
  const [first] = all;
  const condition = all.length > 1 ? joined('AND', all) : first;
  const given = normalise(columns ?? [], scope) as Json[];
  return {
    ...(normalise(rest, scope) as JsonObject),
    type: type ?? 'select',
    columns: given,
    // The order of tables shows in `*` alone, and in what an outer join hangs on.
    from: isInner && !hasStar(given) ? sorted(tables) : tables,
    ...(condition === undefined ? {} : { where: condition }),
  };
}

/** One whose condition may as well stand in WHERE; USING makes one column of two. */
function isPlainJoin({ type, using }: JsonObject): boolean {
  return (type === 'INNER JOIN' || type === 'CROSS JOIN') && using === undefined;
}

/** Tables by what they are and the how-manieth of its kind; at each depth others, so that no name hides another. */
function scopeOf(from: readonly JsonObject[], outer: Scope): Scope {
  const depth = depthOf(outer);
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  for (const item of from) {
    const { table, alias } = namesOf(item);
    const count = (seen.get(table) ?? 0) + 1;
    seen.set(table, count);
    if (alias !== null) names.set(alias, `${depth}.${table}.${count}`);
  }
  return { names, isSingle: from.length === 1, outer };
}

function depthOf(scope: Scope | null): number {
  return scope === null ? 0 : 1 + depthOf(scope.outer);
}

function namesOf(item: JsonObject): { readonly table: string; readonly alias: string | null } {
  const { name, alias } = item;
  if (!isJsonObject(name)) return { table: '()', alias: typeof alias === 'string' ? alias : null };
  const own = `${name['schema'] === undefined ? '' : `${name['schema']}.`}${name['name']}`;
  return { table: own, alias: String(name['alias'] ?? name['name']) };
}

/** A table under the name that it has in its scope. */
function unnamed(item: JsonObject, scope: Scope, outer: Scope): JsonObject {
  const { alias } = namesOf(item);
  const as = alias === null ? null : (scope.names.get(alias) ?? null);
  const { name, alias: _, ...rest } = item;
  // A query in FROM does not see the tables beside it.
  const inner = normalise(rest, outer) as JsonObject;
  if (!isJsonObject(name)) return { ...inner, as };
  const { alias: __, ...plain } = name;
  return { ...inner, name: plain, as };
}

function normaliseRef(ref: JsonObject, scope: Scope): JsonObject {
  const table = isJsonObject(ref['table']) ? ref['table'] : null;
  if (table === null || table['schema'] !== undefined) return ref;
  const name = String(table['name']);
  const { table: _, ...bare } = ref;
  if (scope.isSingle && scope.names.has(name)) return bare;
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.names.get(name);
    if (found !== undefined) return { ...bare, table: found };
  }
  return ref;
}

/**
 * What the columns of the outermost query are called is no part of its rows. ORDER BY may name them, or count them; where GROUP BY or
 * HAVING say such a name, nobody can know whether they mean it.
 */
function withoutTitles(node: Json): Json {
  if (!isJsonObject(node)) return node;
  const { type, columns } = node;
  if (type === 'with') return { ...node, in: withoutTitles(node['in'] ?? null) };
  if (type === 'union' || type === 'union all') {
    const { left = null, right = null } = node;
    return { ...node, left: 'orderBy' in node ? left : withoutTitles(left), right: withoutTitles(right) };
  }
  if (type !== 'select' || !Array.isArray(columns)) return node;
  const titled = columns.filter(isJsonObject);
  const titles = new Map(
    titled.flatMap(({ alias, expr }) => (isJsonObject(alias) ? [[String(alias['name']), expr ?? null] as const] : [])),
  );
  const elsewhere = canonicalJson([node['groupBy'] ?? null, node['having'] ?? null]);
  if ([...titles.keys()].some((title) => elsewhere.includes(JSON.stringify(title)))) return node;
  const meant = (by: Json): Json => {
    if (!isJsonObject(by)) return by;
    if (by['type'] === 'integer' && !hasStar(columns)) return titled[Number(by['value']) - 1]?.['expr'] ?? by;
    return by['type'] === 'ref' && by['table'] === undefined ? (titles.get(String(by['name'])) ?? by) : by;
  };
  const order = Array.isArray(node['orderBy']) ? node['orderBy'].filter(isJsonObject) : null;
  return {
    ...node,
    columns: titled.map(({ alias: _, ...column }) => column),
    ...(order && { orderBy: order.map((each) => ({ ...each, by: meant(each['by'] ?? null) })) }),
  };
}

function hasStar(columns: readonly Json[]): boolean {
  return columns.some((column) => {
    const expr = isJsonObject(column) ? column['expr'] : null;
    return isJsonObject(expr) && expr['type'] === 'ref' && expr['name'] === '*';
  });
}

function sorted(parts: readonly Json[]): Json[] {
  return parts
    .map((part) => ({ part, key: canonicalJson(part) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ part }) => part);
}

function unique(parts: readonly Json[]): Json[] {
  return parts.filter((part, index) => index === 0 || canonicalJson(part) !== canonicalJson(parts[index - 1] ?? null));
}
