import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../../../src/engine/prompt/formats/detectFormat.ts';
import { isPromptPath, mayBePromptPath } from '../../../../../src/engine/prompt/formats/promptPath.ts';
import { readPrompt } from '../../../../../src/engine/prompt/formats/readPrompt.ts';

describe('a .prompt file', () => {
  it.each([
    ['front matter', '---\nmodel: a/b\n---\nHi'],
    ['front matter with names only', '---\nname: a\n---\nHi {{x}}'],
    ['front matter that is being written', '---\nmodel: [\n---\nHi'],
    ['tags only', 'Hello {{name}}'],
    ['text only', 'Say hello.'],
    ['nothing', ''],
    ['roles in text beside own tags', '{{role "system"}}\nsystem:\nx'],
    ['a JSON example in text', 'Answer as {"a": 1}.'],
    ['a percent sign', '{{x}} is 5 {% of it'],
  ])('with %s is dotprompt', (_, text) => expect(detectFormat('a.prompt', text)).toBe('dotprompt'));

  it.each([
    ['Jinja2', 'Hi\n{% if x %}\n{{ x }}\n{% endif %}\n'],
    ['Jinja2 behind front matter', '---\nname: a\n---\n{% for x in y %}{{ x }}{% endfor %}'],
    ['role lines', 'system:\nBe kind.\nuser:\nHi\n'],
    ['a list of messages', '[{"role": "user", "content": "Hi"}]'],
    ['settings', '{"schema": 1, "type": "completion"}'],
    ['Prompty', '---\nmodel:\n  api: chat\n---\nsystem:\nHi'],
    ['another front matter', '---\nname: a\ntemplate_format: f-string\ninput_variables: [x]\n---\n'],
  ])('with %s is left alone', (_, text) => {
    expect(detectFormat('a.prompt', text)).toBeNull();
    const { problems, program } = readPrompt(text, 'a.prompt');
    expect(program).toBeNull();
    expect(problems.map(({ code }) => code)).toEqual(['foreign-prompt']);
  });
});

it.each([
  ['a.prompty', 'prompty', true, false],
  ['a.prompt.yml', 'github-models', true, false],
  ['a.prompt.yaml', 'github-models', true, false],
  ['a.chat.json', 'chat', true, false],
  ['a.messages.json', 'chat', true, false],
  ['a.json', 'chat', false, true],
  ['a.jinja2', 'jinja', false, true],
  ['a.j2', 'jinja', false, true],
  ['a.md', 'text', false, true],
  ['a.txt', 'text', false, true],
  ['prompt', 'text', false, false],
])('%s is %s', (name, format, byName, maybe) => {
  expect(detectFormat(name, 'x')).toBe(format);
  expect([isPromptPath(name), mayBePromptPath(name)]).toEqual([byName, maybe]);
});
