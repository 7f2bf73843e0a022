import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanHtml } from '../../../../src/engine/metric/structured/scanHtml.ts';
import { score, tryMetric } from './scoring.ts';

describe('is-html', () => {
  it.each<[string, boolean]>([
    ['<p>Hi</p>', true],
    ['  <p>Hi\n', true],
    ['<!DOCTYPE html><html><head><title>a < b</title></head><body><h1>好</h1></body></html>', true],
    ['<ul><li>a<li>b</ul>', true],
    ['<table><tr><td>1<td>2</table>', true],
    ['<br><img src="a>b.png" alt=\'x\'>', true],
    ['<DIV>a</div>', true],
    ['<my-part x=1>a</my-part>', true],
    ['<svg viewBox="0 0 1 1"><circle r="1"/><g><path d=""/></g></svg>', true],
    ['<script>if (a < b) { x = "</p>"; }</script>', true],
    ['<!-- a --> <p>1 < 2 & 3</p>', true],
    ['Hi', false],
    ['', false],
    ['<p>Hi</p> and more', false],
    ['Look: <p>Hi</p>', false],
    ['```html\n<p>Hi</p>\n```', false],
    ['<b><i>x</b></i>', false],
    ['<div>Hi', false],
    ['</p>', false],
    ['<foo>x</foo>', false],
    ['<p title="x>Hi</p>', false],
    ['<!-- a', false],
    ['<!-- only -->', false],
    ['<script>let x', false],
    ['{"a":1}', false],
    ['<', false],
    ['<__proto__>x</__proto__>', false],
    ['<constructor>x</constructor>', false],
  ])('%j: %j', async (output, passed) => {
    expect(await score('is-html', {}, output)).toMatchObject({ passed, value: passed ? 1 : 0 });
  });

  it('says what is wrong and where, and which elements are not there', async () => {
    expect((await score('is-html', {}, '<div><b>x</div>')).reason).toBe(
      'The output is not HTML: <b> is not closed before </div>. At "<b>x</div>".',
    );
    expect((await score('is-html', ['p', 'TABLE', 'h1'], '<p>a</p>')).reason).toBe(
      'The output is without <table>, <h1>.',
    );
    expect(await score('is-html', { path: 'html', elements: ['p'] }, '{"html":"<p>a</p>"}')).toMatchObject({
      passed: true,
    });
  });
});

describe('contains-html', () => {
  it.each<[string, object, boolean]>([
    ['Look: <b>this</b> is', {}, true],
    ['```html\n<p>Hi</p>\n```', { elements: ['p'] }, true],
    ['a <br> b', {}, true],
    ['<div><b>x</div>', { elements: ['div'] }, true],
    ['<div><b>x</div>', { elements: ['b'] }, false],
    ['if a < b and c > d', {}, false],
    ['Map<String, List<int>> and <https://example.com>', {}, false],
    ['a <div> that is not closed', {}, false],
    ['', {}, false],
    ['# Title\n\n**bold**', {}, false],
  ])('%j %j: %j', async (output, options, passed) => {
    expect(await score('contains-html', options, output)).toMatchObject({ passed });
  });
});

describe('scanHtml', () => {
  it('accepts what is built by the rules, and not with an end tag less', () => {
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('text', '<br>', '猫', '<!-- x -->', '1 < 2'),
        fc
          .tuple(fc.constantFrom('div', 'b', 'ul', 'section'), fc.array(tie('tree'), { maxLength: 3 }))
          .map(([name, inner]) => `<${name} a="<>">${inner.join(' ')}</${name}>`),
      ),
    }));
    fc.assert(
      fc.property(tree, (inner) => {
        expect(scanHtml(`<div>${inner}</div>`).fault).toBeNull();
        expect(scanHtml(`<div>${inner}`).fault).not.toBeNull();
      }),
    );
  });

  it('is not slow on what is never closed', () => {
    for (const part of ['<a>', '<a "', '<!--', '<', '</a>', '<script>', '<p>', '<a></b>', "<a '", '<svg>'])
      expect(scanHtml(part.repeat(1_000_000 / part.length)).fault).not.toBeUndefined();
  });
});

