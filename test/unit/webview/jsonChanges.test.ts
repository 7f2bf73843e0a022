import { describe, expect, it } from 'vitest';
import { type JsonChange, jsonChanges } from '../../../webview/jsonChanges.ts';

describe('what differs between two JSON texts', () => {
  it.each<[string, string, string, readonly JsonChange[] | null]>([
    ['nothing but order and space', '{"a":1,"b":[2]}', '{ "b": [2],\n"a": 1 }', []],
    ['a value', '{"a":{"b":1}}', '{"a":{"b":"1"}}', [{ path: '$.a.b', before: 1, after: '1' }]],
    [
      'a member that came and one that went',
      '{"a":1,"odd name":2}',
      '{"a":1,"c":null}',
      [
        { path: '$["odd name"]', before: 2 },
        { path: '$.c', after: null },
      ],
    ],
    [
      'elements of a list by their places',
      '[1,2,{"x":1}]',
      '[1,3]',
      [
        { path: '$[1]', before: 2, after: 3 },
        { path: '$[2]', before: { x: 1 } },
      ],
    ],
    ['another kind of value', '{"a":[]}', '{"a":{}}', [{ path: '$.a', before: [], after: {} }]],
    [
      'names of the prototype are names',
      '{"__proto__":1}',
      '{"toString":2}',
      [
        { path: '$.__proto__', before: 1 },
        { path: '$.toString', after: 2 },
      ],
    ],
    ['no JSON on one side', '{"a":1}', 'a: 1', null],
    ['no object or list', '1', '2', null],
    ['half of a JSON text', '{"a":1}', '{"a":', null],
  ])('%s', (_name, before, after, expected) => expect(jsonChanges(before, after)).toEqual(expected));

  it('is not listed when it is nearly everything', () => {
    const list = (value: number) => JSON.stringify(Array.from({ length: 5000 }, () => value));
    expect(jsonChanges(list(1), list(2))).toBeNull();
  });
});
