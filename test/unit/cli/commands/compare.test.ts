import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ratingsFrom } from '../../../../src/node/ratings/rate.ts';
import { openHistory } from '../../../../src/node/store/history.ts';
import { touchstone } from './sampleFolder.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-compare-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);
const METRIC = '  - equals: { expected: "{{expected}}" }\n';
const suite = (column: string, metrics = METRIC) =>
  write('s.eval.yaml', `prompts: [p.prompt]\nmodels: [replay/${column}]\ndata: d.csv\nmetrics:\n${metrics}`);

/** Twenty cases: `one` is right on the first 8; `two` on the first 18 but for c1. The last has another text in `later`. */
function dataset(later = false): void {
  const rows = Array.from({ length: 20 }, (_, n) => {
    const question = later && n === 19 ? 'another' : `question ${n}`;
    const two = n < 18 && n !== 1 ? 'yes' : 'no';
    return `c${n},${question},yes,${n % 2 ? 'odd' : 'even'},${n < 8 ? 'yes' : 'no'},${two}`;
  });
  write('d.csv', `id,q,expected,tags,one,two\n${rows.join('\n')}\n`);
}

async function evaluated(): Promise<string> {
  await touchstone(folder, 'eval', 's.eval.yaml');
  return JSON.parse((await touchstone(folder, 'history', '--json')).stdout)[0].id;
}
const compared = async (...args: string[]) =>
  JSON.parse((await touchstone(folder, 'compare', ...args, '--json')).stdout);

