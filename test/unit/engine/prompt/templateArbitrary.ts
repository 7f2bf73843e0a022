import fc from 'fast-check';

/** Templates inside the strict profile, with the partials that they may call and values to render them with. */
export type GeneratedPrompt = {
  readonly template: string;
  readonly partials: { readonly [name: string]: string };
  readonly vars: { readonly [name: string]: unknown };
};

const TEXTS = [
  'Hello',
  ', ',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '  \n',
  '\t',
  '\r\n',
  '.',
  'né 世 🙂',
  '<b>&"`=',
  '{ ',
  ' }',
  '\\{{a}}',
  '\\\\',
];
const PATHS = [
  ...['a', 'b', 'flag', 'list', 'obj', 'rows', 'missing', 'this', '.', 'this.a', './b', '../a', '../this', '../../b'],
  ...['obj.x', 'obj.y.z', 'obj/x', 'obj.[first name]', 'list.length', 'list.[0]', 'rows.[1].x', 'a.length', 'x', 'y'],
  ...[
    '@index',
    '@key',
    '@first',
    '@last',
    '@../index',
    '@root.a',
    '@root.obj.x',
    '@state.n',
    '@nothing',
    '"quoted name"',
  ],
  ...[
    'constructor',
    '__proto__',
    'toString',
    'obj.constructor.name',
    'list.map',
    'a.trim',
    'xthis',
    'item',
    'at',
    'item.x',
  ],
];
const PARAMS = [
  ...PATHS.filter((path) => !path.startsWith('"')),
  '"text"',
  "'it'",
  '0',
  '1',
  '-2.5',
  'true',
  'false',
  'null',
];

const path = fc.constantFrom(...PATHS);
const plainParam = fc.constantFrom(...PARAMS);
const param = fc.oneof(
  { weight: 6, arbitrary: plainParam },
  { weight: 1, arbitrary: fc.tuple(plainParam, plainParam).map(([of, key]) => `(lookup ${of} ${key})`) },
);
const open = fc.constantFrom('{{', '{{', '{{', '{{~', '{{ ');
const close = fc.constantFrom('}}', '}}', '}}', '~}}', ' }}');

const text = fc.array(fc.constantFrom(...TEXTS), { maxLength: 4 }).map((parts) => parts.join(''));

function tag(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(open, inner, close).map((parts) => parts.join(''));
}

/** The reference adds numbers and truth values that follow each other without text between: `{{a}}{{b}}` of 1 and 2 is 3. */
const apart = fc.constantFrom('·', '· ', '·\n', '·\n  ');

const bareOutput = fc.oneof(
  { weight: 6, arbitrary: tag(path) },
  { weight: 1, arbitrary: path.map((name) => `{{{${name}}}}`) },
  { weight: 1, arbitrary: path.map((name) => `{{&${name}}}`) },
  { weight: 1, arbitrary: tag(fc.tuple(param, param).map(([of, key]) => `lookup ${of} ${key}`)) },
  { weight: 1, arbitrary: tag(param.map((value) => `json ${value}`)) },
  { weight: 1, arbitrary: tag(fc.tuple(param, fc.nat(4)).map(([value, indent]) => `json ${value} indent=${indent}`)) },
  { weight: 1, arbitrary: fc.constantFrom('{{! a comment }}', '{{!-- with }} --}}', '{{~! close ~}}') },
);

const output = fc.tuple(apart, bareOutput).map((parts) => parts.join(''));

/** Helper with parameters, the names that it gives, and how it is closed. */
const opening = fc.oneof(
  ...['if', 'unless'].map((name) => param.map((value) => [`${name} ${value}`, name] as const)),
  param.map((value) => [`if ${value} includeZero=true`, 'if'] as const),
  ...['ifEquals', 'unlessEquals'].map((name) =>
    fc.tuple(param, param).map(([a, b]) => [`${name} ${a} ${b}`, name] as const),
  ),
  fc
    .tuple(param, fc.constantFrom('', ' as |item|', ' as |item at|'))
    .map(([v, as]) => [`each ${v}${as}`, 'each'] as const),
  fc.tuple(param, fc.constantFrom('', ' as |item|')).map(([value, as]) => [`with ${value}${as}`, 'with'] as const),
  fc.constantFrom('a', 'flag', 'list', 'obj', 'missing', 'this.rows', '../obj').map((name) => [name, name] as const),
);

