import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendCase, type NewCase } from '../../../../src/engine/dataset/appendCase.ts';
import type { ColumnMapping } from '../../../../src/engine/dataset/case.ts';
import { datasetFormat } from '../../../../src/engine/dataset/datasetFormat.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { readAll } from './support.ts';

async function append(path: string, text: string, added: NewCase, columns: ColumnMapping = {}): Promise<string> {
  const format = datasetFormat(path);
  if (format === null) throw new Error(`no format: ${path}`);
  const result = await appendCase(text, { format, columns }, added);
  if ('refusal' in result) throw new Error(result.refusal);
  return applyEdits(text, result.edits);
}

const ADDED: NewCase = { id: 'new', vars: { q: 'x, "y"', n: 3 }, expected: { category: 'bug' }, tags: ['a', 'b'] };

describe('a case that is added', () => {
  it.each<[name: string, path: string, before: string, after: string]>([
    [
      'fills the columns of a table and adds those that it lacks',
      'd.csv',
      'id,q,expected.category\n1,one,billing\n',
      'id,q,expected.category,n,tags\n1,one,billing,,\nnew,"x, ""y""",bug,3,"a, b"\n',
    ],
    [
      'keeps CRLF, and ends the last line first',
      'd.csv',
      'id,q,n,tags,expected\r\n1,one,1,,x',
      'id,q,n,tags,expected\r\n1,one,1,,x\r\nnew,"x, ""y""",3,"a, b","{""category"":""bug""}"\r\n',
    ],
    [
      'passes over blank lines and line breaks in cells',
      'd.tsv',
      'id\tq\n\n1\t"two\nlines"\n\n',
      'id\tq\tn\texpected.category\ttags\n\n1\t"two\nlines"\t\t\t\n\nnew\t"x, ""y"""\t3\tbug\ta, b\n',
    ],
    ['begins an empty table', 'd.csv', '', 'id,q,n,expected.category,tags\nnew,"x, ""y""",3,bug,"a, b"\n'],
    [
      'is a line of JSON Lines',
      'd.jsonl',
      '{"id":1,"q":"one"}',
      '{"id":1,"q":"one"}\n{"id":"new","q":"x, \\"y\\"","n":3,"expected":{"category":"bug"},"tags":["a","b"]}\n',
    ],
    [
      'stands as the others do in a JSON list',
      'd.json',
      '[\n  {"id": 1, "q": "one"}\n]\n',
      '[\n  {"id": 1, "q": "one"},\n  {"id":"new","q":"x, \\"y\\"","n":3,"expected":{"category":"bug"},"tags":["a","b"]}\n]\n',
    ],
    [
      'is spread over lines where the others are',
      'd.json',
      '[\n  {\n    "id": 1\n  }\n]\n',
      '[\n  {\n    "id": 1\n  },\n  {\n    "id": "new",\n    "q": "x, \\"y\\"",\n    "n": 3,\n    "expected": {\n      "category": "bug"\n    },\n    "tags": [\n      "a",\n      "b"\n    ]\n  }\n]\n',
    ],
    [
      'comes before a comment behind a YAML list',
      'd.yaml',
      '# mine\n- id: 1\n  q: one # said\n# the end\n',
      '# mine\n- id: 1\n  q: one # said\n- id: new\n  q: x, "y"\n  n: 3\n  expected:\n    category: bug\n  tags:\n    - a\n    - b\n# the end\n',
    ],
    [
      'is indented as the YAML list is',
      'd.yaml',
      '  - id: 1\n    q: |\n      one\n      two',
      '  - id: 1\n    q: |\n      one\n      two\n  - id: new\n    q: x, "y"\n    n: 3\n    expected:\n      category: bug\n    tags:\n      - a\n      - b\n',
    ],
  ])('%s', async (_name, path, before, after) => {
    expect(await append(path, before, ADDED)).toBe(after);
  });

  it('follows the mapping of the suite', async () => {
    const columns = { id: 'key', expected: 'label', tags: 'groups', vars: { q: 'question' } };
    const added = { id: 'k2', vars: { q: 'why', unmapped: 1 }, expected: 'x', tags: ['a'] };
    expect(await append('d.csv', 'key,question,label,groups\nk1,how,y,\n', added, columns)).toBe(
      'key,question,label,groups\nk1,how,y,\nk2,why,x,a\n',
    );
  });

  it.each([
    ['d.csv', 'a,b\n"open,1\n', 'quote'],
    ['d.json', '{"a": 1}', 'not a JSON list'],
    ['d.json', '[{"a": 1},', 'not a JSON list'],
    ['d.yaml', 'a: 1\n', 'not a YAML list'],
    ['d.yaml', '- [', 'not sound YAML'],
  ])('is refused in %s: %j', async (path, text, words) => {
    await expect(append(path, text, ADDED)).rejects.toThrow(words);
  });
});

const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '#',
    '- a',
    'null',
    '1',
    'a: b',
    '"',
    "'",
    '|',
    '>',
    '\t',
    '\n',
    'a\n\nb\n',
    '猫',
    '{{x}}',
    '---',
  ),
);
const name = fc.constantFrom('q', 'other', 'n m', 'ж');

describe('whatever is added', () => {
  it.each([
    ['d.csv', 'id,q\n1,one\n2,"t\nwo"\n'],
    ['d.csv', 'id,q\r\n1,one'],
    ['d.tsv', 'id\tq\n1\tone\n'],
    ['d.jsonl', '{"id":"1","q":"one"}\n\n'],
    ['d.json', '[{"id":"1","q":"one"}]'],
    ['d.json', '[]'],
    ['d.yaml', '- id: "1"\n  q: |\n    one\n\n'],
    ['d.yaml', '[{id: "1", q: one}]\n'],
    ['d.yaml', '- id: "1"\n  q: >+\n    one\n\n# end'],
  ])('is read back from %s %j, and the cases before it are as they were', async (path, text) => {
    const before = await readAll(path, text);
    expect(before.problems).toEqual([]);
    const isTable = /\.[ct]sv$/.test(path);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, value), fc.option(value, { nil: undefined }), async (vars, expected) => {
        const given = { id: 'added', vars, ...(expected === undefined ? {} : { expected }) };
        const { cases, problems } = await readAll(path, await append(path, text, given));
        expect(problems).toEqual([]);
        const kept = cases.slice(0, -1).map(({ id, vars: read }) => ({ id, q: read['q'] }));
        expect(kept).toEqual(before.cases.map(({ id, vars: read }) => ({ id, q: read['q'] })));
        const last = cases.at(-1);
        expect(last?.id).toBe('added');
        expect(last?.vars).toMatchObject(vars);
        // An empty cell of a column with a meaning says that there is none.
        expect(last?.expected).toBe(isTable && expected === '' ? undefined : expected);
      }),
      { numRuns: 150 },
    );
  });
});
