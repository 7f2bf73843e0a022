import { HELPERS } from '../prompt/helperTable.ts';

const WHAT: { readonly [helper: string]: string } = {
  if: 'Shows its content when the value is there and is not false, 0, empty text or an empty list.',
  unless: 'Shows its content when the value is missing, false, 0, empty text or an empty list.',
  each: 'Repeats its content for every element of a list or an object: {{this}} is the element, {{@index}} its number, {{@key}} its key.',
  with: 'Makes an object the context of its content: its members are read by their names.',
  ifEquals: 'Shows its content when both values are the same.',
  unlessEquals: 'Shows its content when the values are not the same.',
  lookup: 'The member of an object or a list that a value names.',
  json: 'The value as JSON text.',
  log: 'Writes nothing into the prompt.',
  role: 'Begins a message of system, user, model or tool. What follows belongs to it.',
  history: 'The earlier turns of the conversation stand here.',
  section: 'A place that the program around the prompt fills.',
  media: 'An image or another file, by its URL or as data.',
};

/** What a helper does and how it is written; undefined when there is no such helper. */
export function helperDoc(name: string): { readonly what: string; readonly usage: string } | undefined {
  const helper = HELPERS.get(name);
  return helper && { what: WHAT[name] ?? '', usage: helper.usage };
}

/** `@`-variables of loops and of the whole input. */
export const DATA_DOCS: readonly { readonly name: string; readonly what: string; readonly inLoop: boolean }[] = [
  { name: '@root', what: 'The whole input, from inside any block.', inLoop: false },
  { name: '@index', what: 'The number of the element, from 0.', inLoop: true },
  { name: '@key', what: 'The key of the element in its object.', inLoop: true },
  { name: '@first', what: 'Whether this is the first element.', inLoop: true },
  { name: '@last', what: 'Whether this is the last element.', inLoop: true },
];
