import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../../../src/engine/json.ts';
import { loadClosure } from '../../../../src/engine/prompt/loadClosure.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import type { JsonSchema } from '../../../../src/engine/prompt/promptDocument.ts';
import { renderPrompt } from '../../../../src/engine/prompt/renderPrompt.ts';
import { SPEC_FOLDER, sharedFiles } from './sharedData.ts';

type Data = {
  readonly input?: JsonObject;
  readonly messages?: readonly Message[];
  readonly context?: JsonObject;
};
type Suite = {
  readonly name: string;
  readonly template: string;
  readonly data?: Data;
  readonly schemas?: { readonly [name: string]: JsonSchema };
  readonly partials?: { readonly [name: string]: string };
  readonly resolverPartials?: { readonly [name: string]: string };
  readonly tests: readonly {
    readonly desc: string;
    readonly data?: Data;
    readonly options?: { readonly input?: { readonly default?: JsonObject } };
    readonly expect: {
      readonly messages?: Json;
      readonly config?: JsonObject;
      readonly model?: string;
      readonly ext?: Json;
      readonly raw?: Json;
      readonly input?: { readonly schema?: Json };
      readonly output?: { readonly schema?: Json };
    };
  }[];
};

const files = sharedFiles(SPEC_FOLDER);
const cases = files.flatMap(({ name: file, text }) =>
  (parse(text) as Suite[]).flatMap((suite) =>
    suite.tests.map((test) => ({ title: `${file} ${suite.name}: ${test.desc}`, suite, test })),
  ),
);

describe.skipIf(files.length === 0)("the format's conformance suites", () => {
  it('are 117 cases', () => expect(cases).toHaveLength(117));

  it.each(cases)('$title', async ({ suite, test }) => {
    const data = { ...suite.data, ...test.data };
    const partials = new Map(Object.entries({ ...suite.partials, ...suite.resolverPartials }));
    const document = parsePrompt(suite.template, 'spec.prompt', suite.schemas);
    const closure = await loadClosure(document, async (name) => {
      const text = partials.get(name);
      return text === undefined ? undefined : { path: name, text };
    });
    const vars = { ...test.options?.input?.default, ...data.input };
    const result = renderPrompt(closure, { vars, history: data.messages, context: data.context });

    const { metadata } = document;
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (test.expect.messages) expect(result.messages).toEqual(test.expect.messages);
    expect(metadata.config).toEqual(test.expect.config ?? {});
    expect(metadata.model).toBe(test.expect.model);
    expect(metadata.extensions).toEqual(test.expect.ext ?? {});
    if (test.expect.raw) expect(metadata.raw).toEqual(test.expect.raw);
    expect(metadata.input.schema).toEqual(test.expect.input?.schema);
    expect(metadata.output.schema).toEqual(test.expect.output?.schema);
  });
});
