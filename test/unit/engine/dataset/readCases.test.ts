import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { datasetFormat } from '../../../../src/engine/dataset/datasetFormat.ts';
import { readAll } from './support.ts';

describe('datasetFormat', () => {
  it.each([
    ['a.csv', 'csv'],
    ['x/y.TSV', 'tsv'],
    ['a.b.jsonl', 'jsonl'],
    ['a.ndjson', 'jsonl'],
    ['a.json', 'json'],
    ['a.yml', 'yaml'],
    ['a.yaml', 'yaml'],
    ['a.xlsx', null],
    ['csv', null],
    ['folder.csv/data', null],
    ['a.constructor', null],
  ])('%s is %s', (path, format) => {
    expect(datasetFormat(path)).toBe(format);
  });
});

describe('the same rows in every format', () => {
  const texts: [string, string][] = [
    ['d.csv', 'id,ticket,expected.category,tags\r\na,"Hello,\r\n""you""",billing,"x,y"\r\nb,再见,bug,\r\n'],
    ['d.tsv', 'id\tticket\texpected.category\ttags\na\t"Hello,\r\n""you"""\tbilling\tx,y\nb\t再见\tbug\t'],
    [
      'd.jsonl',
      '{"id":"a","ticket":"Hello,\\r\\n\\"you\\"","expected":{"category":"billing"},"tags":["x","y"]}\n\n{"id":"b","ticket":"再见","expected":{"category":"bug"}}',
    ],
    [
      'd.json',
      '[ {"id":"a","ticket":"Hello,\\r\\n\\"you\\"","expected":{"category":"billing"},"tags":["x","y"]},\n{"id":"b","ticket":"再见","expected.category":"bug"}]',
    ],
    [
      'd.yaml',
      '- id: a\n  ticket: "Hello,\\r\\n\\"you\\""\n  expected: {category: billing}\n  tags: x;y\n- id: b\n  ticket: 再见\n  expected.category: bug\n',
    ],
  ];
  it.each(texts)('%s', async (path, text) => {
    const { cases, problems } = await readAll(path, text);
    expect(problems).toEqual([]);
    expect(cases.map(({ row: _row, line: _line, ...rest }) => rest)).toEqual([
      {
        id: 'a',
        vars: { ticket: 'Hello,\r\n"you"' },
        expected: { category: 'billing' },
        tags: ['x', 'y'],
        metadata: {},
        index: 0,
      },
      { id: 'b', index: 1, vars: { ticket: '再见' }, expected: { category: 'bug' }, tags: [], metadata: {} },
    ]);
  });
});

describe('lines', () => {
  it.each([
    ['d.csv', 'a,b\n"1\n\n2",x\n\ny,z\n', [1, 5]],
    ['d.csv', 'a\r\n\r\n1\r\n"2\r\n"\r\n3', [2, 3, 5]],
    ['d.csv', 'a\r\n1\n2\r\n3', [1, 2, 3]],
    ['d.jsonl', '{"a":1}\n\n\n{"a":2}', [0, 3]],
    ['d.json', '[\n  {"a":\n1},\n\n {"a":2}]', [1, 4]],
    ['d.yaml', '# rows\n- a: 1\n  b: 2\n\n- a: 2\n', [1, 4]],
  ])('%s %j', async (path, text, lines) => {
    const { cases, problems } = await readAll(path, text);
    expect(problems).toEqual([]);
    expect(cases.map(({ line }) => line)).toEqual(lines);
  });
});

