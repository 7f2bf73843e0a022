import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from '../commands/sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterAll(workspaces.remove);

const EVIL = '</pre><script>alert(1)</script><img src=x onerror=alert(1)>';
const rows = [
  `"c<1>",one & two,yes,odd,yes,"${EVIL}"`,
  'c2,two,yes,even,no,yes',
  'c3,three,yes,odd,yes,yes',
  'c4,four,yes,,no,no at all',
];
const root = workspaces.make({
  'touchstone.yaml': '',
  'p.prompt': '---\ninput:\n  schema: { q: string }\n---\n{{q}}\n',
  'd.csv': `id,q,expected,tags,then,now\n${rows.join('\n')}\n`,
});

async function evaluated(column: string): Promise<void> {
  const text = `prompts: [p.prompt]\nmodels: [replay/${column}]\ndata: d.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n`;
  fs.writeFileSync(path.join(root, 's.eval.yaml'), text);
  expect((await touchstone(root, 'eval', 's.eval.yaml')).stderr).toContain('4/4');
}
const page = async (...args: string[]) => {
  const { code, stderr } = await touchstone(root, ...args, '--html', 'out/page.html');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return fs.readFileSync(path.join(root, 'out/page.html'), 'utf8');
};

describe('pages', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    await evaluated('then');
    await evaluated('now');
    const runs = JSON.parse((await touchstone(root, 'history', '--json')).stdout);
    ids.push(...runs.map(({ id }: { readonly id: string }) => id).reverse());
  });

  it('runs nothing but its own script, and loads nothing', async () => {
    const text = await page('show', 'latest');
    const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256')
      .update(scripts[0] ?? '')
      .digest('base64');
    expect(text).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(text).not.toMatch(/<(img|link|iframe|object)|src="|https?:\/\//);
    expect(text).not.toContain('<img');
    expect(text).toContain('&#60;img src=x onerror=alert(1)&#62;');
  });

  it('shows every case of a run with its status, reason and answer', async () => {
    const text = await page('show', 'latest');
    const kinds = [...text.matchAll(/<details class="case" data-kind="(\w+)"/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(['fail', 'pass', 'pass', 'fail']);
    expect(text).toContain('<span class="id">c&#60;1&#62;</span>');
    // 2 of 4: Wilson's interval is 0.1500 to 0.8500.
    expect(text).toContain('50.0 % <small>15.0 % to 85.0 %</small>');
    expect(text).toMatch(/<th scope="row">odd<\/th><td class="n">2<\/td>/);
    expect(text.endsWith('</html>\n')).toBe(true);
  });

  it('shows a comparison with what broke first and the words that differ', async () => {
    const text = await page('compare', ...ids);
    const kinds = [...text.matchAll(/<details class="case" data-kind="(\w+)"/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(['broke', 'fixed', 'same', 'same']);
    expect(text).toContain('<span class="bad">1 broke</span>, <span class="good">1 fixed</span>');
    expect(text).toContain('<pre>no<ins> at all</ins></pre>');
    expect(text).toContain('<del>no</del><ins>yes</ins>');
  });

  it('is written by the run itself, with its gate and what changed', async () => {
    const { code } = await touchstone(root, 'baseline', ids[1] ?? '');
    expect(code).toBe(0);
    const done = await touchstone(root, 'eval', 's.eval.yaml', '--reporter', 'html', '--out', 'out/run.html');
    expect(done.stdout).toContain('s.eval.yaml');
    const text = fs.readFileSync(path.join(root, 'out/run.html'), 'utf8');
    expect(text).toContain('<strong>Gate ');
    expect(text).toMatch(/<h2>Since [^<]*baseline/);
    expect([...text.matchAll(/<details class="case"/g)]).toHaveLength(4);
    const beside = await touchstone(root, 'eval', 's.eval.yaml', '--reporter', 'json', '--also', 'html=out/also.html');
    expect(JSON.parse(beside.stdout)).toBeTruthy();
    expect(fs.readFileSync(path.join(root, 'out/also.html'), 'utf8')).toContain('</html>');
    const piped = await touchstone(root, 'eval', 's.eval.yaml', '--reporter', 'html');
    expect(piped.stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/i);
    fs.rmSync(path.join(root, 's.baseline.json'));
  });

  it('is refused where no case is kept', async () => {
    const { code, stderr } = await touchstone(root, 'eval', 's.eval.yaml', '--reporter', 'html', '--no-history');
    expect(code).toBe(2);
    expect(stderr).toContain('Leave out --no-history');
  });

  it('leaves nothing behind when it cannot be written', async () => {
    fs.mkdirSync(path.join(root, 'folder'), { recursive: true });
    const { code, stderr } = await touchstone(root, 'show', 'latest', '--html', 'folder');
    expect(code).toBe(2);
    expect(stderr).toContain('folder is a folder');
  });
});