describe('compare', () => {
  const ids = { one: '', two: '' };
  beforeAll(async () => {
    write('p.prompt', '---\ninput:\n  schema: { q: string }\n---\n{{q}}\n');
    dataset();
    suite('one');
    ids.one = await evaluated();
    suite('two');
    ids.two = await evaluated();
  });

  it('tells what was fixed and what broke, with a verdict on it', async () => {
    const { variants, cases, sameComposite, notes } = await compared(ids.one);
    expect(cases).toEqual({ common: 20, changed: 0, onlyBefore: 0, onlyAfter: 0 });
    expect(sameComposite).toBe(true);
    expect(variants).toHaveLength(1);
    const fixed = Array.from({ length: 10 }, (_, n) => `c${n + 8}`);
    expect(variants[0]).toMatchObject({ fixed, broke: ['c1'], passed: { before: 8, after: 17, n: 20 } });
    // 10 gained, 1 lost: 2 * (1 + 11) / 2^11.
    expect(variants[0].passed.verdict).toMatchObject({ word: 'better', test: 'exact McNemar' });
    expect(variants[0].composite).toMatchObject({ before: 0.4, after: 0.85, n: 20, verdict: { word: 'better' } });
    expect(variants[0].composite.verdict.pValue).toBeCloseTo(24 / 2048, 12);
    expect(notes).toEqual(['`p.prompt` was answered by replay/one then, and by replay/two now.']);
  });

  it('writes Markdown with the verdict first and the answers of what broke', async () => {
    const { stdout } = await touchstone(folder, 'compare', ids.one, ids.two, '--markdown');
    const lines = stdout.split('\n');
    expect(lines.find((line) => line.startsWith('- '))).toBe('- p: **better**; 1 broke, 10 fixed.');
    expect(stdout).toContain('| p | passing cases | 8 of 20 | 17 of 20 | +9 |');
    expect(stdout).toContain('#### c1\n\nBefore:\n\n```\nyes\n```\n\nAfter:\n\n```\nno\n```');
  });

  it('does so for each tag', async () => {
    const { tags } = await compared(ids.one);
    expect(tags).toMatchObject([
      { tag: 'even', n: 10, before: 0.4, after: 0.9 },
      { tag: 'odd', n: 10, before: 0.4, after: 0.8 },
    ]);
  });

  it('is a gate when a verdict is asked for', async () => {
    expect(await touchstone(folder, 'compare', ids.one, ids.two, '--verdict', 'better')).toMatchObject({ code: 0 });
    const back = await touchstone(folder, 'compare', ids.two, ids.one, '--verdict', 'not-worse');
    expect(back.code).toBe(1);
    expect(back.stdout).toContain('broke 10: c8');
    expect(back.stderr).toBe('p: worse, and not-worse was asked for.\n');
  });

  it('leaves out what does not mean the same in both', async () => {
    dataset(true);
    suite('two', `${METRIC}  - contains: yes\n    weight: 2\n`);
    await evaluated();
    const { variants, cases, sameComposite, notes } = await compared(ids.one);
    expect(cases).toEqual({ common: 19, changed: 1, onlyBefore: 0, onlyAfter: 0 });
    expect({ sameComposite, composite: variants[0].composite, passed: variants[0].passed.n }).toEqual({
      sameComposite: false,
      composite: null,
      passed: 0,
    });
    expect(Object.keys(variants[0].metrics)).toEqual(['equals']);
    expect(notes.join('\n')).toMatch(
      /Cases left out: 1 that say something else now\.\nOnly in the later run: `contains`/,
    );
    expect(notes.join('\n')).toContain(`touchstone rescore ${ids.one}`);
    const { stdout } = await touchstone(folder, 'compare', ids.one, '--markdown', '--html', 'page.html');
    expect(stdout).toContain('**no composite to compare**; which cases broke is not known.');
    const page = fs.readFileSync(path.join(folder, 'page.html'), 'utf8');
    expect(page).toContain('Which cases broke is not known.');
    expect(new Set(page.match(/data-kind="\w+"(?=>\s*<summary)/g))).toEqual(new Set(['data-kind="unclear"']));
    const gate = await touchstone(folder, 'compare', ids.one, '--verdict', 'better');
    expect(gate).toMatchObject({ code: 1 });
    expect(gate.stderr).toContain('there is no composite to compare');
  });

  it('does not take answers that people rated for the same measure as those that nobody has', async () => {
    const people = `${METRIC}  - human: { scale: yes-no }\n    weight: 3\n`;
    dataset();
    suite('one', people);
    const before = await evaluated();
    const history = openHistory(folder);
    const rows = history.reviewRows(before);
    const now = new Date(0).toISOString();
    for (const { sampleId, caseIndex } of rows.slice(0, 12)) {
      const key = { sampleId, partnerId: null };
      const rating = {
        runId: before,
        key,
        metric: 'human',
        criterion: '',
        value: Number(caseIndex > 9),
        comment: '',
        blind: true,
        seed: 1,
      };
      history.addRatings(ratingsFrom(history, rating, { name: 'ada', now }));
    }
    history.close();
    suite('two', people);
    await evaluated();
    const { variants, notes } = await compared(before);
    // Eight were not rated; of the others only those whose answer is the same in both runs were.
    expect(variants[0].composite.n).toBeLessThan(20);
    expect(notes.join(' ')).toMatch(
      /\d+ cases are left out of composite and passing: a metric scored them on one side only\./,
    );
  });

  it('is no gate that holds where a variant has no partner', async () => {
    suite('two');
    dataset();
    fs.writeFileSync(
      path.join(folder, 's.eval.yaml'),
      fs.readFileSync(path.join(folder, 's.eval.yaml'), 'utf8').replace('[replay/two]', '[replay/two, replay/one]'),
    );
    await evaluated();
    const { code, stderr } = await touchstone(folder, 'compare', ids.two, '--verdict', 'no-worse');
    expect(code).toBe(1);
    expect(stderr).toMatch(/one: there is no composite to compare/);
  });

  it('knows a case again when only the columns have moved', async () => {
    suite('two');
    dataset();
    const before = await evaluated();
    const [head = '', ...rows] = fs.readFileSync(path.join(folder, 'd.csv'), 'utf8').trim().split('\n');
    const swap = (line: string) => line.replace(/^([^,]*),([^,]*),([^,]*)/, '$1,$3,$2');
    write('d.csv', `${[head, ...rows].map(swap).join('\n')}\n`);
    await evaluated();
    expect((await compared(before)).cases).toEqual({ common: 20, changed: 0, onlyBefore: 0, onlyAfter: 0 });
  });

  it.each([
    ['a run with itself', () => [ids.one, ids.one], 'Both are the run'],
    ['a run that is not there', () => ['nope'], 'There is no run "nope"'],
  ])('refuses %s', async (_name, args, words) => {
    const { code, stderr } = await touchstone(folder, 'compare', ...args());
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('says when nothing is in common', async () => {
    suite('one');
    write('d.csv', 'id,q,expected,tags,one\nz1,other,yes,,yes\n');
    await evaluated();
    const { code, stdout } = await touchstone(folder, 'compare', ids.one);
    expect(code).toBe(0);
    expect(stdout).toContain('no case in common');
    expect(stdout).toContain('Cases left out: 1 that are new, 20 that are gone.');
  });
});
