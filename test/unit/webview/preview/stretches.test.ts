import { expect, it } from 'vitest';
import type { TextSource } from '../../../../src/engine/prompt/textSources.ts';
import { stretches } from '../../../../webview/preview/stretches.ts';

const source = (start: number, end: number, variable: string | null = null) =>
  ({ start, end, variable, kind: variable === null ? 'text' : 'value', isMissing: start === end }) as TextSource;
const cut = (text: string, sources: TextSource[], length = text.length) =>
  stretches(text, sources, length).map((one) => `${one.start}:${one.text}${one.source?.variable ?? ''}`);

it.each<[string, string, TextSource[], number | undefined, string[]]>([
  ['a text without sources is one', 'abc', [], undefined, ['0:abc']],
  [
    'cuts at each source',
    'ab12cd',
    [source(0, 2), source(2, 4, 'x'), source(4, 6)],
    undefined,
    ['0:ab', '2:12x', '4:cd'],
  ],
  ['keeps what an indent added', '  ab', [source(2, 4)], undefined, ['0:  ', '2:ab']],
  [
    'keeps the place of a missing value, at the end too',
    'ab',
    [source(0, 1), source(1, 1, 'm'), source(1, 2), source(2, 2, 'n')],
    undefined,
    ['0:a', '1:m', '1:b', '2:n'],
  ],
  ['ends where the fold is', 'ab12cd', [source(0, 2), source(2, 4, 'x'), source(4, 6)], 3, ['0:ab', '2:1x']],
])('%s', (_name, text, sources, length, expected) => {
  expect(cut(text, sources, length)).toEqual(expected);
});
