import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { testShell } from './testShell.ts';

async function run(...args: string[]) {
  const { shell, stdout, stderr } = testShell('/nowhere');
  const code = await createProgram(shell, '1.2.3').run(args);
  return { code, stdout: stdout(), stderr: stderr() };
}

describe('arguments', () => {
  it.each([
    ['no suite', ['eval']],
    ['an unknown command', ['evaluate']],
    ['an unknown option', ['eval', 'x.eval.yaml', '--fliter', 'a']],
    ['an unknown reporter', ['eval', 'x.eval.yaml', '--reporter', 'html']],
    ['a count that is none', ['eval', 'x.eval.yaml', '--repeats', '0']],
    ['a param without a value', ['eval', 'x.eval.yaml', '--params', 'temperature']],
    ['a budget that is none', ['eval', 'x.eval.yaml', '--budget', 'much']],
    ['nothing at all', []],
  ])('%s ends with 2 and says so on stderr', async (_name, args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('names the option that was meant', async () => {
    expect((await run('eval', 'x.eval.yaml', '--fliter', 'a')).stderr).toContain('--filter');
  });

  it.each([['--help'], ['help'], ['eval', '--help'], ['help', 'eval']])('%s %s ends with 0', async (...args) => {
    const { code, stdout, stderr } = await run(...args.filter((arg) => arg !== undefined));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: touchstone');
  });

  it('tells the exit codes and the version', async () => {
    expect((await run('--help')).stdout).toContain('130  stopped');
    expect(await run('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });
});