describe('markdown-structure', () => {
  const ANSWER =
    '# Summary\n\n- one\n- two\n\n## Details\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```json\n{}\n```\n\nEnd\n---\n';
  it.each<[object, boolean]>([
    [{ headings: ['Summary'] }, true],
    [{ headings: ['summary', 'DETAILS', 'End'] }, true],
    [{ headings: ['Details', 'Summary'] }, false],
    [{ headings: ['Conclusion'] }, false],
    [{ list: true, table: true, code: true }, true],
    [{ code: 'json' }, true],
    [{ code: 'JSON' }, true],
    [{ code: 'python' }, false],
    [{ maxDepth: 2 }, true],
    [{ maxDepth: 1 }, false],
  ])('%j: %j', async (options, passed) => {
    expect(await score('markdown-structure', options, ANSWER)).toMatchObject({ passed });
  });

  it.each<[string, object, boolean]>([
    ['', { list: true }, false],
    ['```\n- a\n# b\n```', { list: true }, false],
    ['~~~ts\nx\n~~~', { code: 'ts' }, true],
    ['````md\n```js\n```\n````', { code: 'js' }, false],
    ['`x`', { code: true }, false],
    ['## 概要 ##\n- 一', { headings: ['概要'], list: true }, true],
    ['#no heading', { headings: ['no heading'] }, false],
    ['#', { maxDepth: 1 }, true],
    ['a | b\n--|--\n1 | 2', { table: true }, true],
    ['| a | b |\n|---|', { table: true }, false],
    ['---\n\n***', { list: true }, false],
    ['* a', { list: true }, true],
    ['  1) a', { list: true }, true],
    ['# A\r\n# B', { headings: ['A', 'B'] }, true],
    ['- ```js\n  x\n  ```', { code: 'js', list: true }, true],
    ['# C#', { headings: ['C#'] }, true],
  ])('%j %j: %j', async (output, options, passed) => {
    expect(await score('markdown-structure', options, output)).toMatchObject({ passed });
  });

  it('says all that is amiss', async () => {
    const options = { headings: ['Details', 'Summary', 'Z'], code: 'py', maxDepth: 1 };
    expect((await score('markdown-structure', options, ANSWER)).reason).toBe(
      'The heading "Summary" is not in its place; the heading "Z" is not there; the heading "Details" in line 6 is deeper than 1; there is no code of the language py, only of json.',
    );
    expect(tryMetric('markdown-structure', {})).toMatchObject({
      error: expect.stringContaining('Nothing is asked for'),
    });
  });
});

describe('link-syntax', () => {
  it.each<[string, boolean | null]>([
    ['no link', null],
    ['', null],
    ['example.com is text', null],
    ['See https://example.com/a?b=c#d.', true],
    ['(https://en.wikipedia.org/wiki/Go_(game))', true],
    ['[a](https://example.com/a(b)c "title")', true],
    ['[https://example.com](https://example.com)', true],
    ['[a](docs/page.md) [b](#part) [c](/root) [d](../up) [e](mailto:jo@example.com)', true],
    ['<https://example.com>', true],
    ['http://localhost:3000/ and http://127.0.0.1 and http://[::1]:80/', true],
    ['看 https://例え.jp/道。', true],
    ['https://example.com/a%20b', true],
    ['https://example.com/100%', false],
    ['https:// example.com', false],
    ['https:/example.com', false],
    ['http:example.com', false],
    ['https://example', false],
    ['https://example..com', false],
    ['https://exa mple.com', false],
    ['https://example.com:99999', false],
    ['https://http://example.com', false],
    ['[a]()', false],
    ['[a](https://example.com/a b)', false],
    ['[a](<docs/my page.md>)', true],
    ['😀 https://example.com/😀', true],
  ])('%j: %j', async (output, passed) => {
    const outcome = await score('link-syntax', {}, output);
    if (passed === null) expect(outcome.outcome).toBe('unscored');
    else expect(outcome).toMatchObject({ passed });
  });

  it('tells which', async () => {
    expect((await score('link-syntax', {}, 'https://a.com and https://b')).reason).toBe(
      '1 of 2 links are not well formed: "https://b" has the host "b", which is no full name.',
    );
  });

  it('is not slow on a megabyte', async () => {
    for (const part of ['](', '[a](b', 'http:', 'https://a.b ', '](a "', '](((']) {
      const outcome = await score('link-syntax', {}, part.repeat(1_000_000 / part.length));
      expect(outcome.outcome).not.toBe('error');
    }
  });
});
