import { expect, it } from 'vitest';
import { setModelEdit } from '../../../../src/extension/models/modelText.ts';

const apply = (text: string, model: string): string => {
  const { start, end, text: put } = setModelEdit(text, model);
  return text.slice(0, start) + put + text.slice(end);
};

it.each([
  ['replaces', '---\nmodel: a/b\nconfig: {}\n---\nHi', '---\nmodel: x/y\nconfig: {}\n---\nHi'],
  ['keeps a comment', '---\nmodel: a/b  # cheap\n---\nHi', '---\nmodel: x/y  # cheap\n---\nHi'],
  ['keeps Windows line ends', '---\r\nmodel: a/b\r\n---\r\nHi', '---\r\nmodel: x/y\r\n---\r\nHi'],
  ['fills an empty value', '---\nmodel:\n---\nHi', '---\nmodel: x/y\n---\nHi'],
  ['adds to front matter', '---\nconfig: {}\n---\nHi', '---\nmodel: x/y\nconfig: {}\n---\nHi'],
  ['adds to empty front matter', '---\n---\nHi', '---\nmodel: x/y\n---\nHi'],
  ['makes front matter', 'Hi {{name}}\n', '---\nmodel: x/y\n---\nHi {{name}}\n'],
  ['leaves the body alone', '---\nconfig: {}\n---\nmodel: a/b\n', '---\nmodel: x/y\nconfig: {}\n---\nmodel: a/b\n'],
  ['leaves nested keys alone', '---\nconfig:\n  model: a/b\n---\n', '---\nmodel: x/y\nconfig:\n  model: a/b\n---\n'],
  ['is not fooled by a rule in the body', 'Hi\n---\nmodel: a/b\n', '---\nmodel: x/y\n---\nHi\n---\nmodel: a/b\n'],
  ['changes nothing that is right already', '---\nmodel: x/y\n---\n', '---\nmodel: x/y\n---\n'],
])('%s', (_name, before, after) => {
  expect(apply(before, 'x/y')).toBe(after);
});
