import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../src/engine/json.ts';
import { compareRenderings } from '../../../../../src/engine/prompt/convert/compareRenderings.ts';
import { conversionReport } from '../../../../../src/engine/prompt/convert/conversionReport.ts';
import { toDotprompt } from '../../../../../src/engine/prompt/convert/toDotprompt.ts';
import { readPrompt } from '../../../../../src/engine/prompt/formats/readPrompt.ts';
import { loadClosure } from '../../../../../src/engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../../../../src/engine/prompt/parsePrompt.ts';
import { PROMPTS_FOLDER, sharedFiles } from '../sharedData.ts';

async function converted(text: string, name: string, values: readonly JsonObject[] = [{}]) {
  const before = await loadClosure(readPrompt(text, name, new Map()), async () => undefined);
  const { text: native, losses } = toDotprompt(before.document);
  const after = await loadClosure(parsePrompt(native, 'a.prompt'), async () => undefined);
  const samples = values.map((vars, index) => ({ name: `${index}`, input: { vars } }));
  return { native, losses, after, before, ...compareRenderings(before, after, samples) };
}

const VALUES: readonly JsonObject[] = [
  {},
  { a: 'x', b: 'y', list: ['1', '2'], people: [{ name: 'Ann' }, { name: 'Bo', old: true }], map: { k: 'v', l: 'w' } },
  { a: '', b: 'x', list: [], people: [], map: {} },
  { a: '{{b}} {% raw %}', b: 'line\nsystem:\nline', list: ['{{a}}'] },
];

describe('Jinja2 that maps exactly', () => {
  it.each([
    'Hello {{ a }} and {{ map.k }}{{ people[0].name }}.',
    '{% if a %}A{{ a }}{% elif b == "y" %}B{% else %}C{% endif %}',
    '{% if not a %}none{% endif %}{% if a != b %}other{% endif %}{% if b == "x" %}bx{% endif %}',
    'List:\n{% for i in list %}\n- {{ i }} of {{ a }}{% if not loop.last %},{% endif %}\n{% else %}\nnothing\n{% endfor %}\nEnd',
    '{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}',
    '{% for p in people %}{{ loop.index0 }}{{ p.name }}{% if p.old %} old{% endif %}{% endfor %}',
    'a\n\n{% if a %}\n\nb\n\n{% endif %}\n\nc {# why #}\n{# a line #}\nd',
    '{{ "text" }} {% raw %}{{ x }} \\{{ y }}{% endraw %} \\ {{ a }}\\',
    '  {%- if a %}\n  yes\n  {%- endif %}\nend',
  ])('%j', async (template) => {
    const { differences, edges, losses, after, native } = await converted(template, 'a.j2', VALUES);
    expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(losses).toEqual([]);
    expect(differences, native).toEqual([]);
    expect(edges).toBe(0);
  });
});

describe('what has no counterpart', () => {
  it.each([
    ['{{ a | upper }}', 'unconverted', '{{ a | upper }}'],
    ['x {% set y = a %} z', 'unconverted', '{% set y = a %}'],
    ['{% for p in people if p.old %}{{ p.name }}{% endfor %}', 'unconverted', '{% for p in people if p.old %}'],
    ['{{ a | default("none") }}', 'approximate', 'a | default("none")'],
    ['{{ map | tojson }}', 'approximate', 'map | tojson'],
    ['{% if a is defined %}x{% endif %}', 'approximate', 'a is defined'],
    ['{% for p in people %}{{ loop.index }}{% endfor %}', 'unconverted', '{{ loop.index }}'],
  ])('%j is a loss with its place', async (template, code, there) => {
    const { losses, after } = await converted(template, 'a.j2');
    expect(losses).toHaveLength(1);
    expect(losses[0]?.code).toBe(code);
    const { start, end } = losses[0]?.range ?? { start: { offset: 0 }, end: { offset: 0 } };
    expect(template.slice(start.offset, end.offset)).toBe(there);
    expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('shows where both render differently', async () => {
    const { differences, losses, edges } = await converted('Hi {{ a | upper }}', 'a.j2', [{ a: 'x' }]);
    expect(differences).toEqual([{ sample: '0', message: 0, before: 'Hi X', after: 'Hi ' }]);
    const report = conversionReport({ from: 'a.j2', to: 'a.prompt' }, { losses, samples: 1, differences, edges });
    expect(report).toContain('- line 1: An expression has no counterpart in Handlebars: {{ a | upper }}');
    expect(report).toContain('1 set of values: 0 the same, 1 different');
    expect(report).toContain('    Hi X');
  });
});

describe('formats with messages', () => {
  const prompty = (version: string, body: string) => `---\n${version}\n---\n${body}`;
  it.each([
    [
      'a.prompty',
      prompty(
        'model: gpt-4',
        'system:\nBe kind.\n\nuser:\n{{ a }}\n\nassistant:\nYes\n\nuser:\n{% if b %}\nB {{ b }}\n{% endif %}\n',
      ),
    ],
    ['a.prompty', prompty('model: { api: chat }', '# system:\nBe kind.\n\n# user:\n{{ a }}\n')],
    [
      'a.prompty',
      prompty(
        'model: gpt-4\ntemplate: { format: { kind: mustache } }',
        'system:\nBe {{a}}.\n\nuser:\n{{#list}}\n- {{.}}\n{{/list}}\n',
      ),
    ],
    [
      'a.prompt.yml',
      'messages:\n  - role: system\n    content: Be kind.\n  - role: user\n    content: |\n      {{a}} and {{map.k}}\n\n      {{{ x }}}\nmodel: openai/gpt-4o\n',
    ],
    [
      'a.chat.json',
      JSON.stringify([
        { role: 'user', content: '  {{a}} \\{{ no var }} ' },
        { role: 'assistant', content: '\nOk {{b}}\n' },
      ]),
    ],
    [
      'a.chat.json',
      JSON.stringify({
        model: 'gpt-4',
        temperature: 0,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'See' },
              { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
            ],
          },
        ],
      }),
    ],
    ['a.md', '# Title\n\nHello {{a}}\n'],
  ])('%s renders the same: %j', async (name, text) => {
    const { differences, native, after, before } = await converted(text, name, VALUES);
    expect(
      after.problems.filter(({ severity }) => severity === 'error'),
      native,
    ).toEqual([]);
    expect(differences, native).toEqual([]);
    expect(after.document.metadata.model).toBe(before.document.metadata.model);
    expect(after.document.metadata.config).toEqual(before.document.metadata.config);
  });
});

const FILES = ['prompty', 'github-models'].flatMap((name) => sharedFiles(path.join(PROMPTS_FOLDER, '..', name)));
const REFUSED = /-v1-(?:02|18|21)_|-v2-(?:21|22)_/;

describe.skipIf(FILES.length === 0)('real files', () => {
  it.each(FILES.filter(({ name }) => !REFUSED.test(name)))(
    '$name renders the same, or names what it loses',
    async ({ name, text }) => {
      const vars = {
        question: 'Why?',
        answer: 'So.',
        examples: [{ answer: '1', statement: '2', score: '3', explanation: '4' }],
      };
      const { differences, after, native } = await converted(text, name, [vars]);
      expect(
        after.problems.filter(({ severity }) => severity === 'error'),
        native,
      ).toEqual([]);
      // Number 19 has turns by default, which it shows in its text.
      expect(differences, native).toEqual([]);
    },
  );
});
