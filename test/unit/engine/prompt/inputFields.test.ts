import { describe, expect, it } from 'vitest';
import { inputFields } from '../../../../src/engine/prompt/inputFields.ts';
import { loadClosure } from '../../../../src/engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';

async function fieldsOf(text: string, partials: { readonly [name: string]: string } = {}) {
  const closure = await loadClosure(parsePrompt(text, 'p.prompt'), async (name) =>
    Object.hasOwn(partials, name) ? { path: `_${name}.prompt`, text: partials[name] ?? '' } : undefined,
  );
  return inputFields(closure);
}
const front = (yaml: string, body = '') => `---\nmodel: a/b\ninput:\n${yaml}\n---\n${body}`;

describe('the fields of a prompt', () => {
  it('are typed by the schema, in its order', async () => {
    const fields = await fieldsOf(
      front(
        `  schema:
    ticket: string, what the user wrote
    count?: integer
    score: number
    urgent?: boolean
    plan(enum, what they pay for): [free, team]
    tags(array): string
    user(object):
      name: string
    anything: any
  default: { count: 2 }`,
        '{{ticket}}{{media url=picture}}',
      ),
    );
    const brief = fields.map(({ name, kind, required, declared }) => [name, kind, required, declared].join(' '));
    expect(brief).toEqual([
      'ticket text true true',
      'count integer false true',
      'score number true true',
      'urgent boolean false true',
      'plan choice true true',
      'tags list true true',
      'user object true true',
      'anything text true true',
      'picture media true false',
    ]);
    expect(fields[0]?.description).toBe('what the user wrote');
    expect(fields[1]?.default).toBe(2);
    expect(fields[4]).toMatchObject({ choices: ['free', 'team'], description: 'what they pay for' });
  });

  it.each([
    ['{{a}}', 'text'],
    ['{{a.b}}', 'object'],
    ['{{#each a}}{{this}}{{/each}}', 'list'],
    ['{{#with a}}{{b}}{{/with}}', 'object'],
    ['{{media url=a}}', 'media'],
    ['{{json a}}', 'json'],
    ['{{a}}{{a.b}}', 'object'],
    ['{{#if b}}{{#each a}}{{x}}{{/each}}{{/if}}', 'list'],
  ])('are inferred from the template %s', async (template, kind) => {
    expect((await fieldsOf(template)).find(({ name }) => name === 'a')?.kind).toBe(kind);
  });

  it('take a default for an example of the type', async () => {
    const fields = await fieldsOf(front('  default: { on: true, n: 1.5, l: [], o: {}, t: x }'));
    expect(fields.map(({ kind, required }) => `${kind} ${required}`)).toEqual([
      'boolean false',
      'number false',
      'list false',
      'object false',
      'text false',
    ]);
  });

  it('include what only a partial reads', async () => {
    expect((await fieldsOf('{{>tone}}', { tone: 'Be {{mood}}.' })).map(({ name }) => name)).toEqual(['mood']);
    expect(await fieldsOf('{{>tone mood="kind"}}', { tone: 'Be {{mood}}.' })).toEqual([]);
  });
});
