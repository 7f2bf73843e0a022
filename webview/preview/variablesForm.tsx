import { isJsonObject, type Json, type JsonObject } from '../../src/engine/json.ts';
import type { InputField } from '../../src/engine/prompt/inputFields.ts';
import type { PreviewState } from '../../src/protocol/views.ts';
import { countOf } from '../format.ts';
import type { Store } from '../state/store.ts';
import { IconButton } from '../ui/icon.tsx';
import { Section } from '../ui/section.tsx';
import { FieldInput } from './fieldInput.tsx';

/** The variables of the prompt with the values of the case, to be changed. What is typed is the host's at once. */
export function VariablesForm({ store, preview }: { readonly store: Store; readonly preview: PreviewState }) {
  const { fields, vars, edited } = preview;
  const set = (values: JsonObject) => store.post({ type: 'set-variables', values });
  const reset = (names: string[]) => store.post({ type: 'reset-variables', names });
  const all = [...fields, ...unusedFields(fields, vars)];
  if (all.length === 0) return null;
  return (
    <Section
      title="Variables"
      note={edited.length === 0 ? null : `${edited.length} edited`}
      actions={
        <>
          {edited.length === 0 ? null : (
            <IconButton icon="discard" label="Take back all edited values" onClick={() => reset([])} />
          )}
          <IconButton
            icon="save-as"
            label="Save as a new case of the dataset"
            onClick={() => store.post({ type: 'save-case', lane: null })}
          />
        </>
      }
    >
      <div class="form" onPaste={(event) => fillFrom(event, fields, set)}>
        {all.map((field) => (
          <Row
            key={field.name}
            field={field}
            value={Object.hasOwn(vars, field.name) ? vars[field.name] : undefined}
            isEdited={edited.includes(field.name)}
            onSet={(value) => set({ [field.name]: value })}
            onReset={() => reset([field.name])}
            onOpen={() => store.post({ type: 'open-variable', name: field.name })}
          />
        ))}
      </div>
      <div class="visually-hidden" role="status">
        {edited.length === 0 ? '' : `${countOf(edited.length, 'value')} edited`}
      </div>
    </Section>
  );
}

/** Id of the input of a variable, for the mark of a missing value to lead there. */
export function fieldId(name: string): string {
  return `variable-${name}`;
}

function Row({ field, value, isEdited, onSet, onReset, onOpen }: RowProps) {
  const { name, description, required, declared } = field;
  const facts = [description, declared ? null : 'not in the input schema', required ? 'required' : 'optional'];
  return (
    <div class={`form-row${isEdited ? ' is-edited' : ''}`}>
      <label for={fieldId(name)} title={facts.filter(Boolean).join('; ')}>
        {name}
        {isEdited ? <span class="edited-mark" title="Edited: not the value of the case" /> : null}
      </label>
      <div class="form-field">
        <FieldInput id={fieldId(name)} field={field} value={value} onSet={onSet} />
        {description === null ? null : <p class="note form-note">{description}</p>}
      </div>
      <div class="form-actions">
        {isEdited ? (
          <IconButton icon="discard" label={`Take back the edited value of ${name}`} onClick={onReset} />
        ) : null}
        {field.kind === 'text' && typeof value === 'string' && value.length > LONG ? (
          <IconButton icon="go-to-file" label={`Edit ${name} in an editor`} onClick={onOpen} />
        ) : null}
      </div>
    </div>
  );
}

const LONG = 120;

type RowProps = {
  readonly field: InputField;
  readonly value: Json | undefined;
  readonly isEdited: boolean;
  readonly onSet: (value: Json) => void;
  readonly onReset: () => void;
  readonly onOpen: () => void;
};

/** Columns that no variable of the prompt uses; they are of the case all the same. */
function unusedFields(fields: readonly InputField[], vars: JsonObject): readonly InputField[] {
  const known = new Set(fields.map(({ name }) => name));
  return Object.entries(vars)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({
      name,
      kind: typeof value === 'string' ? 'text' : 'json',
      choices: [],
      description: 'The prompt does not use it.',
      required: false,
      declared: true,
    }));
}

/** An object whose members are variables fills the form; inside a field for JSON it is that field's. */
function fillFrom(event: ClipboardEvent, fields: readonly InputField[], set: (values: JsonObject) => void): void {
  const target = event.target;
  if (target instanceof HTMLElement && target.closest('.is-json')) return;
  const values = parseObject(event.clipboardData?.getData('text/plain') ?? '');
  if (values === null || !fields.some(({ name }) => Object.hasOwn(values, name))) return;
  event.preventDefault();
  set(values);
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
