import { describe, expect, it } from 'vitest';
import { codeBlock, markdownText } from '../../../../src/cli/markdown/markdownText.ts';
import { runMarkdown } from '../../../../src/cli/markdown/runMarkdown.ts';
import { SAMPLES, SUMMARY } from '../reporters/summaryFixture.ts';

const report = { summary: SUMMARY, comparison: null, notes: [], samples: SAMPLES };

describe('runMarkdown', () => {
  it('begins with the gate, tells unknown from zero, and error from fail', () => {
    const text = runMarkdown({ ...report, gate: { holds: false, reasons: ['triage: 0.5 is less than 0.8.'] } });
    const lines = text.split('\n');
    expect(lines.slice(0, 5)).toEqual([
      '## evals/triage.eval.yaml',
      '',
      '**Gate fails:**',
      '',
      '- triage: 0.5 is less than 0.8.',
    ]);
    // 3 of 4: Wilson's interval is 0.3006 to 0.9544.
    expect(text).toContain('| triage | 3 | 1 | 0 | 0 | 75.0 % (30.1 % to 95.4 %) | **0.875** (0.500 to 1.000) |');
    expect(text).toContain('| triage-v1 | 1 | 1 | 2 | 0 |');
    expect(text).toMatch(/triage-v1 .*\| 0\.500 \| – \| – \| – \|/);
    expect(text).toContain('### Failing (2)');
    expect(text).toContain('### Could not run (2)');
    expect(text).toContain('| four | triage-v1 | category: "a" &#60; "b" |');
  });

  it('says that nothing was decided where nothing was scored', () => {
    const variants = SUMMARY.variants.map((one) => ({ ...one, samples: { pass: 0, fail: 0, error: 4, unscored: 0 } }));
    const text = runMarkdown({ ...report, summary: { ...SUMMARY, variants }, gate: { holds: true, reasons: [] } });
    expect(text).toContain('**Gate not decided**');
    expect(text).not.toContain('0.0 %');
  });

  it('shows fifty failing samples and counts the rest', () => {
    const [first] = SAMPLES;
    const samples = Array.from({ length: 60 }, (_, caseIndex) => ({ ...(first as typeof first & {}), caseIndex }));
    expect(runMarkdown({ ...report, gate: null, samples })).toContain('… and 10 more samples.');
  });
});

describe('markdownText', () => {
  it.each([
    ['a|b', 'a&#124;b'],
    ['a\\|b', 'a\\\\&#124;b'],
    ['`code` *x* _y_', '\\`code\\` \\*x\\* \\_y\\_'],
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['two\r\nlines\tand\u0085more', 'two lines andmore'],
    ['[x](https://e.com)', '\\[x\\](https&#58;//e.com)'],
    ['www.e.com @all #12', 'www&#46;e.com @&#8203;all #&#8203;12'],
    ['&lt;b&gt;', '&#38;lt;b&#38;gt;'],
    ['\x1b[31mred\ud800', 'red\ufffd'],
  ])('shows %j and does nothing else', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });
});

it('a block of code does not end where its text says so, and tells how much is left out', () => {
  expect(codeBlock('a\n````\nb', 100)).toEqual(['`````', 'a\n````\nb', '`````']);
  expect(codeBlock('x'.repeat(1500), 500).at(-1)).toBe('… and 1,000 more characters');
  expect(codeBlock('x😀', 2)).toEqual(['```', 'x', '```', '', '… and 2 more characters']);
});
