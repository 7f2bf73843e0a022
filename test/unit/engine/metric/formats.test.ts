import { describe, expect, it } from 'vitest';
import { score, tryMetric } from './scoring.ts';

describe('is-xml', () => {
  // Passing or not as in expat (Python 3.11).
  it.each([
    ['<a/>', true],
    ['<a></a>', true],
    ['<a><b></a></b>', false],
    ['<a b="1" b="2"/>', false],
    ['<a b=1/>', false],
    ['<a>&nbsp;</a>', false],
    ['<a>&amp;&#10;&#x1F600;</a>', true],
    ['<a>x</a>y', false],
    ['', false],
    ['<a/><b/>', false],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<r><i n="a>b">1</i></r>', true],
    ['<!-- c --><a/><!-- d -->', true],
    ['<a><!-- a -- b --></a>', false],
    ['<a><![CDATA[<b>&]]></a>', true],
    ['<a>]]></a>', false],
    ['<猫 色="黒"/>', true],
    ['<1a/>', false],
    ['<a b="<"/>', false],
    ['<a>&</a>', false],
    ['< a/>', false],
    ['<a', false],
    ['<a><?php echo ?></a>', true],
    ["<a b='x\"y'/>", true],
    ['<ns:a xmlns:ns="u"><ns:b/></ns:a>', true],
    ['plain', false],
    ['</a>', false],
    ['<a b="1"c="2"/>', false],
    ['<a\n/>', true],
    ['<a></a >', true],
    ['<a>\u0001</a>', false],
    ['<?xml version="1.0"?><?xml version="1.0"?><a/>', false],
    ['```xml\n<a/>\n```', false],
  ])('%j: %s', async (output, passes) => {
    expect(await score('is-xml', {}, output)).toMatchObject({ outcome: 'scored', passed: passes });
  });

  it('asks for elements', async () => {
    expect(await score('is-xml', ['a', 'b'], '<a><b/></a>')).toMatchObject({ passed: true });
    const outcome = await score('is-xml', { elements: ['a', 'c'] }, '<a><b/></a>');
    expect(outcome).toMatchObject({ passed: false, reason: 'The output is XML without <c>.' });
  });

  it('says where XML ends, and that it reads no document types', async () => {
    expect(await score('is-xml', {}, '<a><b></a>')).toMatchObject({
      reason: 'The output is not XML: `<b>` is not closed here, but should be. At "</a>".',
    });
    expect(await score('is-xml', {}, '<!DOCTYPE a><a/>')).toMatchObject({ outcome: 'unscored' });
  });

  it.each([
    ['nested', '<a>'.repeat(300_000), false],
    ['one long attribute', `<a b="${'x'.repeat(1_000_000)}"/>`, true],
    ['open tags', '<a '.repeat(300_000), false],
    ['a lone surrogate', '<a>\ud800</a>', false],
  ])('reads 1 MB of %s', async (_, output, passes) => {
    expect(await score('is-xml', {}, output)).toMatchObject({ passed: passes });
  });
});

describe('is-yaml', () => {
  it.each([
    ['a: 1\nb: [x, y]', true],
    ['- a\n- b', true],
    ['{"a": 1}', true],
    ['---\na: 猫\n', true],
    ['just words', false],
    ['a: 1\na: 2', false],
    ['a: [1', false],
    ['a:\n\t- b', false],
    ['', false],
    ['a: 1\n---\nb: 2', false],
    ['```yaml\na: 1\n```', false],
  ])('%j: %s', async (output, passes) => {
    expect(await score('is-yaml', {}, output)).toMatchObject({ outcome: 'scored', passed: passes });
  });

  it('has a limit, and takes any depth', async () => {
    expect(await score('is-yaml', {}, '['.repeat(100_000))).toMatchObject({ passed: false });
    expect(await score('is-yaml', {}, 'a: b\n'.repeat(100_000))).toMatchObject({ outcome: 'unscored' });
  });
});

describe('csv-shape', () => {
  it.each([
    [{}, 'a,b\n1,2\n3,4\n', true, '2 columns and 2 rows'],
    [{}, 'a,b\r\n1,"x,\ny"\r\n', true, '2 columns and 1 row'],
    [{}, 'a,b\n1\n', false, 'Row 2 has 1 cell, the first one 2.'],
    [{}, '', false, 'empty'],
    [{}, 'a,b\n"1,2\n', false, 'not closed'],
    [{}, 'a,b\n"1"x,2\n', false, 'wrong place'],
    [2, 'a,b\n1,2', true, ''],
    [3, 'a,b\n1,2', false, '2 columns, not 3'],
    [['a', 'b'], 'a, b\n1,2', true, ''],
    [['b', 'a'], 'a,b\n1,2', false, 'The columns are "a, b", not "b, a".'],
    [{ min: 2 }, 'a\n1', false, 'at least 2'],
    [{ max: 1 }, 'a\n1\n2', false, 'at most 1'],
    [{ min: 1, max: 1 }, 'a\n1', true, ''],
    [{ delimiter: ';', columns: ['名', 'b'] }, '名;b\n1,0;2', true, ''],
  ])('%j of %j: %s', async (options, output, passes, reason) => {
    const outcome = await score('csv-shape', options, output);
    expect(outcome).toMatchObject({ passed: passes });
    expect(outcome.reason).toContain(reason);
  });

  it('refuses bounds that no table is within', () => {
    expect(tryMetric('csv-shape', { min: 2, max: 1 })).toHaveProperty('error');
  });
});
