import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '../../../../src/engine/dataset/case.ts';
import { checkDataset } from '../../../../src/engine/dataset/checkDataset.ts';
import { coerceVars, schemaTypes, type VariableTypes } from '../../../../src/engine/dataset/coerceVars.ts';
import { datasetFormat } from '../../../../src/engine/dataset/datasetFormat.ts';
import type { Need } from '../../../../src/engine/dataset/promptNeeds.ts';
import type { Json } from '../../../../src/engine/json.ts';
import type { Problem } from '../../../../src/engine/problem.ts';
import { brief, inPieces } from './support.ts';

async function check(
  path: string,
  text: string,
  given: { needs?: Need[]; types?: VariableTypes; columns?: ColumnMapping } = {},
) {
  const problems: Problem[] = [];
  const inspected: Json[] = [];
  const summary = await checkDataset(inPieces(text), {
    path,
    format: datasetFormat(path) ?? 'csv',
    columns: given.columns ?? {},
    types: given.types ?? new Map(),
    needs: given.needs ?? [],
    onProblem: (problem) => problems.push(problem),
    inspect: ({ vars }) => {
      inspected.push(vars);
      return vars['bad'] === 'x' ? [{ variable: 'bad', message: 'It is bad.' }] : [];
    },
  });
  return { summary, problems, inspected, brief: problems.map(brief) };
}

const need = (variable: string, prompt = 'p/a.prompt', required = true): Need => ({ variable, prompt, required });

describe('the summary', () => {
  it('digests the hashes of the cases in order', async () => {
    const { summary, problems } = await check('d.csv', 'id,q\na,1\nb,2\n');
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const hashes = ['a', 'b'].map((id, index) =>
      sha(`{"id":"${id}","metadata":{},"tags":[],"vars":{"q":"${index + 1}"}}`),
    );
    expect(problems).toEqual([]);
    expect(summary).toEqual({
      path: 'd.csv',
      format: 'csv',
      digest: sha(hashes.join('')),
      cases: 2,
      columns: ['id', 'q'],
    });
  });

  it('is the same for the same cases in another format, and another for another order', async () => {
    const csv = await check('d.csv', 'id,q\na,1\nb,2\n');
    const jsonl = await check('d.jsonl', '{"q":"1","id":"a"}\n{"q":"2","id":"b"}');
    const turned = await check('d.csv', 'id,q\nb,2\na,1\n');
    expect(jsonl.summary.digest).toBe(csv.summary.digest);
    expect(turned.summary.digest).not.toBe(csv.summary.digest);
  });

  it('collects the columns of all rows', async () => {
    const { summary } = await check('d.jsonl', '{"a":1}\n{"b":2,"a":3}');
    expect(summary.columns).toEqual(['a', 'b']);
  });
});

describe('variables that prompts need', () => {
  it('are one problem of the header, however many rows and prompts', async () => {
    const found = await check('d.csv', '\nid,tiket\na,1\nb,2\n', {
      needs: [need('ticket'), need('ticket', 'p/b.prompt')],
    });
    expect(found.brief).toEqual(['2:1-2:9 missing-variable']);
    expect(found.problems[0]).toMatchObject({
      severity: 'error',
      message: 'a.prompt and b.prompt need the variable `ticket`, which no row gives.',
      remedy: 'Rename column `tiket`, or map it in the suite: columns: { vars: { ticket: tiket } }.',
    });
  });

  it.each<[string, string, string, Parameters<typeof check>[2], string[]]>([
    ['given', 'd.csv', 'ticket\n1\n', { needs: [need('ticket')] }, []],
    [
      'no rows, but the header shows it',
      'd.csv',
      'x\n',
      { needs: [need('ticket')] },
      ['1:1-1:2 empty-dataset', '1:1-1:2 missing-variable'],
    ],
    [
      'missing in some rows',
      'd.jsonl',
      '{"a":1}\n{"b":1}\n{"b":2}',
      { needs: [need('a')] },
      ['2:1-2:8 missing-variable'],
    ],
    ['missing in all rows', 'd.jsonl', '{"b":1}', { needs: [need('a')] }, ['1:1-1:1 missing-variable']],
    ['mapped', 'd.csv', 'text\n1\n', { needs: [need('ticket')], columns: { vars: { ticket: 'text' } } }, []],
    [
      'left out by the mapping',
      'd.csv',
      'ticket,text\n1,2\n',
      { needs: [need('ticket')], columns: { vars: { other: 'text' } } },
      ['1:1-1:12 missing-variable'],
    ],
    [
      'mapped to nothing',
      'd.csv',
      'texts\n1\n',
      { needs: [need('ticket')], columns: { vars: { ticket: 'text' } } },
      ['1:1-1:6 unknown-column'],
    ],
    [
      'a column with a meaning of its own',
      'd.csv',
      'id,q\n1,2\n',
      { needs: [need('id')] },
      ['1:1-1:5 missing-variable'],
    ],
    [
      'an empty number',
      'd.csv',
      'n\n1\n" "\n',
      { needs: [need('n')], types: new Map([['n', 'number']]) },
      ['3:1-3:4 missing-variable'],
    ],
  ])('%s', async (_name, path, text, given, expected) => {
    expect((await check(path, text, given)).brief).toEqual(expected);
  });

  it('are a warning when the prompt declares nothing, and cases are inspected all the same', async () => {
    const { problems, inspected } = await check('d.csv', 'x\n1\n', { needs: [need('y', 'a', false)] });
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'missing-variable']]);
    expect(inspected).toEqual([{ x: '1' }]);
  });

  it('says what the mapping misses', async () => {
    const columns = { id: 'key', tags: 'tag', expected: 'label', vars: { a: 'a' } };
    const { problems } = await check('d.csv', 'keys,a,label\n1,2,3\n', { columns });
    expect(problems.map(({ message, remedy }) => `${message} ${remedy}`)).toEqual([
      'The suite maps column `key`, which is not there. Did you mean `keys`?',
      'The suite maps column `tag`, which is not there. The columns are: keys, a, label.',
    ]);
  });
});

