import { expect, it } from 'vitest';
import { codeBlocks } from '../../../../src/engine/metric/code/codeBlocks.ts';
import { languageOf } from '../../../../src/engine/metric/code/codeLanguage.ts';

it.each([
  ['let a;', [['', 'let a;']]],
  ['Here:\n```ts\nlet a: string;\n```\nDone.', [['ts', 'let a: string;']]],
  [
    '```\na\n```\ntext\n~~~~PY extra\nb\n```\nc\n~~~~',
    [
      ['', 'a'],
      ['py', 'b\n```\nc'],
    ],
  ],
  ['```js\r\nlet a;\r\nlet b;\r\n```', [['js', 'let a;\nlet b;']]],
  ['```python\ndef f():\n    ret', [['python', 'def f():\n    ret']]],
  ['```js\n```', [['js', '']]],
  ['`inline` code is no block', [['', '`inline` code is no block']]],
  ['````md\n```js\nx\n```\n````', [['md', '```js\nx\n```']]],
])('the code of %j', (text, blocks) => {
  expect(codeBlocks(text).map(({ language, code }) => [language, code])).toEqual(blocks);
});

it.each([
  ['js', 'javascript'],
  ['typescript', 'typescript'],
  ['jsx', 'tsx'],
  ['py', 'python'],
  ['json', 'json'],
  ['rust', null],
  ['constructor', null],
  ['', null],
])('a fence of %j is %s', (word, language) => {
  expect(languageOf(word)).toBe(language);
});
