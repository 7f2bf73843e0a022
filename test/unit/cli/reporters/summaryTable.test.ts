import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../../src/cli/displayWidth.ts';
import { summaryTable } from '../../../../src/cli/reporters/summaryTable.ts';
import { NEW, OLD, SUMMARY } from './summaryFixture.ts';

const plain = picocolors.createColors(false);
const differences = new Map([[NEW.id, 0.0412]]);

describe('summaryTable', () => {
  it('shows all in one block where there is room', () => {
    expect(`\n${summaryTable(SUMMARY, differences, 160, plain).join('\n')}\n`).toBe(`
variant    pass  fail  error  unscored  composite   95 % interval  vs baseline  category  latency ↓  latency p50     p95  tokens in  out  total cost
triage        3     1      0         0      0.875  0.500 to 1.000       +0.041     0.750     812 ms       800 ms  1.90 s      1,234   99     $0.0061
triage-v1     1     1      2         0      0.500  0.000 to 1.000          new     0.500          –            –       –          –    –           –
`);
  });

  it('continues in blocks below in 80 columns', () => {
    const lines = summaryTable(SUMMARY, differences, 80, plain);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
    expect(`\n${lines.join('\n')}\n`).toBe(`
variant    pass  fail  error  unscored  composite   95 % interval  vs baseline
triage        3     1      0         0      0.875  0.500 to 1.000       +0.041
triage-v1     1     1      2         0      0.500  0.000 to 1.000          new

variant    category  latency ↓  latency p50     p95  tokens in  out  total cost
triage        0.750     812 ms       800 ms  1.90 s      1,234   99     $0.0061
triage-v1     0.500          –            –       –          –    –           –
`);
  });

  it('shows no difference where nothing can be compared', () => {
    const lines = summaryTable(SUMMARY, new Map([[OLD.id, null]]), 160, plain);
    expect(lines[1]).toMatch(/ to 1\.000 {10}new /);
    expect(lines[2]).toMatch(/ to 1\.000 {12}– /);
  });

  it('numbers variants whose names are too long to be told apart', () => {
    const long = (variant: typeof NEW, model: string) => ({
      ...variant,
      model: `replay/the-same-long-beginning-${model}`,
    });
    const variants = [long(NEW, 'a'), long({ ...OLD, prompt: NEW.prompt }, 'b')];
    const summary = {
      ...SUMMARY,
      header: { ...SUMMARY.header, variants },
      variants: SUMMARY.variants.map((one, at) => ({ ...one, variant: variants[at] ?? NEW })),
    };
    const lines = summaryTable(summary, null, 60, plain);
    expect(lines.slice(0, 3)).toEqual([' 1  the-same-long-beginning-a', ' 2  the-same-long-beginning-b', '']);
    expect(lines.slice(3, 6).map((line) => line.slice(0, 13))).toEqual([
      'variant  pass',
      '1           3',
      '2           1',
    ]);
    expect(summaryTable(summary, null, 160, plain)[1]).toContain('the-same-long-beginning-a');
  });

  it.each([40, 60])('fits %i columns also with a metric of a long name', (width) => {
    const metrics = SUMMARY.header.metrics.map((metric) => ({
      ...metric,
      name: `${metric.name} 很长的名字`.repeat(9),
    }));
    const lines = summaryTable({ ...SUMMARY, header: { ...SUMMARY.header, metrics } }, null, width, plain);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
  });

  it('leaves the difference out without a baseline', () => {
    expect(summaryTable(SUMMARY, null, 160, plain)[0]).not.toContain('vs baseline');
  });

  it.each([40, 60, 100])('fits %i columns', (width) => {
    const lines = summaryTable(SUMMARY, differences, width, plain);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    expect(lines.join('\n')).toContain('$0.0061');
  });

  it('leaves out times and tokens that nobody knows, but not the cost', () => {
    const variants = SUMMARY.variants.map((variant) => ({ ...variant, latencyMs: null, tokens: null, costUsd: null }));
    const [titles = '', first] = summaryTable({ ...SUMMARY, variants }, null, 160, plain);
    expect(titles).not.toMatch(/p50|p95|tokens/);
    expect(titles.endsWith('total cost') && first?.endsWith('–')).toBe(true);
  });

  it('keeps the interval of few cases within 0..1', () => {
    const [variant] = SUMMARY.variants;
    const variants = variant ? [{ ...variant, composite: { mean: 0.9, low: -0.2, high: 1.3 } }] : [];
    expect(summaryTable({ ...SUMMARY, variants }, null, 160, plain)[1]).toContain('0.000 to 1.000');
  });

  it('disarms names that steer the terminal', () => {
    const evil = { ...NEW, prompt: 'prompts/\x1b[31mred.prompt' };
    const summary = { ...SUMMARY, header: { ...SUMMARY.header, variants: [evil, OLD] } };
    expect(summaryTable(summary, null, 160, plain).join('')).not.toContain('\x1b');
  });
});
