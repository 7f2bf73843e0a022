import { describe, expect, it } from 'vitest';
import { hashValue } from '../../../../src/engine/hash.ts';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { AT_START, type SourceRange } from '../../../../src/engine/problem.ts';
import type { PromptClosure } from '../../../../src/engine/prompt/promptDocument.ts';
import { type PlannedPrompt, type PlanOverrides, planVariants } from '../../../../src/engine/suite/planVariants.ts';
import type { Suite } from '../../../../src/engine/suite/suite.ts';

const at = (line: number): SourceRange => ({
  start: { line, column: 2, offset: line * 10 },
  end: { line, column: 5, offset: line * 10 + 3 },
});

function suiteOf(given: Partial<Suite>): Suite {
  return {
    path: 's.eval.yaml',
    name: null,
    prompts: [],
    models: [],
    params: {},
    data: { value: 'd.csv', range: AT_START },
    columns: {},
    repeats: 1,
    metrics: [],
    judge: null,
    composite: { threshold: 0.5, missing: 'renormalise' },
    concurrency: null,
    budgetUsd: null,
    baseline: null,
    gate: { passRate: null, composite: null, verdict: null },
    compare: { margin: 0, confidence: 0.95, correction: 'holm' },
    compareWith: null,
    ...given,
  };
}

function prompt(path: string, version: string, model?: string, config: JsonObject = {}): PlannedPrompt {
  const document: PromptClosure['document'] = {
    path: `/root/${path}`,
    text: '',
    format: 'dotprompt',
    metadata: {
      model,
      config,
      input: { default: {} },
      output: {},
      tools: [],
      toolDefinitions: [],
      extensions: {},
      raw: {},
    },
    frontMatterRange: null,
    keyRanges: new Map([['model', at(1)]]),
    template: '',
    templateRange: AT_START,
    program: null,
    variables: [],
    partials: [],
    roles: [],
    files: [],
    samples: [],
    problems: [],
  };
  return { path, range: at(7), version, closure: { document, partials: new Map(), problems: [] } };
}

/** `prompt model params` of each variant, and the problems' codes and places. */
function planned(suite: Partial<Suite>, prompts: PlannedPrompt[], overrides?: PlanOverrides) {
  const { variants, problems } = planVariants(suiteOf(suite), prompts, overrides);
  return {
    variants: variants.map(
      (one) => `${one.prompt} ${one.model.provider}/${one.model.name} ${JSON.stringify(one.params)}`,
    ),
    problems: problems.map(({ severity, code, file, range }) => `${severity} ${code} ${file}:${range.start.line}`),
  };
}
const models = (...names: string[]) => names.map((value) => ({ value, range: AT_START }));

describe('planVariants', () => {
  it('multiplies prompts, models and params in the order of the suite', () => {
    const suite = { models: models('p/x', 'q/y/z'), params: { temperature: [0, 1], seed: [7, 8] } };
    const { variants, problems } = planned(suite, [
      prompt('a', 'A', 'own/m', { temperature: 0.5, top_p: 1 }),
      prompt('b', 'B'),
    ]);
    expect(problems).toEqual([]);
    const chosen = [
      '"temperature":0,{}"seed":7',
      '"temperature":0,{}"seed":8',
      '"temperature":1,{}"seed":7',
      '"temperature":1,{}"seed":8',
    ];
    const expected = [
      ['a', '"top_p":1,'],
      ['b', ''],
    ].flatMap(([name, own]) =>
      ['p/x', 'q/y/z'].flatMap((model) =>
        chosen.map((params) => `${name} ${model} {${params.replace('{}', own ?? '')}}`),
      ),
    );
    expect(variants).toEqual(expected);
  });

  it("takes each prompt's own model and config when the suite names none", () => {
    const { variants } = planned({}, [prompt('a', 'A', 'p/x', { seed: 1 }), prompt('b', 'B', 'p/y')]);
    expect(variants).toEqual(['a p/x {"seed":1}', 'b p/y {}']);
  });

  it('plans the same request once', () => {
    const suite = { models: models('p/x', 'p/x'), params: { temperature: [0, 0] } };
    const { variants, problems } = planned(suite, [prompt('a', 'A'), prompt('b', 'A')]);
    expect(variants).toEqual(['a p/x {"temperature":0}']);
    expect(problems).toEqual(['warning same-prompt s.eval.yaml:7']);
  });

  it('lets overrides stand in for models and single params', () => {
    const suite = { models: models('p/x'), params: { temperature: [0, 1], seed: [1, 2] } };
    const overrides = { models: ['r/w'], params: { seed: [9], max_tokens: [5] } };
    const { variants } = planned(suite, [prompt('a', 'A')], overrides);
    expect(variants).toEqual([
      'a r/w {"temperature":0,"seed":9,"max_tokens":5}',
      'a r/w {"temperature":1,"seed":9,"max_tokens":5}',
    ]);
  });

  it('says at the right place when there is no model', () => {
    const { variants, problems } = planned({}, [prompt('a', 'A'), prompt('b', 'B', 'bare'), prompt('c', 'C', 'p/x')]);
    expect(variants).toEqual(['c p/x {}']);
    expect(problems).toEqual(['error no-model s.eval.yaml:7', 'error invalid-model /root/b:1']);
    expect(planned({}, [prompt('a', 'A', 'p/x')], { models: ['bare'] }).problems).toEqual([
      'error invalid-model s.eval.yaml:0',
    ]);
  });

  it('gives ids that depend on version, model and params alone', () => {
    const [first] = planVariants(suiteOf({}), [prompt('a', 'A', 'p/x', { b: 1, a: 2 })]).variants;
    const [second] = planVariants(suiteOf({ models: models('p/x') }), [
      prompt('b', 'A', 'q/y', { a: 2, b: 1 }),
    ]).variants;
    expect(first?.id).toBe(hashValue({ promptVersion: 'A', model: 'p/x', params: { a: 2, b: 1 } }).slice(0, 12));
    expect(second?.id).toBe(first?.id);
    const others = [
      prompt('a', 'B', 'p/x', { b: 1, a: 2 }),
      prompt('a', 'A', 'p/y', { b: 1, a: 2 }),
      prompt('a', 'A', 'p/x'),
    ];
    const ids = planVariants(suiteOf({}), others).variants.map(({ id }) => id);
    expect(new Set([...ids, first?.id]).size).toBe(4);
  });
});
