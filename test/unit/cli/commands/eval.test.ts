import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { copySample, touchstone } from './sampleFolder.ts';

const folder = copySample();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const SUITE = 'evals/triage.eval.yaml';
const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');

/** Of the answers in the recording, how many have the category and the urgency that the dataset expects. */
const EXPECTED_PASSES = { 'prompts/triage.prompt': 41, 'prompts/triage-v1.prompt': 30 };

describe('eval', () => {
  it('evaluates the sample offline, and the table tells the counts, the baseline and the history', async () => {
    const { code, stdout, stderr } = await touchstone(folder, 'eval', SUITE);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^triage +41 +7 +0 +0 /m);
    expect(stdout).toMatch(/^triage-v1 +30 +18 +0 +0 /m);
    expect(stdout).toContain('triage since the baseline');
    expect(stdout).toContain('34 → 41 of 48 passing');
    expect(stdout).toContain('History  .touchstone/history.db');
    expect(stdout).toContain('VS Code  open this folder');
    expect(stderr).toContain('96/96');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('writes the JSON report and the samples to files, and prints the table all the same', async () => {
    const args = ['--reporter', 'json', '--out', 'out/report.json', '--samples', 'out/samples.jsonl'];
    const { code, stdout } = await touchstone(folder, 'eval', SUITE, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('Gate     holds');
    const report = JSON.parse(read('out/report.json'));
    expect(report).toMatchObject({
      schema: 'touchstone/eval@1',
      dataset: { cases: 48 },
      gate: { holds: true, reasons: [] },
    });
    const passes = report.variants.map((variant: { prompt: string; samples: { pass: number } }) => [
      variant.prompt,
      variant.samples.pass,
    ]);
    expect(Object.fromEntries(passes)).toEqual(EXPECTED_PASSES);

    const samples = read('out/samples.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(samples).toHaveLength(96);
    expect(new Set(samples.map((sample) => `${sample.variant.prompt} ${sample.case}`)).size).toBe(96);
    expect(samples.filter((sample) => sample.status === 'pass')).toHaveLength(41 + 30);
    const unscored = samples.find((sample) => sample.case === 'is-it-down');
    expect(unscored.scores.find((score: { metric: string }) => score.metric === 'summary')).toMatchObject({
      outcome: 'unscored',
      value: null,
    });
  });

  it('annotates a job of GitHub, keeps commands of a workflow out of the table, and writes other reports beside it', async () => {
    const files = ['--also', 'sarif=out/t.sarif', '--also', 'junit=out/t.xml', '--also', 'markdown=out/t.md'];
    const { stdout } = await touchstone(folder, 'eval', SUITE, '--no-history', '--reporter', 'github', ...files);
    const [first = '', ...lines] = stdout.split('\n');
    const [, mark] = /^::stop-commands::(.+)$/.exec(first) ?? [];
    const end = lines.indexOf(`::${mark}::`);
    expect(lines.slice(0, end).join('\n')).toContain('Gate     holds');
    const annotations = lines.slice(end + 1).filter((line) => line !== '');
    expect(annotations).toHaveLength(10);
    expect(annotations[0]).toMatch(/^::warning file=evals\/triage\.csv,line=\d+,title=Touchstone::/);
    expect(JSON.parse(read('out/t.sarif')).runs[0].results).toHaveLength(7 + 18);
    expect(read('out/t.xml')).toContain('<testsuites tests="96" failures="25"');
    expect(read('out/t.md')).toContain('**Gate holds.**');
    const bad = await touchstone(folder, 'eval', SUITE, '--also', 'junit');
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('Write it as name=file') });
  });

  it('prints nothing but JSON when that goes to stdout', async () => {
    const { stdout } = await touchstone(folder, 'eval', SUITE, '--reporter', 'json', '--no-history', '--limit', '1');
    expect(JSON.parse(stdout).run).toMatchObject({ suite: SUITE, status: 'finished', history: null });
  });

  it('prints failing cases as problems of their rows', async () => {
    const { stderr } = await touchstone(
      folder,
      'eval',
      SUITE,
      '--problems',
      '--no-history',
      '--filter',
      'polite-locked-team',
    );
    const line =
      read('evals/triage.csv')
        .split('\n')
        .findIndex((row) => row.startsWith('polite-locked-team,')) + 1;
    expect(stderr).toContain(`evals/triage.csv:${line}:1: warning: polite-locked-team [triage]: urgent: `);
    expect(stderr).not.toContain('[triage-v1]');
  });

  it('writes as many problems to a file as samples failed', async () => {
    const file = path.join(folder, 'problems.jsonl');
    const args = [SUITE, '--no-history', '--reporter', 'json', '--problems-file', file];
    const { stdout } = await touchstone(folder, 'eval', ...args);
    const { variants }: { variants: { samples: { fail: number } }[] } = JSON.parse(stdout);
    const failed = variants.reduce((sum, { samples }) => sum + samples.fail, 0);
    const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(failed);
    expect(failed).toBeGreaterThan(10);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      file: path.join(folder, 'evals/triage.csv'),
      line: expect.any(Number),
      severity: 'warning',
      message: expect.stringMatching(/^[a-z-]+ \[triage(-v1)?\]: /),
    });
  });

  it('prints them also when the dataset has gone meanwhile', async () => {
    const other = copySample();
    const write = (file: string, text: string) => fs.writeFileSync(path.join(other, file), text);
    write('evals/gone.csv', 'id,ticket\na,Hello\n');
    write(
      'evals/model.mjs',
      'import fs from "node:fs";\nexport default () => { fs.rmSync("DATA"); return "no"; };\n'.replace(
        'DATA',
        path.join(other, 'evals/gone.csv'),
      ),
    );
    write(
      'evals/gone.eval.yaml',
      'prompts: [../prompts/triage.prompt]\nmodels: [function/model.mjs]\ndata: gone.csv\nmetrics: [{ equals: "yes" }]\n',
    );
    const { stdout, stderr } = await touchstone(other, 'eval', 'evals/gone.eval.yaml', '--problems', '--no-history');
    expect(stderr).toContain('evals/gone.csv:2:1: warning: a: equals: ');
    expect(stdout).toContain('1 failing');
    fs.rmSync(other, { recursive: true, force: true });
  });

  it('puts several suites into one JSON object, the first in order of their files', async () => {
    fs.writeFileSync(path.join(folder, 'evals/again.eval.yaml'), read(SUITE));
    for (const other of ['assistant', 'digest', 'event', 'help'])
      fs.rmSync(path.join(folder, `evals/${other}.eval.yaml`));
    const { stdout } = await touchstone(folder, 'eval', 'evals', '--no-history', '--reporter', 'json', '--limit', '1');
    const { schema, evals } = JSON.parse(stdout);
    expect(schema).toBe('touchstone/evals@1');
    expect(evals.map((one: { schema: string; run: { suite: string } }) => [one.schema, one.run.suite])).toEqual([
      ['touchstone/eval@1', 'evals/again.eval.yaml'],
      ['touchstone/eval@1', SUITE],
    ]);
    fs.rmSync(path.join(folder, 'evals/again.eval.yaml'));
  });

  it('compares each variant with the committed baseline in the JSON report', async () => {
    const { stdout } = await touchstone(folder, 'eval', SUITE, '--no-history', '--reporter', 'json');
    const { comparisons } = JSON.parse(stdout);
    expect(comparisons).toHaveLength(2);
    expect(comparisons[0]).toMatchObject({
      against: { kind: 'baseline', path: 'evals/triage.baseline.json' },
      prompt: 'prompts/triage.prompt',
      composite: { n: 48 },
      passed: { before: 34, after: 41, n: 48 },
    });
    const { mean, low, high } = comparisons[0].composite;
    expect(mean).toBeCloseTo(0.064, 3);
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
  });

  it.each([
    ['--tag', 'injection', 4],
    ['--filter', 'zh-*', 10],
    ['--limit', '5', 5],
  ])('%s %s selects %i cases', async (option, value, cases) => {
    const { stdout } = await touchstone(folder, 'eval', SUITE, '--no-history', option, value);
    expect(stdout).toContain(`${cases} cases × 2 variants`);
  });

  it('ends with 1 when the gate fails', async () => {
    const strict = 'evals/strict.eval.yaml';
    fs.writeFileSync(path.join(folder, strict), read(SUITE).replace('passRate: 0.5', 'passRate: 0.8'));
    const { code, stdout } = await touchstone(folder, 'eval', strict, '--no-history');
    expect(code).toBe(1);
    expect(stdout).toMatch(/Gate {5}fails\n {9}- prompts\/triage-v1\.prompt/);
    fs.rmSync(path.join(folder, strict));
  });

  it('ends with 3 when no answer could be had', async () => {
    const { code, stdout } = await touchstone(
      folder,
      'eval',
      SUITE,
      '--no-history',
      '--params',
      'temperature=1',
      '--limit',
      '2',
    );
    expect(code).toBe(3);
    expect(stdout).toContain('not-recorded (4×, e.g. double-charge)');
  });

  it('ends with 2 and runs nothing when there is nothing to replay under a name', async () => {
    const { code, stdout, stderr } = await touchstone(
      folder,
      'eval',
      SUITE,
      '--no-history',
      '--model',
      'replay/triaje',
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('The dataset has no column triaje, and there is no triaje.recording.jsonl');
    expect(stderr).toContain('Did you mean `replay/triage`?');
  });

  it('ends with 3 and runs nothing when a key is missing', async () => {
    const before = process.env['OPENAI_API_KEY'];
    delete process.env['OPENAI_API_KEY'];
    const { code, stdout, stderr } = await touchstone(folder, 'eval', SUITE, '--model', 'openai/gpt-5-mini');
    if (before !== undefined) process.env['OPENAI_API_KEY'] = before;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(
      'evals/triage.eval.yaml:1:1: error: There is no API key for openai. Set the environment variable OPENAI_API_KEY, or connect the model in the editor. (missing-key)',
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it('tells every problem of a broken suite, prompt and dataset at once, and runs nothing', async () => {
    const broken = copySample();
    const edit = (file: string, change: (text: string) => string) =>
      fs.writeFileSync(path.join(broken, file), change(fs.readFileSync(path.join(broken, file), 'utf8')));
    edit(SUITE, (text) => text.replace('weight: 3', 'weight: -3'));
    edit('prompts/triage.prompt', (text) => text.replace('{{ticket}}', '{{tickte}}'));
    edit('prompts/triage-v1.prompt', (text) => text.replace('{{role "user"}}', '{{role "usr"}}'));
    edit('evals/triage.csv', (text) => text.replace('dark-mode,', 'love-it,'));
    const { code, stdout, stderr } = await touchstone(broken, 'eval', SUITE);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const place of [
      /^evals\/triage\.eval\.yaml:15:13: error: /m,
      /^prompts\/triage\.prompt:\d+:3: error: /m,
      /^prompts\/triage-v1\.prompt:\d+:\d+: error: /m,
      /^evals\/triage\.csv:\d+:1: error: /m,
    ])
      expect(stderr).toMatch(place);
    expect(stderr).toContain('nothing was run');
    expect(fs.existsSync(path.join(broken, '.touchstone'))).toBe(false);
    fs.rmSync(broken, { recursive: true, force: true });
  });

  it.each([
    ['a suite that is not there', ['nope.eval.yaml'], 'nope.eval.yaml'],
    ['a prompt', ['prompts/triage.prompt'], 'touchstone run prompts/triage.prompt'],
    ['a folder without suites', ['prompts'], 'no *.eval.yaml'],
    ['a dataset', ['evals/triage.csv'], 'evals/triage.csv is no suite.'],
    ['a place that cannot be written', [SUITE, '--out', '/dev/null/report.json'], 'cannot be written'],
    ['a report that would be a folder', [SUITE, '--out', 'evals'], 'evals is a folder'],
    ['samples that would go to stdout', [SUITE, '--samples', '-'], '--samples needs a file'],
    ['two reports in one file', [SUITE, '--samples', 'a.json', '--out', './a.json'], 'name the same file'],
  ])('ends with 2 for %s', async (_name, args, words) => {
    const { code, stdout, stderr } = await touchstone(folder, 'eval', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});
