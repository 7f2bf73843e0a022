import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Json } from '../../src/engine/json.ts';
import type { InputField } from '../../src/engine/prompt/inputFields.ts';
import { readableJson } from '../readable.ts';

/** The input of one variable, by its kind. A text that is not of the kind yet is kept as text, and said to be it. */
export function FieldInput({ id, field, value, onSet }: FieldInputProps) {
  switch (field.kind) {
    case 'boolean':
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onSet(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return <Choice id={id} field={field} value={value} onSet={onSet} />;
    case 'media':
      return <Media id={id} field={field} value={value} onSet={onSet} />;
    case 'number':
    case 'integer':
      return (
        <TextInput
          id={id}
          value={value}
          read={(text) => readNumber(text, field.kind === 'integer')}
          wanted="a number"
          onSet={onSet}
        />
      );
    case 'text':
      return <TextInput id={id} value={value} read={(text) => text} onSet={onSet} />;
    case 'list':
      return (
        <TextInput id={id} value={value} read={readJson} wanted="a JSON list" isWanted={Array.isArray} onSet={onSet} />
      );
    case 'object':
      return (
        <TextInput
          id={id}
          value={value}
          read={readJson}
          wanted="a JSON object"
          isWanted={(one) => typeof one === 'object' && one !== null && !Array.isArray(one)}
          onSet={onSet}
        />
      );
    case 'json':
      return <TextInput id={id} value={value} read={readJson} isJson onSet={onSet} />;
    default:
      return field.kind satisfies never;
  }
}

export type FieldInputProps = {
  readonly id: string;
  readonly field: InputField;
  /** undefined: none. */
  readonly value: Json | undefined;
  readonly onSet: (value: Json) => void;
};

/** Grows with its text. While it has the focus it is the writer's: what comes back from the host is older. */
function TextInput({ id, value, read, wanted, isWanted, isJson, onSet }: TextInputProps) {
  const element = useRef<HTMLTextAreaElement>(null);
  const text = value === undefined ? '' : readableJson(value);
  useLayoutEffect(() => {
    const input = element.current;
    if (!input) return;
    if (document.activeElement !== input && input.value !== text) input.value = text;
    grow(input);
  }, [text]);
  const isRight = wanted === undefined || value === undefined || value === '' || (isWanted ?? isNumber)(value);
  return (
    <>
      <textarea
        ref={element}
        id={id}
        class={isWanted !== undefined || isJson ? 'is-json' : undefined}
        rows={1}
        spellcheck={false}
        aria-invalid={!isRight}
        onInput={(event) => {
          grow(event.currentTarget);
          onSet(read(event.currentTarget.value));
        }}
      />
      {isRight ? null : <p class="form-note severity-warning">This is text so far; the prompt wants {wanted}.</p>}
    </>
  );
}

type TextInputProps = {
  readonly id: string;
  readonly value: Json | undefined;
  readonly read: (text: string) => Json;
  /** What it has to be, in words; with `isWanted`, which is of JSON, or else a number. */
  readonly wanted?: string;
  readonly isWanted?: (value: unknown) => boolean;
  readonly isJson?: boolean;
  readonly onSet: (value: Json) => void;
};

function Choice({ id, field, value, onSet }: FieldInputProps) {
  const index = value === undefined ? -1 : field.choices.indexOf(value);
  return (
    <select
      id={id}
      value={String(index)}
      onChange={(event) => {
        const choice = field.choices[Number(event.currentTarget.value)];
        if (choice !== undefined) onSet(choice);
      }}
    >
      {index === -1 ? <option value="-1">{value === undefined ? '' : readableJson(value)}</option> : null}
      {field.choices.map((choice, at) => (
        <option key={String(choice)} value={String(at)}>
          {String(choice)}
        </option>
      ))}
    </select>
  );
}

/** A picture by its address, or from a file, which goes into the request itself. */
function Media({ id, value, onSet, field }: FieldInputProps) {
  const file = useRef<HTMLInputElement>(null);
  const isInline = typeof value === 'string' && value.startsWith('data:');
  const read = async () => {
    const chosen = file.current?.files?.[0];
    if (chosen) onSet(await dataUrl(chosen));
  };
  return (
    <div class="media-field">
      {isInline ? (
        <span class="note" id={id}>
          {value.slice(0, value.indexOf(',')).replace(/^data:|;base64$/g, '')},{' '}
          {Math.ceil((value.length * 3) / 4 / 1024)} kB
        </span>
      ) : (
        <TextInput id={id} value={value} read={(text) => text} onSet={onSet} />
      )}
      <input
        ref={file}
        type="file"
        accept="image/*"
        aria-label={`${field.name} from a file`}
        onChange={() => void read()}
      />
    </div>
  );
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const MAX_HEIGHT = 220;

function grow(input: HTMLTextAreaElement): void {
  input.style.height = 'auto';
  // The border is outside of what scrolls.
  input.style.height = `${Math.min(MAX_HEIGHT, input.scrollHeight + 2)}px`;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function readNumber(text: string, isInteger: boolean): Json {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) && (!isInteger || Number.isInteger(number)) ? number : text;
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
