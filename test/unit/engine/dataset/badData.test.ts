import { describe, expect, it } from 'vitest';
import { brief, readAll } from './support.ts';

/** File, text, problems as `line:column-line:column code` counted from 1, and the ids or first variables that are still read. */
const BAD: [string, string, string[], number][] = [
  // tables
  ['d.csv', '', ['1:1-1:1 empty-dataset'], 0],
  ['d.csv', '\n\r\n', ['1:1-1:1 empty-dataset'], 0],
  ['d.csv', 'a,b\n1\n2,3\n4,5,6\n', ['2:1-2:2 ragged-row', '4:5-4:6 ragged-row'], 1],
  ['d.csv', 'a,b\n"x\ny",1,"z,\n",w\n', ['3:6-4:4 ragged-row'], 0],
  ['d.csv', 'a,b\r\n1,2\r\n3\r\n', ['3:1-3:2 ragged-row'], 1],
  ['d.csv', 'a,b\n1,"x\n2,y\n3,z\n', ['2:3-2:4 unclosed-quote'], 2],
  ['d.csv', 'a,b\n1,"x" y\n2,"z"\n', ['2:5-2:6 stray-quote'], 1],
  ['d.csv', 'a,b\n1,"x\ny"z\n2,ok\n3,"open\n', ['3:2-3:3 stray-quote', '5:3-5:4 unclosed-quote'], 1],
  ['d.csv', '"a,b\n1,2\n', ['1:1-1:2 unclosed-quote'], 0],
  ['d.csv', 'a,,b,a\n1,2,3,4\n', ['1:3-1:3 empty-column', '1:6-1:7 duplicate-column'], 0],
  ['d.csv', 'a;b\n1;2\n', ['1:1-1:4 wrong-delimiter'], 0],
  ['d.csv', 'a\tb\n1\t2\n', ['1:1-1:4 wrong-delimiter'], 0],
  ['d.tsv', 'a,b\n1,2\n', ['1:1-1:4 wrong-delimiter'], 0],
  ['d.csv', 'a\rx\ry', ['1:1-1:6 wrong-delimiter'], 0],
  ['d.csv', 'id,q\nx,1\ny,2\nx,3\n', ['4:1-4:2 duplicate-id'], 2],
  ['d.csv', 'q,id\n"1\n1",x\n2,x\n', ['4:3-4:4 duplicate-id'], 1],
  [
    'd.csv',
    'q,expected,expected.a\n1,x,y\n2,x,y\n3,,y\n',
    // One column, one problem, however many rows.
    ['2:5-2:6 conflicting-columns'],
    1,
  ],
  ['d.csv', 'q,history\n1,"[{""role"":""user""}]"\n2,no\n', ['2:3-2:26 invalid-history', '3:3-3:5 invalid-history'], 0],
  // JSON lines
  ['d.jsonl', '{"a":1}\n{"a":\n\n{"a":2}', ['2:6-2:6 invalid-json'], 2],
  [
    'd.jsonl',
    '{"a" 1}\n{"a":1 "b":2}\n{a:1}',
    ['1:6-1:7 invalid-json', '2:8-2:9 invalid-json', '3:2-3:3 invalid-json'],
    0,
  ],
  [
    'd.jsonl',
    '{"a":1,}\n{"a":[1,]}\n{"a":01}',
    ['1:8-1:9 invalid-json', '2:9-2:10 invalid-json', '3:7-3:8 invalid-json'],
    0,
  ],
  [
    'd.jsonl',
    '{"a":\'x\'}\n{"a":"x\\q"}\n{"a":nul}',
    ['1:6-1:7 invalid-json', '2:6-2:7 invalid-json', '3:6-3:7 invalid-json'],
    0,
  ],
  ['d.jsonl', '{"a":1} {"a":2}\n{"a":"\t"}', ['1:9-1:10 invalid-json', '2:6-2:7 invalid-json'], 0],
  [
    'd.jsonl',
    '[1]\n"x"\r\n  7 \nnull',
    ['1:1-1:4 not-an-object', '2:1-2:4 not-an-object', '3:3-3:4 not-an-object', '4:1-4:5 not-an-object'],
    0,
  ],
  ['d.jsonl', '{"id":"x","q":1}\n{"q":{"id":5},"id": "x"}', ['2:21-2:24 duplicate-id'], 1],
  [
    'd.jsonl',
    '{"id":["x"],"tags":{"a":1},"history":[1]}',
    ['1:7-1:12 invalid-id', '1:20-1:27 invalid-tags', '1:38-1:41 invalid-history'],
    0,
  ],
  // JSON
  ['d.json', '', ['1:1-1:1 invalid-json'], 0],
  ['d.json', '{"rows":[]}', ['1:1-1:1 not-a-list'], 0],
  ['d.json', '[{"a":1},\n {"a":2}\n {"a":3}]', ['3:2-3:3 invalid-json'], 2],
  ['d.json', '[{"a":1},\n 7,\n {"a":', ['2:2-2:3 not-an-object', '3:7-3:7 invalid-json'], 1],
  ['d.json', '[{"id":1},\n {"id":"1"}]', ['2:8-2:11 duplicate-id'], 1],
  // YAML
  ['d.yaml', 'a: 1\n', ['1:1-1:1 not-a-list'], 0],
  ['d.yaml', '- a: 1\n- just text\n- a: .inf\n', ['2:3-2:12 not-an-object', '3:6-3:10 not-json'], 1],
  ['d.yaml', '- a: [1\n- b: 2\n', ['2:1-2:2 invalid-yaml'], 0],
  ['d.yaml', '- a: 1\n  a: 2\n', ['2:3-2:4 invalid-yaml'], 0],
  ['d.yaml', '- id: x\n- id: x\n', ['2:7-2:8 duplicate-id'], 1],
];

describe('bad datasets', () => {
  it.each(BAD)('%s %j', async (path, text, expected, sound) => {
    const { cases, problems } = await readAll(path, text);
    expect(problems.map(brief)).toEqual(expected);
    expect(cases).toHaveLength(sound);
    for (const problem of problems) {
      expect(problem).toMatchObject({ severity: 'error', file: path });
      expect(problem.message).toMatch(/^[A-Z`].*\.$/);
      expect(problem.remedy).toMatch(/^[A-Z`].*\.$|^[A-Z`].*"\.$/);
    }
  });

  it('offsets agree with lines and columns', async () => {
    for (const [path, text] of BAD) {
      const { problems } = await readAll(path, text);
      for (const { range } of problems) {
        for (const { line, column, offset } of [range.start, range.end]) {
          const before = text.slice(0, offset);
          expect([path, text, before.split('\n').length - 1, offset - (before.lastIndexOf('\n') + 1)]).toEqual([
            path,
            text,
            line,
            column,
          ]);
        }
      }
    }
  });

  it('stops after 200 problems and says so', async () => {
    const { problems } = await readAll('d.csv', `a,b\n${'1\n'.repeat(1000)}2,3\n`);
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)?.code).toBe('too-many-problems');
  });

  it('takes no quadratic time over a quote in every line', async () => {
    const started = performance.now();
    const { problems } = await readAll(
      'd.csv',
      Array.from({ length: 40 }, () => `a\n${'"x" y\n'.repeat(5000)}`),
    );
    expect(problems.at(-1)?.code).toBe('too-many-problems');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
