import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { type ComponentChildren, h } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

// The only place that knows the toolkit, which is no longer developed: what replaces it replaces this file.
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());

/** A button with words. The frame has one primary button; all others are secondary. */
export function Button({ appearance = 'secondary', icon, disabled, title, onClick, children }: ButtonProps) {
  return h(
    'vscode-button',
    { appearance, disabled: disabled === true, title, onClick },
    icon === undefined ? null : (
      <span slot="start" class="button-icon">
        <Icon name={icon} />
      </span>
    ),
    children,
  );
}

type ButtonProps = {
  readonly appearance?: 'primary' | 'secondary';
  readonly icon?: string;
  readonly disabled?: boolean;
  readonly title?: string;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
};

/** One of several, by value. */
export function Dropdown({ label, value, options, onChange }: DropdownProps) {
  const element = useRef<HTMLSelectElement>(null);
  // The element learns its options after they were rendered; `selected` tells it the first value, this the later ones.
  useLayoutEffect(() => {
    if (element.current && element.current.value !== value) element.current.value = value;
  }, [value, options]);
  const change = (event: Event) => {
    const next = (event.currentTarget as HTMLSelectElement).value;
    if (next !== value) onChange(next);
  };
  return h(
    'vscode-dropdown',
    { ref: element, 'aria-label': label, title: label, onChange: change },
    options.map((option) =>
      h('vscode-option', { key: option.value, value: option.value, selected: option.value === value }, option.label),
    ),
  );
}

type DropdownProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
};

/** One line of text with an icon in front; `onInput` hears every change. */
export function TextField({ label, icon, value, onInput }: TextFieldProps) {
  const element = useRef<HTMLElement>(null);
  // The element names itself "Text field" when it comes into the page.
  useLayoutEffect(() => element.current?.setAttribute('aria-label', label), [label]);
  const input = (event: Event) => onInput((event.currentTarget as HTMLInputElement).value);
  return h(
    'vscode-text-field',
    { ref: element, placeholder: label, value, onInput: input },
    <span slot="start" class="button-icon">
      <Icon name={icon} />
    </span>,
  );
}

type TextFieldProps = {
  readonly label: string;
  readonly icon: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
};
