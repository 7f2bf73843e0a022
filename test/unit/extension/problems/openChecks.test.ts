import { describe, expect, it } from 'vitest';
import { AT_START, type Problem } from '../../../../src/engine/problem.ts';
import { OpenChecks } from '../../../../src/extension/problems/openChecks.ts';

const PROMPT = '/w/a.prompt';
const SUITE = '/w/a.eval.yaml';
const problemOf = (code: string, file = PROMPT): Problem => ({
  severity: 'error',
  code,
  message: code,
  file,
  range: AT_START,
});

function setUp() {
  const checked: string[] = [];
  const pending: (() => void)[] = [];
  const published: string[][] = [];
  const errors: unknown[] = [];
  const state = {
    open: [PROMPT],
    found: new Map<string, readonly Problem[] | Error>(),
    obstacles: [] as readonly Problem[],
    isHeld: false,
  };
  const checks = new OpenChecks({
    worker: () => ({
      check: async (path) => {
        checked.push(path);
        if (state.isHeld) await new Promise<void>((resolve) => pending.push(resolve));
        const found = state.found.get(path) ?? [];
        if (found instanceof Error) throw found;
        return found;
      },
      obstacles: async () => state.obstacles,
    }),
    open: () => state.open,
    publish: (problems) => published.push(problems.map(({ code }) => code)),
    onError: (error) => errors.push(error),
  });
  return { checks, state, checked, pending, published, errors };
}

describe('checks of open files', () => {
  it('run one round at a time, however many keys are struck meanwhile', async () => {
    const { checks, state, checked, pending } = setUp();
    state.isHeld = true;
    const rounds = Array.from({ length: 20 }, () => checks.check());
    expect(checked).toEqual([PROMPT]);
    state.isHeld = false;
    pending[0]?.();
    await Promise.all(rounds);
    expect(checked).toHaveLength(2);
  });

  it('see what changed while a round was under way', async () => {
    const { checks, state, pending, published } = setUp();
    state.isHeld = true;
    const done = checks.check();
    await Promise.resolve();
    state.isHeld = false;
    void checks.check();
    pending[0]?.();
    state.found.set(PROMPT, [problemOf('typed-since')]);
    await done;
    expect(published.at(-1)).toEqual(['typed-since']);
  });

  it('publish a prompt before a slow suite has answered, and nothing twice', async () => {
    const { checks, state, published } = setUp();
    state.open = [PROMPT, SUITE];
    state.found.set(PROMPT, [problemOf('quick')]);
    state.found.set(SUITE, [problemOf('slow', SUITE)]);
    await checks.check();
    await checks.check();
    expect(published).toEqual([['quick'], ['quick', 'slow']]);
  });

  it('forget a file that was closed, and keep what is known of one that cannot be asked', async () => {
    const { checks, state, published, errors } = setUp();
    state.found.set(PROMPT, [problemOf('kept')]);
    await checks.check();
    state.found.set(PROMPT, new Error('The worker ended.'));
    await checks.check();
    expect(errors).toHaveLength(1);
    expect(published).toEqual([['kept']]);
    state.open = [];
    await checks.check();
    expect(published.at(-1)).toEqual([]);
  });
});

describe('what kept a suite from being evaluated', () => {
  it('stands beside the checks until nothing does: neither erases the other', async () => {
    const { checks, state, published } = setUp();
    state.found.set(PROMPT, [problemOf('found')]);
    state.obstacles = [problemOf('missing-key', SUITE)];
    const round = checks.check();
    checks.refused(SUITE, state.obstacles);
    await round;
    expect(published.at(-1)).toEqual(['found', 'missing-key']);
    state.found.set(PROMPT, []);
    await checks.check();
    expect(published.at(-1)).toEqual(['missing-key']);
    state.obstacles = [];
    await checks.check();
    expect(published.at(-1)).toEqual([]);
  });
});
