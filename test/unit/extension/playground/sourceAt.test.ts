import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../../src/engine/problem.ts';
import type { TextSource } from '../../../../src/engine/prompt/textSources.ts';
import { LastGood } from '../../../../src/extension/playground/lastGood.ts';
import { renderedAt, sourceAt } from '../../../../src/extension/playground/sourceAt.ts';
import type { PreviewState } from '../../../../src/protocol/views.ts';

// `Hi {{name}}, bye` with the name Ann, and a partial behind it.
const FILE = 'Hi {{name}}, bye';
const lines = new LineIndex(FILE);
const source = (start: number, end: number, from: number, to: number, kind: TextSource['kind'], file = '/main') =>
  ({ start, end, file, range: lines.range(from, to), kind, variable: null, isMissing: false }) satisfies TextSource;
const preview = {
  messages: [{ role: 'user', content: [{ text: 'Hi Ann, byeEnd' }] }],
  sources: [
    [
      [
        source(0, 3, 0, 3, 'text'),
        source(3, 6, 3, 11, 'value'),
        source(6, 11, 11, 16, 'text'),
        source(11, 14, 0, 3, 'text', '/_end'),
      ],
    ],
  ],
  problems: [],
  isStale: false,
} as unknown as PreviewState;

describe('a place of a rendered text', () => {
  it.each([
    [0, '/main', 0],
    [2, '/main', 2],
    [3, '/main', 3],
    [5, '/main', 3],
    [6, '/main', 11],
    [10, '/main', 15],
    [12, '/_end', 1],
    [99, '/_end', 3],
  ])('%i comes from %s at %i', (offset, file, at) => {
    const found = sourceAt(preview, { message: 0, part: 0, offset });
    expect(found?.source.file).toBe(file);
    expect(found?.offset).toBe(at);
  });

  it('is nowhere where nothing was rendered', () => {
    expect(sourceAt(preview, { message: 1, part: 0, offset: 0 })).toBeNull();
    expect(sourceAt(null, { message: 0, part: 0, offset: 0 })).toBeNull();
  });

  it.each([
    ['/main', 1, 1],
    ['/main', 5, 3],
    ['/main', 11, 3],
    ['/main', 12, 7],
    ['/_end', 2, 13],
  ])('is found for the cursor in %s at %i', (file, offset, at) => {
    expect(renderedAt(preview, file, offset)).toEqual({ message: 0, part: 0, offset: at });
    expect(renderedAt(preview, '/other', offset)).toBeNull();
  });
});

describe('the last good rendering', () => {
  const error = { severity: 'error' } as PreviewState['problems'][number];
  const broken = { ...preview, messages: [], sources: [], problems: [error] };

  it('stays while the text cannot be rendered, with the problems of now', () => {
    const kept = new LastGood();
    expect(kept.with('/main', broken)).toBe(broken);
    expect(kept.with('/main', preview)).toBe(preview);
    expect(kept.with('/main', broken)).toEqual({ ...preview, problems: [error], isStale: true });
    expect(kept.with('/other', broken)).toBe(broken);
  });

  it('does not hide that a sound prompt renders to nothing', () => {
    const kept = new LastGood();
    kept.with('/main', preview);
    const empty = { ...broken, problems: [] };
    expect(kept.with('/main', empty)).toBe(empty);
    expect(kept.with('/main', broken).messages).toEqual([]);
  });
});
