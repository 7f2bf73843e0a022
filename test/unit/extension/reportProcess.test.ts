import { describe, expect, it } from 'vitest';
import { reportProcess } from '../../../src/extension/reportProcess.ts';

describe('reportProcess', () => {
  const at = { cliPath: '/ext/cli.cjs', file: '/w/prompts/a.prompt' };

  it.each([
    [null, '/out/a.html', ['show', 'r2', '--html', '/out/a.html'], true],
    [null, '/out/a.MD', ['show', 'r2', '--markdown'], false],
    ['r1', '/out/a.html', ['compare', 'r1', 'r2', '--html', '/out/a.html'], true],
    ['r1', '/out/a', ['compare', 'r1', 'r2', '--html', '/out/a'], true],
  ])('from %s to %s', (before, target, words, isPage) => {
    const args = ['/ext/cli.cjs', ...words, '--workspace', '/w/prompts'];
    expect(reportProcess({ runId: 'r2', before }, { ...at, target })).toEqual({ args, isPage });
  });
});
