/** A codicon. It is decoration unless a label says what it means. */
export function Icon({ name, label, spin, class: className }: IconProps) {
  const classes = `codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}${className ? ` ${className}` : ''}`;
  return label === undefined ? (
    <span class={classes} aria-hidden="true" />
  ) : (
    <span class={classes} role="img" aria-label={label} title={label} />
  );
}

type IconProps = {
  readonly name: string;
  readonly label?: string;
  readonly spin?: boolean;
  readonly class?: string;
};

/** A button that is only a codicon; `label` is its name and its tooltip. Disabled, it keeps the focus and does nothing. */
export function IconButton({ icon, label, disabled, pressed, onClick, class: className }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button${className ? ` ${className}` : ''}`}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

type IconButtonProps = {
  readonly icon: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
  readonly class?: string;
};
