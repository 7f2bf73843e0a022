import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunFilter } from '../../../../src/engine/history/runFilter.ts';
import { readRunListQuery } from '../../../../src/engine/history/runListQuery.ts';
import { NO_MARKS } from '../../../../src/engine/history/runMarks.ts';
import { listedRun, variantSummary } from './listedRun.ts';

function accepts(text: string, run = listedRun()): boolean {
  const read = readRunFilter(text);
  if ('error' in read) throw new Error(`${read.error} (at ${read.at})`);
  return read.accepts(run);
}

describe('readRunFilter', () => {
  it.each([
    "metrics.composite > 0.8 and model = 'openai/gpt-5'",
    'composite >= 0.85 AND composite <= .85',
    'model = openai/gpt-5',
    'model = OPENAI/GPT-5',
    'model ~ gpt',
    'model != openai/gpt-4',
    'metrics.rouge-l = 0.4',
    "params.temperature < 1 and params.style = 'kind'",
    "params.temperature = '0.50'",
    'version = abcdef',
    'commit = C0FFEE and not dirty',
    'commit != beef',
    'run = 01KB',
    'started = 2026-11',
    'started > 2026-11-04 and started < 2026-11-06',
    'started >= "2026-11-05 10:20"',
    'started != 2025',
    'passing = 0.75 and pass = 3 and fail = 1 and error >= 1 and unscored = 0',
    'cost < 0.05 and latency <= 120',
    'cases = 5 and status = finished',
    'not pinned and not archived',
    'pinned = false',
    'not (model = x or composite < 0.5)',
    'composite > 0.9 or composite > 0.8 and cases > 4',
    'tag != slow',
  ])('finds the run by %s', (text) => expect(accepts(text)).toBe(true));

  it.each([
    'metrics.composite > 0.85',
    'model = openai/gpt-5-mini',
    'not model ~ gpt',
    'started < 2026-11-05',
    'started = 2026-11-06',
    'dirty',
    'pinned',
    '(composite > 0.9 or composite > 0.8) and cases > 5',
    'tag = slow',
    'version = bcdef',
  ])('leaves it out by %s', (text) => expect(accepts(text)).toBe(false));

  it.each(["metrics.'exact match' > 0", 'metrics.missing < 1', 'params.top_p = 1', "revision = 'main'", 'name ~ a'])(
    'neither %s nor its opposite finds what nobody knows',
    (text) => {
      expect(accepts(text)).toBe(false);
      expect(accepts(`not (${text})`)).toBe(false);
      expect(accepts(`not (${text}) or cases = 5`)).toBe(true);
    },
  );

  it('asks that one variant meets all of it', () => {
    const composite = { mean: 0.2, low: 0, high: 1 };
    const run = listedRun({ variants: [variantSummary(), variantSummary({ model: 'a/b', composite })] });
    expect(accepts('model = a/b and composite < 0.3', run)).toBe(true);
    expect(accepts('model = a/b and composite > 0.3', run)).toBe(false);
  });

  it('asks a run without variants about itself', () => {
    const run = listedRun({ variants: [], status: 'interrupted' });
    expect(accepts('status = interrupted', run)).toBe(true);
    expect(accepts('composite >= 0', run)).toBe(false);
  });

  it('reads marks', () => {
    const marks = { ...NO_MARKS, name: 'Before the rewrite', tags: ['release', 'slow'], pinned: true };
    const run = listedRun({ marks });
    for (const text of [
      'pinned',
      'tag = slow',
      'tag ~ lea',
      'not tag = fast',
      'name ~ "the rewrite"',
      'name = "before the rewrite"',
    ])
      expect(accepts(text, run), text).toBe(true);
    expect(accepts('tag != slow', run)).toBe(false);
  });

  it('lets a metric that is called composite speak for itself', () => {
    const metrics = { composite: { mean: 0.1, n: 1, error: 0, unscored: 0, signature: '' } };
    const run = listedRun({ variants: [variantSummary({ metrics })] });
    expect(accepts('metrics.composite = 0.1 and composite = 0.85', run)).toBe(true);
  });

  it.each([
    ['', 0, 'condition is missing'],
    ['composit > 0.5', 0, 'Did you mean `composite`?'],
    ['nonsense = 1', 0, 'metrics.<name>'],
    ['composite > high', 12, 'number'],
    ['composite', 0, 'comparison'],
    ['composite >', 11, 'number, a word or a text'],
    ['composite ~ 1', 10, 'part of a text'],
    ['model > x', 6, 'no order'],
    ['pinned = yes', 9, 'true or false'],
    ['started > yesterday', 10, 'no date'],
    ['(cases = 1', 0, 'not closed'],
    ['cases = 1)', 9, 'and` or `or'],
    ['cases = 1 cases = 2', 10, 'and` or `or'],
    ["model = 'x", 8, 'quote'],
    ['model ! x', 6, '!='],
    ['metrics. > 1', 0, 'name'],
    ["metrics.'x > 1", 8, 'quote'],
    ['and cases = 1', 0, 'no field "and"'],
    ['cases = 1 and', 13, 'missing'],
    ['= 1', 0, 'field'],
    [`${'('.repeat(60)}pinned`, 50, 'too many'],
  ])('says what is wrong with %j', (text, at, words) => {
    const read = readRunFilter(text);
    expect(read).toMatchObject({ at });
    expect('error' in read && read.error).toContain(words);
  });

  it('reads or refuses any text, at a place in it', () => {
    const piece = fc.constantFrom(
      'composite',
      'model',
      '>',
      '=',
      '0.5',
      "'x'",
      '(',
      ')',
      'and',
      'or',
      'not',
      'pinned',
      '"',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join(' ')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const read = readRunFilter(text);
        if ('error' in read) expect(read.at >= 0 && read.at <= text.length).toBe(true);
        else expect(typeof read.accepts(listedRun())).toBe('boolean');
      }),
    );
  });
});

describe('readRunListQuery', () => {
  it.each([
    ['  ', 'all'],
    ['pinned', 'filter'],
    ['cases > 3', 'filter'],
    ['refund policy', 'words'],
    ['model', 'words'],
    ['"cases > 3"', 'words'],
    ['case > 3', 'error'],
    ['what is "a = b"', 'words'],
  ])('takes %j for %s', (text, kind) => expect(readRunListQuery(text).kind).toBe(kind));
});