describe('values stay as they are', () => {
  it.each<[string, string, unknown[]]>([
    ['numbers and booleans of a table are text', 'a,b,c\n007,1.50,TRUE\n', [{ a: '007', b: '1.50', c: 'TRUE' }]],
    ['white space and empty cells', 'a,b\n  x ,\n', [{ a: '  x ', b: '' }]],
    ['quotes inside an unquoted cell', 'a,b\n5" pipe,say ""x""\n', [{ a: '5" pipe', b: 'say ""x""' }]],
    ['a quoted last cell that ends in CR', 'a,b\r\nx,"y\r"\r\n', [{ a: 'x', b: 'y\r' }]],
    ['a quoted last cell of quote and CR', 'a,b\r\nx,"""\r"\r\n', [{ a: 'x', b: '"\r' }]],
    ['an unquoted last cell in CRLF', 'a,b\r\n"x",y\r\n', [{ a: 'x', b: 'y' }]],
    ['an empty quoted cell of a single column', 'a\n""\nb', [{ a: '' }, { a: 'b' }]],
    ['a column named __proto__', '__proto__,constructor\n1,2\n', [JSON.parse('{"__proto__":"1","constructor":"2"}')]],
    ['white space around column names', ' a , b\n1,2\n', [{ a: '1', b: '2' }]],
    ['spaces after a quoted cell', 'a,b\n"1" ,"2" \n', [{ a: '1', b: '2' }]],
  ])('%s', async (_name, text, rows) => {
    const { cases, problems } = await readAll('d.csv', text);
    expect(problems).toEqual([]);
    expect(cases.map(({ row }) => row)).toEqual(rows);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it('JSON keeps its types', async () => {
    const { cases } = await readAll('d.jsonl', '{"n":1.5,"b":true,"l":[1],"o":{"x":null},"expected":null}');
    expect(cases[0]?.vars).toEqual({ n: 1.5, b: true, l: [1], o: { x: null } });
    expect(cases[0]?.expected).toBeNull();
  });
});

describe('columns with a meaning', () => {
  it('builds expected and metadata from dotted columns, empty cells left out', async () => {
    const text = 'q,expected.a.b,expected.a.c,metadata.source.url,metadata.n,expected.__proto__.x\nhi,1,,http://x,,9\n';
    const { cases, problems } = await readAll('d.csv', text);
    expect(problems).toEqual([]);
    expect(cases[0]?.vars).toEqual({ q: 'hi' });
    expect(JSON.stringify(cases[0]?.expected)).toBe('{"a":{"b":"1"},"__proto__":{"x":"9"}}');
    expect(cases[0]?.metadata).toEqual({ source: { url: 'http://x' } });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('an empty expected cell is unknown, not empty', async () => {
    const { cases } = await readAll('d.csv', 'q,expected\na,\nb,x\n');
    expect(cases.map((testCase) => 'expected' in testCase)).toEqual([false, true]);
  });

  it('parts beside a whole object go together', async () => {
    const { cases } = await readAll('d.jsonl', '{"expected":{"a":1,"d":{"x":1}},"expected.b":2,"expected.d.y":3}');
    expect(cases[0]?.expected).toEqual({ a: 1, b: 2, d: { x: 1, y: 3 } });
    expect(cases[0]?.row['expected']).toEqual({ a: 1, d: { x: 1 } });
  });

  it.each([
    ['x, y;z,,x', ['x', 'y', 'z']],
    ['["a,b","c"]', ['a,b', 'c']],
    ['', []],
    ['[x', ['[x']],
  ])('tags %j', async (cell, tags) => {
    const { cases, problems } = await readAll('d.csv', `q,tags\n1,"${cell.replaceAll('"', '""')}"\n`);
    expect(problems).toEqual([]);
    expect(cases[0]?.tags).toEqual(tags);
  });

  it('history becomes messages', async () => {
    const history = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [{ text: 'Hello' }] },
    ];
    const { cases, problems } = await readAll('d.jsonl', JSON.stringify({ q: 1, history }));
    expect(problems).toEqual([]);
    expect(cases[0]?.history).toEqual([
      { role: 'user', content: [{ text: 'Hi' }] },
      { role: 'model', content: [{ text: 'Hello' }] },
    ]);
  });

  it('a mapping names the columns otherwise', async () => {
    const mapping = { vars: { ticket: 'text' }, expected: 'label', id: 'key', tags: 'group' };
    const { cases } = await readAll('d.csv', 'key,text,label,group,other,expected\n7,hi,x,a,?,!\n', mapping);
    expect(cases[0]).toMatchObject({ id: '7', vars: { ticket: 'hi' }, expected: 'x', tags: ['a'] });
    expect(cases[0]?.row).toEqual({ key: '7', text: 'hi', label: 'x', group: 'a', other: '?', expected: '!' });
  });
});

describe('ids', () => {
  it('are the hash of the content when none is given, and copies are numbered', async () => {
    const { cases } = await readAll('d.csv', 'q,expected,id\nhi,x,\nhi,x,\nho,x,\nhi,x,\n');
    const hash = createHash('sha256')
      .update('{"expected":"x","metadata":{},"tags":[],"vars":{"q":"hi"}}')
      .digest('hex')
      .slice(0, 12);
    expect(cases.map(({ id }) => id)).toEqual([hash, `${hash}-2`, cases[2]?.id, `${hash}-3`]);
    expect(cases[2]?.id).toMatch(/^[0-9a-f]{12}$/);
  });

  it('do not change when rows, columns or unused columns move', async () => {
    const before = await readAll('d.csv', 'q,p,tags\n1,2,t\n3,4,u\n');
    const after = await readAll('d.csv', 'tags,p,q\nu,4,3\nt,2,1\n');
    expect(after.cases.map(({ id }) => id)).toEqual(before.cases.map(({ id }) => id).reverse());
  });

  it('may be numbers in JSON', async () => {
    const { cases } = await readAll('d.jsonl', '{"id":7,"q":1}');
    expect(cases[0]?.id).toBe('7');
  });
});
