import * as z from 'zod';
import { canonicalJson, type Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { expectedValue } from '../expectedValue.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote } from '../words.ts';
import { normaliseSql } from './normaliseSql.ts';
import { statementKind, withoutFence } from './sqlText.ts';

const LONGEST = 20_000;

export const sqlEquivalent = defineMetric({
  kind: 'sql-equivalent',
  family: 'sql',
  summary: 'The output is a statement that says the same as an expected one; neither is run.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Both are parsed by pgsql-ast-parser 12 and compared without what does not matter: upper and lower case, comments, white space and parentheses, names of tables in the statement, the order of what AND, OR, =, +, * and IN combine, the side of <, BETWEEN, whether the condition of an inner join stands in ON or in WHERE, the order of inner-joined tables without *, ASC, and what the columns are called. Statements that differ otherwise may still give the same rows: sql-execution-match tells. A statement that the parser does not know is unscored.',
  options: () =>
    z.strictObject({
      path: fields.path,
      expected: z.json().optional().meta({
        description:
          "The right statement, or a list of right ones; may hold templates. By default the case's expected.",
      }),
    }),
  shorthand: 'expected',
  usesSql: true,
  create: ({ path, expected: given }, { tools }) => {
    const expected = expectedValue(given);
    if (typeof expected !== 'function') return expected;
    return {
      signature: signature('sql-equivalent', { path, expected: given }),
      role: 'decides',
      score: (input) => {
        const wanted = expected(input);
        if ('missing' in wanted) return unscored(sentence(wanted.missing));
        const right: Json[] = [];
        for (const each of Array.isArray(wanted.value) ? wanted.value : [wanted.value]) {
          const read = tools.sqlTree(withoutFence(asText(each)));
          if ('error' in read) return unscored(`The expected statement cannot be read: ${sentence(read.error)}`);
          right.push(read.tree);
        }
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = withoutFence(asText(picked.value));
        if (statementKind(text) === null) return binary(false, `The output is no statement: ${quote(text)}.`);
        if (text.length > LONGEST) return unscored(`A statement of more than ${LONGEST} characters is not compared.`);
        const got = tools.sqlTree(text);
        if ('error' in got) return unscored(`The output cannot be read: ${sentence(got.error)}`);
        const form = canonicalJson(normaliseSql(got.tree));
        const isSame = right.some((tree) => canonicalJson(normaliseSql(tree)) === form);
        return binary(
          isSame,
          isSame ? 'The statement says the same.' : 'The statement is another one, as far as its text tells.',
        );
      },
    };
  },
});
