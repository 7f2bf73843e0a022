import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html } from '../../../../src/cli/html/markup.ts';

it('no text breaks out of an element or an attribute', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '`',
    '&',
    '</pre>',
    '</script>',
    '<!--',
    ']]>',
    '\u202e',
    '\x1b[0m',
    '&lt;',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (value) => {
      const { text: made } = html`<p title="${value}">${value}</p>`;
      const [, attribute, inner] = /^<p title="([^"]*)">([\s\S]*)<\/p>$/.exec(made) ?? [];
      expect(attribute).toBe(inner);
      expect(inner).not.toMatch(/[<>"'`]|&(?!#\d+;)/);
    }),
  );
});

it('takes as HTML only what it made itself', () => {
  const forged = { text: '<b>' } as unknown as string;
  expect(html`${html`<i>`}${[html`<u>`, html`</u>`]}${'<b>'}${7}`.text).toBe('<i><u></u>&#60;b&#62;7');
  expect(html`${String(forged)}`.text).toBe('[object Object]');
});