function block(inside: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const elses = fc.constantFrom('', '{{else}}', '{{~else~}}', '{{^}}', '\n{{else}}\n');
  const chain = fc.option(
    fc.tuple(param, inside).map(([value, body]) => `{{else if ${value}}}${body}`),
    { nil: '' },
  );
  return fc
    .tuple(fc.constantFrom('#', '#', '#', '^'), opening, open, close, inside, elses, inside, chain, open, close)
    .map(([sign, [call, name], o1, c1, body, otherwise, rest, chained, o2, c2]) => {
      const head = `${o1.trimEnd()}${sign}${sign === '^' ? call.replace(/ as \|.*$/, '') : call}${c1}`;
      const tail = `${o2.trimEnd()}/${name}${c2}`;
      return `${head}${body}${sign === '#' ? chained : ''}${otherwise === '' ? '' : otherwise + rest}${tail}`;
    });
}

function partialCall(inside: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const name = fc.constantFrom('plain', 'lines', 'nested');
  const given = fc.constantFrom('', ' @root.obj', ' this', ' a=b', ' obj a="given" x=list', ' @root.list', ' a n=1');
  return fc.oneof(
    fc.tuple(open, name, given, close).map(([o, partial, args, c]) => `${o.trimEnd()}> ${partial}${args}${c}`),
    fc.tuple(fc.constantFrom('\n', ''), name).map(([line, partial]) => `${line}   {{> ${partial}}}\n`),
    fc.tuple(name, given, inside).map(([partial, args, body]) => `{{#> ${partial}${args}}}${body}{{/${partial}}}`),
    inside.map((body) => `{{#> layout}}${body}{{/layout}}`),
    inside.map((body) => `{{#> absent}}${body}{{/absent}}`),
    inside.map((body) => `{{#*inline "local"}}${body}{{/inline}}{{> local}}{{> local a="given"}}`),
  );
}

/** Turns and parts; only outside of partials, where they would be rare in practice. */
const structure = fc.constantFrom(
  ...[
    '{{role "system"}}',
    '{{role "user"}}',
    '{{role "model"}}',
    '{{role "tool"}}',
    '{{role @root.who}}',
    '{{history}}',
  ],
  ...[
    '{{section "plan"}}',
    '{{media url=@root.url}}',
    '{{media url=@root.url contentType="image/png"}}',
    '\n{{role "user"}}\n',
  ],
);

function body(depth: number, withStructure: boolean, withPartials: boolean): fc.Arbitrary<string> {
  const leaves: fc.WeightedArbitrary<string>[] = [
    { weight: 4, arbitrary: text },
    { weight: 4, arbitrary: output },
  ];
  if (withStructure) leaves.push({ weight: 1, arbitrary: structure });
  if (depth > 0) {
    const inside = body(depth - 1, withStructure, withPartials);
    leaves.push({ weight: 3, arbitrary: block(inside) });
    if (withPartials) leaves.push({ weight: 2, arbitrary: partialCall(inside) });
  }
  return fc.array(fc.oneof(...leaves), { maxLength: 5 }).map((parts) => parts.join(''));
}

const scalar = fc.oneof(
  fc.constantFrom<unknown>('', 'word', 'two\nlines', ' ', 0, 1, -0, 1.5, true, false, '<i>', '{{a}}', 'first name'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const row = fc.record(
  { x: scalar, y: fc.constantFrom<unknown>('deep', { z: 'z' }, []), a: scalar },
  { requiredKeys: [], noNullPrototype: true },
);

// No null, and nothing missing as the context of a partial: inside a condition the reference then shows an empty object
// for `this` and counts one level more, where here `this` stays what it is.
const vars = fc.record(
  {
    a: scalar,
    b: fc.oneof(scalar, row),
    flag: fc.constantFrom<unknown>(true, false, 0, 'yes'),
    list: fc.array(fc.oneof(scalar, row, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }),
    rows: fc.array(row, { maxLength: 3 }),
    obj: fc.oneof(row, fc.constant({ x: 1, 'first name': 'Ada', y: { z: [1, [2, 3]] } }), fc.constant({})),
    'quoted name': scalar,
    xthis: scalar,
  },
  { requiredKeys: ['list', 'obj'], noNullPrototype: true },
);

export const generatedPrompt: fc.Arbitrary<GeneratedPrompt> = fc.record({
  template: body(3, true, true),
  partials: fc.record({
    plain: body(1, false, false),
    lines: body(1, false, false).map((inner) => `first\n${inner}\n\n  last\n`),
    nested: body(1, false, false).map((inner) => `[{{> plain}}${inner}\n  {{> lines a="in"}}\n]`),
    layout: body(1, false, false).map(
      (inner) => `<{{> @partial-block}}|${inner}|{{#if a}}\n {{> @partial-block}}\n{{/if}}>`,
    ),
  }),
  vars: vars.map((given) => ({ ...given, who: 'model', url: 'https://example.com/a.png' })),
});
