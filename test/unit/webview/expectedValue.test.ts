import { expect, it } from 'vitest';
import { inTypesOf } from '../../../webview/expectedValue.ts';

it.each([
  [{ urgent: 'true', category: 'bug' }, '{"urgent":true,"category":"bug"}', { urgent: true, category: 'bug' }],
  [{ n: '3', none: 'null' }, '{"n":3,"none":null}', { n: 3, none: null }],
  [{ list: ['1', 'b'] }, '{"list":[1,"b"]}', { list: [1, 'b'] }],
  ['true', 'true', true],
  // Another value, or another spelling, stays what was written.
  [{ urgent: 'true' }, '{"urgent":false}', { urgent: 'true' }],
  [{ n: '3.0' }, '{"n":3}', { n: '3.0' }],
  [{ zip: '01234' }, '{"zip":"01234"}', { zip: '01234' }],
  [{ lost: 'true' }, '{}', { lost: 'true' }],
  [{ toString: 'x' }, '{}', { toString: 'x' }],
  ['text', 'no json', 'text'],
  [null, '{"a":1}', null],
])('%j beside %s', (expected, output, shown) => {
  expect(inTypesOf(expected, output)).toEqual(shown);
});
