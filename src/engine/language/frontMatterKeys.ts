import type { Offer } from './completion.ts';

/** A key of a front matter or of a suite, as completion and hover tell of it. */
export type KeyDoc = {
  readonly name: string;
  readonly description: string;
  readonly values?: readonly string[];
  /** Keys below it. */
  readonly keys?: readonly KeyDoc[];
};

export const FRONT_MATTER_KEYS: readonly KeyDoc[] = [
  { name: 'model', description: 'The model that answers, as provider/name. A suite may name others.' },
  { name: 'config', description: 'Parameters of the model, such as temperature.' },
  {
    name: 'input',
    description: 'What goes into the prompt.',
    keys: [
      { name: 'schema', description: 'The variables with their types, in Picoschema or JSON Schema.' },
      { name: 'default', description: 'Values for variables that are not given.' },
    ],
  },
  {
    name: 'output',
    description: 'What comes out of the model.',
    keys: [
      { name: 'format', description: 'The form of the answer.', values: ['json', 'text'] },
      { name: 'schema', description: 'The shape of a JSON answer, in Picoschema or JSON Schema.' },
    ],
  },
  { name: 'tools', description: 'Tools that the model may call, by name or defined in place.' },
  { name: 'name', description: 'How the prompt is called. It does not change the version.' },
  { name: 'description', description: 'What the prompt is for. It does not change the version.' },
  { name: 'variant', description: 'The name of this variant of the prompt.' },
  { name: 'metadata', description: 'Anything else; it does not reach the model.' },
  { name: 'touchstone.suite', description: 'The suite that this prompt is evaluated with, relative to this file.' },
];

/** Types of Picoschema, as they are written behind a property. */
export const SCHEMA_TYPES: readonly Offer[] = [
  type('string', 'text'),
  type('number', 'any number'),
  type('integer', 'a whole number'),
  type('boolean', 'true or false'),
  type('any', 'anything'),
  type('null', 'nothing'),
];

/** The key at a path; undefined where the table has none. */
export function keyDoc(keys: readonly KeyDoc[], path: readonly string[]): KeyDoc | undefined {
  const [first, ...rest] = path.filter((step) => step !== '[]');
  const found = keys.find(({ name }) => name === first);
  return rest.length === 0 || found === undefined ? found : keyDoc(found.keys ?? [], rest);
}

function type(label: string, detail: string): Offer {
  return { kind: 'schema-type', label, detail };
}
