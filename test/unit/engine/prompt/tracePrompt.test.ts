import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadClosure } from '../../../../src/engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { renderPrompt, tracePrompt } from '../../../../src/engine/prompt/renderPrompt.ts';

const FRONT = '---\nmodel: a/b\n---\n';

async function trace(text: string, vars: object = {}, partials: { readonly [name: string]: string } = {}) {
  const closure = await loadClosure(parsePrompt(text, 'main.prompt'), async (name) =>
    Object.hasOwn(partials, name) ? { path: `_${name}.prompt`, text: partials[name] ?? '' } : undefined,
  );
  const traced = tracePrompt(closure, { vars: vars as never });
  const files = new Map([
    ['main.prompt', text],
    ...Object.entries(partials).map(([name, at]) => [`_${name}.prompt`, at] as const),
  ]);
  /** `rendered <- source in the file`, for each stretch. */
  const stretches = traced.messages.map(({ content }, message) =>
    content.map((part, index) => {
      const rendered = 'text' in part ? part.text : '';
      return (traced.sources[message]?.[index] ?? []).map(({ start, end, file, range, kind, variable, isMissing }) => ({
        rendered: rendered.slice(start, end),
        source: files.get(file)?.slice(range.start.offset, range.end.offset),
        file,
        kind,
        ...(variable === null ? {} : { variable }),
        ...(isMissing ? { isMissing } : {}),
      }));
    }),
  );
  return { ...traced, stretches, closure };
}

describe('a rendered prompt', () => {
  it('knows where text and values come from, offsets counted in the file', async () => {
    const { stretches } = await trace(`${FRONT}{{role "system"}}\nBe kind.\n{{role "user"}}\nHi {{user.name}}!`, {
      user: { name: 'Ann\n' },
    });
    const main = { file: 'main.prompt' };
    expect(stretches).toEqual([
      [[{ ...main, rendered: '\nBe kind.\n', source: '\nBe kind.\n', kind: 'text' }]],
      [
        [
          { ...main, rendered: '\nHi ', source: '\nHi ', kind: 'text' },
          { ...main, rendered: 'Ann\n', source: '{{user.name}}', kind: 'value', variable: 'user.name' },
          { ...main, rendered: '!', source: '!', kind: 'text' },
        ],
      ],
    ]);
  });

  it('keeps the place of a variable without a value', async () => {
    const { stretches } = await trace('a{{gone}}b{{empty}}', { empty: '' });
    expect(stretches[0]?.[0]).toMatchObject([
      { rendered: 'a' },
      { rendered: '', source: '{{gone}}', variable: 'gone', isMissing: true },
      { rendered: 'b' },
    ]);
  });

  it('leads into a partial, whose lines may be indented', async () => {
    const { stretches, messages } = await trace(
      'Rules:\n  {{>tone}}\nEnd',
      { x: 'X' },
      { tone: 'same\nsame\n{{x}}\n' },
    );
    expect(messages[0]?.content[0]).toEqual({ text: 'Rules:\n  same\n  same\n  X\nEnd' });
    const partial = stretches[0]?.[0]?.filter(({ file }) => file === '_tone.prompt');
    expect(partial).toMatchObject([
      { rendered: 'same\n', source: 'same\n' },
      { rendered: 'same\n', source: 'same\n' },
      { rendered: 'X', source: '{{x}}', variable: 'x' },
      { rendered: '\n', source: '\n' },
    ]);
  });

  it('tells equal lines of a partial apart', async () => {
    const { sources } = await trace('  {{>tone}}', {}, { tone: '{{! note }}\nsame\nsame\n' });
    expect(sources[0]?.[0]?.map(({ range }) => range.start.line)).toEqual([1, 2]);
  });

  it('names the helper by its tag, and text with an escape by its whole stretch', async () => {
    const { stretches } = await trace('{{json list}} \\{{raw}} x', { list: [1] });
    expect(stretches[0]?.[0]?.[0]).toEqual({
      rendered: '[1]',
      source: '{{json list}}',
      file: 'main.prompt',
      kind: 'value',
    });
    expect(stretches[0]?.[0]?.map(({ rendered }) => rendered).join('')).toBe('[1] {{raw}} x');
  });

  it('has the messages of renderPrompt, and sources in order that cover them', async () => {
    const part = fc.constantFrom(
      'text ',
      '\n',
      '{{a}}',
      '{{b.c}}',
      '{{#each l}}{{this}},{{/each}}',
      '{{role "user"}}',
      '  {{>p}}\n',
      '{{#if a}}yes{{/if}}',
      '{{~a~}}',
      '\\{{x}}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const vars = { a: 'A', b: { c: 'C C' }, l: [1, 'two'] };
        const { messages, sources, closure } = await trace(parts.join(''), vars, { p: 'in\n{{a}}\n' });
        expect(messages).toEqual(renderPrompt(closure, { vars }).messages);
        for (const [index, { content }] of messages.entries()) {
          for (const [at, one] of content.entries()) {
            const text = 'text' in one ? one.text : '';
            let end = 0;
            for (const source of sources[index]?.[at] ?? []) {
              expect(source.start).toBeGreaterThanOrEqual(end);
              // Only an indent stands between two sources.
              expect(text.slice(end, source.start).trim()).toBe('');
              end = source.end;
            }
            expect(end).toBe(text.length);
          }
        }
      }),
    );
  });
});
