import { Dotprompt } from 'dotprompt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { hasErrors } from '../../../../src/engine/problem.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import type { JsonSchema } from '../../../../src/engine/prompt/promptDocument.ts';
import { renderPrompt } from '../../../../src/engine/prompt/renderPrompt.ts';
import { closureOf } from './promptOf.ts';
import { PROMPTS_FOLDER, sharedFiles } from './sharedData.ts';
import { generatedPrompt } from './templateArbitrary.ts';

const HISTORY: readonly Message[] = [
  { role: 'user', content: [{ text: 'earlier question' }] },
  { role: 'model', content: [{ text: 'earlier answer' }], metadata: { kept: true } },
];
const CONTEXT: JsonObject = { state: { n: 7 } };

/** Problems that say that other implementations would render something else. */
const DEVIATIONS = ['front-matter-empty', 'front-matter-ends-file', 'marker-in-text'];

/** What the reference makes of the same text and values. It is told the defaults, which it does not read by itself. */
async function reference(
  text: string,
  partials: { readonly [name: string]: string },
  input: JsonObject,
  defaults: JsonObject,
  messages: readonly Message[],
): Promise<unknown> {
  const dotprompt = new Dotprompt({ partials: { ...partials } });
  const data = { input, messages: messages as never, context: CONTEXT };
  const rendered = await dotprompt.render(text, data, { input: { default: defaults } } as never);
  return rendered.messages;
}

describe('inside the strict profile, messages are those of the reference', () => {
  it('for generated templates, partials and values', async () => {
    let rendered = 0;
    await fc.assert(
      fc.asyncProperty(generatedPrompt, fc.boolean(), async ({ template, partials, vars }, withHistory) => {
        const history = withHistory ? HISTORY : [];
        const closure = await closureOf(template, partials);
        const ours = renderPrompt(closure, { vars: vars as JsonObject, history, context: CONTEXT });
        expect(ours.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        const theirs = await reference(template, partials, vars as JsonObject, {}, history).catch((error: unknown) => {
          // Its own fault: it indents the content of a block partial without asking whether that is text.
          if (String(error).includes('result.split is not a function')) return null;
          // And it calls an inline partial without the block parameters around it, which the partial was compiled to read.
          if (/ as \|[\s\S]*#\*inline/.test(template) && /of undefined \(reading '\d'\)/.test(String(error)))
            return null;
          throw error;
        });
        if (theirs === null) return;
        expect(JSON.stringify(ours.messages)).toBe(JSON.stringify(theirs));
        if (ours.messages.length > 0) rendered++;
      }),
      { numRuns: Number(process.env.DIFFERENTIAL_RUNS ?? 500) },
    );
    expect(rendered).toBeGreaterThan(100);
  });

  const files = sharedFiles(PROMPTS_FOLDER);
  it.skipIf(files.length === 0)('for real files, with values made from their schemas', async () => {
    let compared = 0;
    for (const { name, text } of files) {
      const closure = await closureOf(text);
      if (hasErrors(closure.problems) || closure.problems.some(({ code }) => DEVIATIONS.includes(code))) continue;
      const { schema, default: defaults } = closure.document.metadata.input;
      for (const vars of [{}, sample(schema) as JsonObject]) {
        for (const history of [[], HISTORY]) {
          const ours = renderPrompt(closure, { vars, history, context: CONTEXT });
          if (hasErrors(ours.problems)) continue;
          const theirs = await reference(text, {}, vars, defaults, history);
          expect(JSON.stringify(ours.messages), name).toBe(JSON.stringify(theirs));
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(80);
  });
});

/** A value that fits a schema. */
function sample(schema: JsonSchema | undefined): unknown {
  if (schema === undefined || typeof schema === 'boolean') return {};
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const properties = Object.entries((schema.properties ?? {}) as { [name: string]: JsonSchema });
    return Object.fromEntries(properties.map(([name, inner]) => [name, sample(inner)]));
  }
  if (type === 'array') return [sample(schema.items as JsonSchema), sample(schema.items as JsonSchema)];
  if (type === 'integer' || type === 'number') return 3;
  return type === 'boolean' ? true : '<b>value';
}
