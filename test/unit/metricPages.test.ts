import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { metricDefinition, metricKinds } from '../../src/engine/metric/registry.ts';
import { metricPages } from '../support/metricPages.ts';

// The pages are for people, who do not read the code. `UPDATE=1 npx vitest run test/unit/metricPages.test.ts` writes them anew.
const FOLDER = 'docs/metrics';

describe(`${FOLDER} says what the code does`, () => {
  const pages = metricPages();
  if (process.env['UPDATE'] === '1') {
    fs.rmSync(FOLDER, { recursive: true, force: true });
    fs.mkdirSync(FOLDER, { recursive: true });
    for (const [name, text] of pages) fs.writeFileSync(path.join(FOLDER, name), text);
  }

  it('on these pages', () => {
    expect(fs.readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages])('%s', (name, text) => {
    expect(fs.readFileSync(path.join(FOLDER, name), 'utf8')).toBe(text);
  });

  it('with every metric once, its options and its signature', () => {
    const all = [...pages]
      .filter(([name]) => name !== 'README.md')
      .map(([, text]) => text)
      .join('\n');
    for (const kind of metricKinds()) {
      expect(all.split('\n').filter((line) => line === `## ${kind}`)).toHaveLength(1);
      expect(metricDefinition(kind)?.summary).toMatch(/\.$/);
    }
    expect(all).toContain('Signature, e.g. `bleu|tok:auto|smooth:exp|case:mixed|eff:yes|v:1`');
    expect(all).toMatch(/\| `file` \(required\) \| text \|/);
  });
});