describe('types', () => {
  const types: VariableTypes = new Map([
    ['n', 'number'],
    ['i', 'integer'],
    ['b', 'boolean'],
    ['l', 'array'],
    ['o', 'object'],
  ]);

  it('are read from the schema', () => {
    const properties = {
      s: { type: 'string' },
      n: { type: ['number', 'null'] },
      i: { type: 'integer' },
      u: { type: ['string', 'number'] },
      e: { enum: [1, 2] },
      any: true,
      toString: { type: 'toString' },
    };
    expect([...schemaTypes({ type: 'object', properties })]).toEqual([
      ['s', 'text'],
      ['n', 'number'],
      ['i', 'integer'],
      ['u', 'text'],
      ['e', 'text'],
      ['any', 'text'],
      ['toString', 'text'],
    ]);
    expect(schemaTypes(true).size).toBe(0);
  });

  it.each<[string, string, Json | undefined]>([
    ['n', ' 1.50 ', 1.5],
    ['n', '-2e3', -2000],
    ['n', '.5', 0.5],
    ['n', '1,5', undefined],
    ['n', '0x10', undefined],
    ['n', 'Infinity', undefined],
    ['n', '1e999', undefined],
    ['i', '12', 12],
    ['i', '1.0', 1],
    ['i', '1.5', undefined],
    ['b', 'TRUE', true],
    ['b', 'False', false],
    ['b', '1', undefined],
    ['l', '["a"]', ['a']],
    ['l', '{}', undefined],
    ['o', '{"a":[1]}', { a: [1] }],
    ['o', 'null', undefined],
    ['o', '{', undefined],
    ['s', '1', '1'],
  ])('%s of %j', (variable, text, expected) => {
    const { vars, issues } = coerceVars({ [variable]: text }, types);
    if (expected === undefined) expect([vars, issues.map((issue) => issue.variable)]).toEqual([{}, [variable]]);
    else expect([vars, issues]).toEqual([{ [variable]: expected }, []]);
  });

  it('that a cell does not have are problems of the cell; the others reach the inspection typed', async () => {
    const { brief: found, inspected, problems } = await check('d.csv', 'q,i\na,1\nb,two\nc,\n', { types });
    expect(found).toEqual(['3:3-3:6 wrong-cell-type']);
    expect(problems[0]?.message).toBe('The cell must be a whole number, as the prompt declares `i`.');
    expect(inspected).toEqual([{ q: 'a', i: 1 }, { q: 'c' }]);
  });

  it('what the inspection finds is a problem of the cell', async () => {
    const { brief: found } = await check('d.csv', 'a,text\n1,y\n2,x\n', { columns: { vars: { bad: 'text' } } });
    expect(found).toEqual(['3:3-3:4 invalid-variable']);
  });

  it('stop after 200 problems', async () => {
    const { problems } = await check('d.csv', `i\n${'x\n'.repeat(500)}`, { types });
    expect(problems).toHaveLength(202);
    expect(problems.at(-1)?.code).toBe('too-many-problems');
  });
});
