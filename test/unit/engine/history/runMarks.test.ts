import { describe, expect, it } from 'vitest';
import { changeMarks, NO_MARKS } from '../../../../src/engine/history/runMarks.ts';

describe('changeMarks', () => {
  it('changes what it is told, and nothing else', () => {
    const named = changeMarks(NO_MARKS, { name: '  Before  ', addTags: ['b', 'a', 'b'] });
    expect(named).toEqual({ name: 'Before', tags: ['a', 'b'], pinned: false, archived: false });
    expect(changeMarks(named, { pinned: true, removeTags: ['b', 'c'] })).toEqual({
      name: 'Before',
      tags: ['a'],
      pinned: true,
      archived: false,
    });
    expect(changeMarks(named, { name: null })).toEqual({ ...named, name: null });
    expect(changeMarks(named, {})).toEqual(named);
  });

  it.each([
    [{ name: ' ' }, 'at least one'],
    [{ name: 'x'.repeat(101) }, 'at most 100'],
    [{ name: 'a\nb' }, 'one line'],
    [{ name: 'latest' }, 'newest run'],
    [{ addTags: ['two words'] }, 'one word'],
    [{ addTags: [''] }, 'one word'],
    [{ addTags: ['a,b'] }, 'one word'],
    [{ addTags: ['x'.repeat(51)] }, 'at most 50'],
    [{ addTags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'at most 20'],
  ])('refuses %j', (change, words) => {
    expect(() => changeMarks(NO_MARKS, change)).toThrow(words);
  });

  it.each(['リリース', 'v1.2', 'team/search', 'a:b'])('takes %s for a tag', (tag) => {
    expect(changeMarks(NO_MARKS, { addTags: [tag] }).tags).toEqual([tag]);
  });
});
