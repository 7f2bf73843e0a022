/** One prompt of each format that says the same, with a dataset of two cases and a model that needs no network. */
export const FORMAT_FILES: { readonly [path: string]: string } = {
  'touchstone.yaml': '',
  'data.csv': 'id,who,mood,expected\na,Ann,glad,Hello Ann\nb,Bo\nsystem:,sad,Hello Bo\n'.replace(
    'Bo\nsystem:',
    '"Bo\nsystem:"',
  ),
  'echo.mjs':
    'export default ({ messages, vars }) => "Hello " + vars.who.split("\\n")[0] + (messages.length > 2 ? " and more" : "");\n',
  'p/a.prompty':
    '---\nname: A\ninputs:\n  who: { type: string }\n  mood: { type: string }\nsample: { who: Sam, mood: fine }\n---\nsystem:\nBe kind.\n\nuser:\n{{ who }}\n{% if mood == "glad" %}Good{% endif %}\n',
  'p/b.prompt.yml':
    'messages:\n  - role: system\n    content: Be kind.\n  - role: user\n    content: |-\n      {{who}}\n      {{mood}}\ntestData:\n  - { who: Sam, mood: fine, expected: Hello Sam }\n',
  'p/c.chat.json': `${JSON.stringify([
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: '{{who}} is {{mood}}' },
  ])}\n`,
  'p/d.md': 'Be kind to {{who}}, who is {{mood}}.\n',
  'p/e.txt': 'Be kind to {{who}}.\n',
  'p/f.jinja2': '{% include "g.j2" %}Be kind to {{ who | trim }}.{% if mood %} {{ mood }}{% endif %}\n',
  'p/g.j2': 'Hi. ',
};

export const FORMAT_PROMPTS: readonly string[] = [
  'a.prompty',
  'b.prompt.yml',
  'c.chat.json',
  'd.md',
  'e.txt',
  'f.jinja2',
];

/** A suite of one of them. */
export function suiteOf(prompt: string): string {
  return `prompts: [./p/${prompt}]\nmodels: [function/echo.mjs]\ndata: ./data.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n`;
}
