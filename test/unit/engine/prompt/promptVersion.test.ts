import { describe, expect, it } from 'vitest';
import { promptVersion } from '../../../../src/engine/prompt/promptVersion.ts';
import { closureOf } from './promptOf.ts';

const FRONT = 'model: a/b\nconfig: { temperature: 0, topP: 1 }\ninput: { schema: { x: string }, default: { x: y } }';
const prompt = (front: string, template: string) => `---\n${front}\n---\n${template}`;
const BASE = prompt(FRONT, 'Say {{x}}.\n{{>p}}\n{{#if x}}\nyes\n{{/if}}');
const PARTIALS = { p: 'part' };
const version = async (text: string, partials: { readonly [name: string]: string } = PARTIALS) =>
  promptVersion(await closureOf(text, partials));

describe('the version of a prompt', () => {
  it('is 64 hex digits', async () => expect(await version(BASE)).toMatch(/^[0-9a-f]{64}$/));

  it.each([
    ['name and description', BASE.replace('model:', 'name: n\ndescription: d\nmodel:')],
    ['YAML comments', BASE.replace('model:', '# why\nmodel:')],
    ['the order of keys', BASE.replace('{ temperature: 0, topP: 1 }', '{ topP: 1, temperature: 0 }')],
    ['the style of YAML', BASE.replace('{ temperature: 0, topP: 1 }', '\n  temperature: 0\n  topP: 1')],
    ['namespaced keys', BASE.replace('model:', 'touchstone.suite: s.eval.yaml\nmodel:')],
    ['kind of line ends', BASE.replaceAll('\n', '\r\n')],
    ['comments within a line', BASE.replace('{{x}}.', '{{x}}{{! why }}.')],
    ['comments on a line of their own', BASE.replace('{{#if x}}', '{{!-- why --}}\n{{#if x}}')],
    ['blanks inside of tags', BASE.replace('{{x}}', '{{ x }}')],
    ['white space that the tags remove', BASE.replace('{{#if x}}\n', '{{#if x}}  \n')],
    ['what stands around the body', `${BASE}\n\n`],
  ])('does not depend on %s', async (_, text) => {
    expect(text).not.toBe(BASE);
    expect(await version(text)).toBe(await version(BASE));
  });

  it.each([
    ['text', BASE.replace('Say', 'Tell')],
    ['white space that is sent', BASE.replace('Say {{x}}', 'Say  {{x}}')],
    ['a path', BASE.replace('Say {{x}}', 'Say {{this.x}}')],
    ['a literal', BASE.replace('{{#if x}}', '{{#if "x"}}')],
    ['a branch', BASE.replace('{{/if}}', '{{else}}no{{/if}}')],
    ['model', BASE.replace('a/b', 'a/c')],
    ['config', BASE.replace('temperature: 0', 'temperature: 1')],
    ['defaults', BASE.replace('x: y', 'x: z')],
    ['the input schema', BASE.replace('x: string', 'x: string, described')],
    ['the output', BASE.replace('model:', 'output: { format: json }\nmodel:')],
    ['tools', BASE.replace('model:', 'tools: [t]\nmodel:')],
    ['tool definitions', BASE.replace('model:', 'toolDefs: [{ name: t }]\nmodel:')],
  ])('depends on %s', async (_, text) => {
    expect(text).not.toBe(BASE);
    expect(await version(text)).not.toBe(await version(BASE));
  });

  it('depends on its partials, and on theirs', async () => {
    const versions = await Promise.all([
      version(BASE),
      version(BASE, { p: 'other' }),
      version(BASE, { p: '{{>q}}', q: 'part' }),
      version(BASE, { p: '{{>q}}', q: 'other' }),
      version(BASE, {}),
    ]);
    expect(new Set(versions).size).toBe(versions.length);
    expect(await version(BASE, { p: 'part{{! note }}', q: 'unused' })).toBe(versions[0]);
  });

  it('is that of its own text where the template is broken', async () => {
    expect(await version('{{#if a}}')).not.toBe(await version('{{#if b}}'));
  });
});
