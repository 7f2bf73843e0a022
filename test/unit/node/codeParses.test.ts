import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createMetric } from '../../../src/engine/metric/createMetric.ts';
import type { Metric, MetricTools } from '../../../src/engine/metric/metric.ts';
import { codeFault } from '../../../src/node/codeFaults.ts';
import { ownPrograms } from '../../../src/node/programs/ownPrograms.ts';
import { temporaryWorkspaces } from '../../support/temporaryWorkspace.ts';
import { inputOf, PLAIN } from '../engine/metric/scoring.ts';

const workspaces = temporaryWorkspaces();
const root = workspaces.make({ 'suite.eval.yaml': '' });
const programs = ownPrograms({ root, folder: root, trusted: true });
afterAll(async () => {
  await programs.close(true);
  workspaces.remove();
});

function metric(options: object, tools: Partial<MetricTools> = {}): Metric {
  const declared = { kind: 'code-parses', name: 'code', options, weight: 1, gate: false };
  const made = createMetric(declared, {
    ...PLAIN,
    tools: { ...PLAIN.tools, codeFault, openProgram: programs.open, ...tools },
  });
  if ('error' in made) throw new Error(made.error);
  return made;
}

const TABLE: readonly (readonly [language: string, code: string, reason: true | RegExp])[] = [
  ['javascript', 'export const a = await import("x");', true],
  ['javascript', '#!/usr/bin/env node\nconsole.log(1)', true],
  ['javascript', 'with (a) { b; }', true],
  ['javascript', 'class A { #x = 1; static { } get y() { return this.#x ?? 0; } }', true],
  ['javascript', 'const a = ;', /in line 1/],
  ['javascript', 'let a;\nlet b = {;\n', /in line 2/],
  ['javascript', 'let a: string;', /not javascript/],
  ['javascript', 'Sure! Here is the code.', /not javascript/],
  ['typescript', 'enum A { B = 1 }\nabstract class C<T extends A> { constructor(private readonly x: T) {} }', true],
  ['typescript', 'const a = { b: 1 } satisfies Record<string, number>;\ntype X = [a?: string];', true],
  ['typescript', 'interface A { b?: string; [key: string]: unknown }\nexport type { A };', true],
  ['typescript', 'function f(a: ): void {}', /in line 1/],
  ['tsx', 'const a = <B c={1}>text {d}</B>;', true],
  ['tsx', 'const a = <B>;', /not tsx/],
  ['json', '{"a": [1, null]}', true],
  ['json', '{"a": 1,}', /not json/],
  ['json', "{'a': 1}", /not json/],
];

describe('code-parses', () => {
  it.each(TABLE)('%s: %j', async (language, code, wanted) => {
    const outcome = await metric({ language }).score(inputOf(code));
    expect(outcome).toMatchObject({ outcome: 'scored', passed: wanted === true, value: wanted === true ? 1 : 0 });
    if (wanted !== true) expect(outcome.reason).toMatch(wanted);
  });

  it.each([
    [{}, 'Here:\n```ts\nlet a: string;\n```\nand a shell:\n```sh\nnpm i\n```', 'The code is typescript.'],
    [{}, '```js\nlet a;\n```\n```js\nlet = = 1;\n```', 'Block 2 of 2 is not javascript'],
    [{}, 'let a;', 'set `language`'],
    [{ language: 'json' }, '```js\nlet a;\n```', 'No code of the output is json.'],
    [{ language: 'javascript' }, '   ', 'The output is empty.'],
    [{ language: 'javascript' }, 'x;'.repeat(150_000), 'is not read'],
    [{ language: 'javascript', path: 'code' }, '{"code": "let a;"}', 'The code is javascript.'],
    [{ language: 'javascript' }, '('.repeat(60_000), 'not javascript'],
    [{ language: 'json' }, '['.repeat(150_000), 'not json'],
  ])('%j', async (options, output, reason) => {
    expect((await metric(options).score(inputOf(output))).reason).toContain(reason);
  });

  it('takes what JSON.stringify writes, and never throws', async () => {
    const json = metric({ language: 'json' });
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await json.score(inputOf(JSON.stringify(value, null, 1)))).toMatchObject({ value: 1 });
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('javascript', 'typescript', 'tsx', 'json'), (text, language) => {
        const fault = codeFault(language as 'json', text);
        expect(fault === null || typeof fault === 'string').toBe(true);
      }),
    );
  });

  it('says so where Python is not there, and scores nothing', async () => {
    const outcome = await metric({ language: 'python', python: ['no-such-python'] }).score(inputOf('x = 1'));
    expect(outcome).toMatchObject({ outcome: 'error', reason: expect.stringContaining('no-such-python') });
  });

  const hasPython = spawnSync('python3', ['-c', 'import ast']).status === 0;
  it.runIf(hasPython)('asks Python about Python, which runs none of it', async () => {
    const python = metric({ language: 'python' });
    const right =
      '```python\nimport os\nos._exit(1)\n\nasync def f(a: int, /) -> None:\n    match a:\n        case 1: pass\n```';
    expect(await python.score(inputOf(right))).toMatchObject({ passed: true });
    const wrong = await python.score(inputOf('def f(:\n  pass'));
    expect(wrong).toMatchObject({ passed: false, reason: expect.stringContaining('in line 1') });
    expect(await python.score(inputOf('x = \u0000'))).toMatchObject({ passed: false });
    expect(await python.score(inputOf('('.repeat(5_000)))).toMatchObject({ passed: false });
  });
});
